/// Why a run cannot be printed as a script for the engine's own shell.
public enum PrintingError: Error {
  /// The version is in Python.
  case python(Step)
  /// The version is a late one.
  case late(Step)
  /// The statement changes more than the database, and would do so from a scratch database.
  case beyondDatabase(Step, Statement)
  /// The script was interrupted, and some of it is done.
  case interrupted(Step)
}

extension PrintingError: CustomStringConvertible {
  /// What cannot be printed, and what to do.
  public var description: String {
    switch self {
    case .python(let step):
      """
      \(step.script.path): \(step.words) is in Python: its statements are known only when it runs
      hint: run db_sync itself, or let repo_convert put SQL in the place of the version
      """
    case .late(let step):
      """
      \(step.script.path): \(step.words) is late, and what it finds there can only be tried by running it
      hint: run db_sync --allow_late itself
      """
    case .beyondDatabase(let step, let statement):
      """
      \(statement.location): \(step.words) changes more than the database, also when it is only tried in a \
      scratch database on the same server
      hint: name a server where that does no harm: --scratch postgresql://user:password@host/postgres; or \
      print without owners: --from \(step.from) --to \(step.to)
      """
    case .interrupted(let step):
      """
      \(step.script.path): \(step.words) was interrupted, and some of it is done
      hint: run the command without --sql: it goes on with the statement that is not done
      """
    }
  }
}

extension Step {
  fileprivate var words: String { "\(operation.rawValue) \(from) -> \(to) of \(repository.id)" }
}
