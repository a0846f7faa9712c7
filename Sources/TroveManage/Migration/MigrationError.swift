/// Why repositories could not be brought to their versions.
public enum MigrationError: Error, DatabaseFailure {
  case repository(RepositoryError)
  case script(ScriptError)
  case database(DatabaseError)
  /// The table that `migrate.cfg` names is there but holds something else.
  case foreignVersionTable(name: String, columns: [String])
  /// What was done of an interrupted script is not what the script says now.
  case editedSince(Step, statement: Int)
  /// The file of a script is not any more what the plan was made of, now that it has run.
  case editedMeanwhile(Step)
  /// Scripts were edited after they ran, and the run is not to begin then.
  case edited([EditedScript])
  /// A script is not any more what was shown before it was to be accepted.
  case changedMeanwhile(EditedScript)
  /// A statement of a script outside a transaction is of use only to those behind it.
  case bound(TextLocation, Bond)
  /// Everything must go in one transaction, and the step does not fit into it.
  case notOneTransaction(Step)
  /// A transaction would keep more relations locked than the server has room for.
  case tooManyLocks(count: Int, LockRoom)
  /// A repeatable script asks to run outside a transaction, or must.
  case repeatableOutside(Step)
  /// Rows that say what an interrupted script has done went away while it ran.
  case progressGone(Step, table: String)
  /// Something is wrong with what is remembered of interrupted scripts.
  case progress(ProgressError)
  /// A statement of a script failed.
  case statementFailed(Step, statement: Statement, DatabaseError)
  /// The script ran, but what records it failed.
  case recordingFailed(Step, DatabaseError)
  /// The steps ran, but the commit refused the rows that they left.
  case commitRefused([Step], DatabaseError)
  /// The session broke while a statement of a script outside a transaction ran.
  case statementUnanswered(Step, statement: Statement, DatabaseError)
  /// The session broke before the commit was answered.
  case commitUnanswered(DatabaseError)
  /// The session broke before the commit was answered, and the database does not have it.
  case commitLost(DatabaseError)
  /// What the database says under the lock is not what it says before and after.
  case standstill
  /// Something is wrong with the journal.
  case journal(JournalError)
  /// A side table of history is somebody else's.
  case sideTable(SideTableError)
  /// Something is wrong with a version.
  case version(VersionError)
  /// A version in Python cannot be run.
  case python(PythonError)
  /// A version in Python did not come to its end.
  case pythonFailed(Step, PythonError)
  /// A rule between repositories is broken.
  case rule(any RuleViolation)

  /// The error with `***` for every one of `secrets` that the engine repeats.
  func hiding(_ secrets: [String]) -> Self {
    switch self {
    case .database(let error): .database(error.hiding(secrets))
    case .statementFailed(let step, let statement, let error):
      .statementFailed(step, statement: statement, error.hiding(secrets))
    case .recordingFailed(let step, let error): .recordingFailed(step, error.hiding(secrets))
    case .commitRefused(let steps, let error): .commitRefused(steps, error.hiding(secrets))
    case .commitUnanswered(let error): .commitUnanswered(error.hiding(secrets))
    case .commitLost(let error): .commitLost(error.hiding(secrets))
    case .statementUnanswered(let step, let statement, let error):
      .statementUnanswered(step, statement: statement, error.hiding(secrets))
    default: self
    }
  }

  /// What the engine said, when it was the engine.
  public var databaseError: DatabaseError? {
    switch self {
    case .database(let error), .statementFailed(_, _, let error), .recordingFailed(_, let error),
      .commitRefused(_, let error), .commitUnanswered(let error), .commitLost(let error),
      .statementUnanswered(_, _, let error):
      error
    default: nil
    }
  }
}

