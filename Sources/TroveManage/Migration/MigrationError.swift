/// Why repositories could not be brought to their versions.
public enum MigrationError: Error {
  case repository(RepositoryError)
  case script(ScriptError)
  case database(DatabaseError)
  /// The table that `migrate.cfg` names is there but holds something else.
  case foreignVersionTable(name: String, columns: [String])
  /// The database is not under the repository's version control.
  case notControlled(Repository)
  /// The database is under the repository's version control already.
  case alreadyControlled(Repository, version: Int)
  /// The version row holds no version.
  case badVersion(Repository, table: String, value: Value)
  /// The database stands at a version that the repository does not have.
  case unknownVersion(Repository, version: Int)
  /// The version to go to is none of the repository's.
  case noSuchVersion(Repository, version: Int)
  /// An upgrade that would go down, or the other way round.
  case wrongDirection(Repository, Operation, at: Int, to: Int)
  /// Versions appeared below the one that the database stands at.
  case lateVersions(Repository, versions: [Int], at: Int)
  /// A script asks to run outside a transaction.
  case outsideTransaction(path: String)
  /// A statement of a script failed.
  case statementFailed(Step, statement: Statement, DatabaseError)
  /// The script ran, but what records it failed.
  case recordingFailed(Step, DatabaseError)
  /// A script moved the version of a repository, which is the run's to do.
  case versionMoved(Repository, to: Int?, insteadOf: Int)
  /// The steps ran, but the commit refused the rows that they left.
  case commitRefused([Step], DatabaseError)
  /// The session broke before the commit was answered.
  case commitUnanswered(DatabaseError)

  /// What `body` returns; what it throws, as one of these.
  static func catching<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(MigrationError) -> Result {
    do {
      return try body()
    } catch {
      throw .database(error)
    }
  }

  /// The error with `***` for every one of `secrets` that the engine repeats.
  func hiding(_ secrets: [String]) -> Self {
    switch self {
    case .database(let error): .database(error.hiding(secrets))
    case .statementFailed(let step, let statement, let error):
      .statementFailed(step, statement: statement, error.hiding(secrets))
    case .recordingFailed(let step, let error): .recordingFailed(step, error.hiding(secrets))
    case .commitRefused(let steps, let error): .commitRefused(steps, error.hiding(secrets))
    case .commitUnanswered(let error): .commitUnanswered(error.hiding(secrets))
    default: self
    }
  }

  /// What the engine said, when it was the engine.
  public var databaseError: DatabaseError? {
    switch self {
    case .database(let error), .statementFailed(_, _, let error), .recordingFailed(_, let error),
      .commitRefused(_, let error), .commitUnanswered(let error):
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
    case .outsideTransaction(let path):
      """
      \(path): a script cannot run outside the run's transaction yet
      hint: run its statements by hand, leave a comment in their place, and run the command again
      """
    case .statementFailed(let step, let statement, let error):
      Self.text(of: step, statement: statement, error: error)
    case .recordingFailed(let step, let error):
      "\(step.script.path): version \(step.version) of \(step.repository.id) ran, but could not be "
        + "recorded: \(error)"
    case .commitRefused(let steps, let error): Self.text(of: error, blaming: steps)
    case .commitUnanswered(let error):
      """
      the session broke before the database answered the commit: \(error.message)
      hint: the last transaction may be there or not; db_status tells, and db_sync goes on from there
      """
    case .foreignVersionTable(let name, let columns):
      """
      \(name) is not a version table: its columns are \(columns.joined(separator: ", "))
      hint: name another table as version_table in migrate.cfg
      """
    case .badVersion, .unknownVersion, .noSuchVersion, .wrongDirection, .lateVersions,
      .notControlled, .alreadyControlled, .versionMoved:
      versionText
    }
  }

  private var versionText: String {
    switch self {
    case .notControlled(let repository):
      """
      the database is not under version control of \(repository.id)
      hint: db_sync makes its tables; db_version_control --version N says that they are there already
      """
    case .versionMoved(let repository, let version, let expected):
      """
      a script of this run set the version of \(repository.id) to \
      \(version.map(String.init) ?? "nothing") instead of \(expected)
      hint: a script must not write a version table, nor go back to a savepoint of another script
      """
    case .alreadyControlled(let repository, let version):
      "the database is under version control of \(repository.id) already, at version \(version)"
    case .badVersion(let repository, let table, let value):
      """
      \(table): the version of \(repository.id) is \(value.shown), which is no version
      hint: find out what stands in the database and put its version into the row
      """
    case .unknownVersion(let repository, let version):
      """
      \(repository.folder): the database stands at version \(version) of \(repository.id), which this \
      repository does not have; its latest is \(repository.latest)
      hint: newer code has run here; use the repository that came with it
      """
    case .noSuchVersion(let repository, let version):
      "\(repository.folder): \(repository.id) has no version \(version); its latest is \(repository.latest)"
    case .wrongDirection(let repository, let operation, let at, let to):
      """
      \(repository.id) stands at \(at); no \(operation) leads to \(to)
      hint: use db_\(operation == .upgrade ? "downgrade" : "upgrade")
      """
    case .lateVersions(let repository, let versions, let at):
      """
      \(repository.folder): \(versions.map(String.init).joined(separator: ", ")) of \(repository.id) \
      appeared after the database had reached \(at), so that nothing ever ran them
      hint: give them numbers above \(at)
      """
    default: ""
    }
  }

  /// The commit does not say whose rows it refuses; the scripts that speak of the table are suspects.
  private static func text(of error: DatabaseError, blaming steps: [Step]) -> String {
    guard let last = steps.last else { return error.description }
    let others = steps.dropLast().map(\.script.path)
    let lines = [
      "\(last.script.path): the commit refuses the rows that it leaves: \(error)",
      others.isEmpty ? nil : "they may be those of \(others.joined(separator: ", "))",
      "\(last.operation) of \(last.repository.id) from \(last.from) to \(last.to)",
    ]
    return lines.compactMap(\.self).joined(separator: "\n")
  }

  private static func text(of step: Step, statement: Statement, error: DatabaseError) -> String {
    let offset = error.position?.offset
    let location = offset.map { statement.location(ofByte: $0) } ?? statement.location
    var lines = ["\(location): \(error)"]
    lines += statement.excerpt.split(separator: "\n").map { "  | \($0)" }
    lines.append("\(step.operation) of \(step.repository.id) from \(step.from) to \(step.to)")
    return lines.joined(separator: "\n")
  }
}

extension Value {
  /// The value as a person would write it.
  fileprivate var shown: String {
    switch self {
    case .null: "NULL"
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): "'\(text)'"
    case .blob(let bytes): "a blob of \(bytes.count) bytes"
    }
  }
}
