/// What happens during a run, as it happens.
public enum MigrationEvent: Sendable {
  /// What will be done. Comes again when another runner was faster and the rest is planned anew.
  case planned(Plan)
  /// Everything that the scripts make is about to be dropped, for good: what follows is not one transaction
  /// with it.
  case clearing
  /// Another runner holds the lock: that one, when it is known.
  case waiting(LockHolder?)
  /// A step begins: the one with the number `number`, from 1, of `count`.
  case started(Step, number: Int, count: Int)
  /// A statement that the engine refuses inside a transaction begins: the one with the number `number`,
  /// from 1, of `count` in its script.
  case startedLoneStatement(Statement, number: Int, count: Int)
  /// A transaction that the locks of others ended is tried again after a pause.
  case retrying(DatabaseError, after: Duration)
  /// Steps that were to share a commit were undone, since one failed: they run again, each with its own.
  case dividing([Step])
  /// The session broke while a commit was under way; whether the database has it is being looked up.
  case lookingUpCommit
  /// A step is done, but not yet committed.
  case finished(Step, Duration)
  /// The steps are durable.
  case committed([Step])
  /// The step that failed could not be remembered: why. Of use to who looks for mistakes in the program.
  case failureNotRecorded(String)
  /// A version in Python has printed a line; `nil` for what it prints when it is loaded.
  case printed(Step?, String)
  /// The whole traceback of an exception. Of use to who looks for mistakes in a script.
  case traceback(String)
  /// The engine has something to say.
  case notice(String)
  /// Something in a repository or a script is probably a mistake.
  case warning(String)
}