extension MigrationError: CustomStringConvertible {
  /// What went wrong, starting with the file to blame, and what to do.
  public var description: String {
    switch self {
    case .repository(let error): error.description
    case .script(let error): error.description
    case .database(let error): error.description
    case .editedSince(let step, let index): Self.text(ofEdited: index, in: step)
    case .editedMeanwhile(let step):
      """
      \(step.script.path): the script was edited while it ran: it is not any more what was read before
      hint: run the command again, to run what is there now; nothing is left of what ran
      """
    case .edited(let scripts):
      """
      \(scripts.map(\.description).joined(separator: "\n"))
      hint: [migrate] strict = true refuses that; put back what ran, or accept it with db_repair
      """
    case .changedMeanwhile(let script):
      """
      \(script.path): the file, or what the journal knows of it, changed meanwhile; nothing was accepted
      hint: run the command again, to see what is there now
      """
    case .bound(let location, .session):
      """
      \(location): what lasts as long as the session cannot be in a script outside a transaction, since \
      it is gone when the script is interrupted
      hint: use a table of the script's own and drop it at the end, or put what needs a session of its \
      own into another version
      """
    case .bound(let location, .transaction):
      """
      \(location): what belongs to a transaction cannot be in a script outside one, whose statements \
      are committed one by one
      hint: put what must be committed together into a version of its own
      """
    case .notOneTransaction(let step): Self.text(ofStepOutside: step)
    case .tooManyLocks(let count, let room):
      """
      the transaction would keep at least \(count) tables and indexes locked, and the server has room for about \
      \(room.locks) locks; nothing was run
      hint: commit each version by itself: --transaction version; or raise max_locks_per_transaction \
      on the server from \(room.perTransaction) to \(room.perTransaction(for: count)), and restart it
      """
    case .repeatableOutside(let step):
      """
      \(step.firstLoneStatement?.location.description ?? step.script.path): no transaction can hold this, and \
      a repeatable script runs in one
      hint: make it a version of its own, or a hook: hooks/after_sync_\(step.script.dialect.rawValue).sql
      """
    case .progressGone(let step, let table):
      """
      \(step.script.path): somebody has removed from \(table) what the script had done, while it ran
      hint: find out by db_status and in the database what is done; nothing was run since
      """
    case .progress(let error): error.description
    case .statementFailed(let step, let statement, let error):
      Self.text(of: step, statement: statement, error: error)
    case .recordingFailed(let step, let error):
      """
      \(step.script.path): what was done by the \(step.deed) \
      could not be recorded: \(error)
      """
    case .commitRefused(let steps, let error): Self.text(of: error, blaming: steps)
    case .commitUnanswered(let error):
      """
      the session broke before the database answered the commit: \(error.message)
      hint: the last transaction may be there or not; db_status tells, and db_sync goes on from there
      """
    case .statementUnanswered(_, let statement, let error):
      """
      \(statement.location): the session broke while the statement ran: \(error.message)
      hint: run the command again: it finds out what became of the statement, and goes on from there
      """
    case .commitLost(let error):
      """
      the session broke before the database answered the commit, and the database does not have it: \
      \(error.message)
      hint: run the command again: nothing of that transaction is left
      """
    case .foreignVersionTable(let name, let columns):
      """
      \(name) is not a version table: its columns are \(columns.joined(separator: ", "))
      hint: name another table as version_table in migrate.cfg
      """
    case .standstill:
      """
      the database says something else under the lock than before and after it
      hint: run db_status, and look for another program that writes the version tables
      """
    case .journal(let error): error.description
    case .sideTable(let error): error.description
    case .version(let error): error.description
    case .python(let error): error.description
    case .pythonFailed(let step, let error):
      "\(error)\n\(step.deed), "
        + Path(step.script.path).name
    case .rule(let violation): violation.description
    }
  }

  /// The commit does not say whose rows it refuses; the scripts that speak of the table are suspects.
  private static func text(of error: DatabaseError, blaming steps: [Step]) -> String {
    guard let last = steps.last else { return error.description }
    let others = steps.dropLast().map(\.script.path)
    let lines = [
      "\(last.script.path): the commit refuses the rows that it leaves: \(error)",
      others.isEmpty ? nil : "they may be those of \(others.joined(separator: ", "))",
      last.deed,
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  private static func text(ofStepOutside step: Step) -> String {
    let place = step.firstLoneStatement?.location.description ?? step.script.path
    let reason =
      step.runsOutside
      ? "runs outside a transaction" : "adds a value to a type, which is committed before the rest"
    return """
      \(place): the \(step.deed) \(reason), and \
      a repository is removed in one transaction or not at all
      hint: go down to \(step.to) by db_downgrade before, which says what it does; or forget the \
      repository and keep its tables: plugin_remove --detach
      """
  }

  private static func text(ofEdited index: Int, in step: Step) -> String {
    let statements = step.script.statements
    let location =
      statements.indices.contains(index)
      ? statements[index].location.description : step.script.path
    return """
      \(location): statement \(index + 1) was run, or begun, before the script was interrupted, and is \
      another one now
      hint: put it back as it was, and run the command once: it cleans up what was begun; what stands \
      behind the statements that ran may be changed
      """
  }

  private static func text(of step: Step, statement: Statement, error: DatabaseError) -> String {
    let offset = error.position?.offset
    let location = offset.map { statement.location(ofByte: $0) } ?? statement.location
    var lines = ["\(location): \(error)"]
    lines += statement.excerpt.split(separator: "\n").map { "  | \($0)" }
    lines.append(step.deed)
    return lines.joined(separator: "\n")
  }
}
