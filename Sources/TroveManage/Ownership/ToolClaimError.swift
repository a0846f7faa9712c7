/// Why what another tool's table says is no version of a repository.
public enum ToolClaimError: Error {
  /// The tool's table is not there.
  case noTable(MigrationTool)
  /// The table of that name is not the tool's.
  case otherTable(MigrationTool, columns: [String])
  /// A migration failed, or was left halfway.
  case failed(MigrationTool, version: String)
  /// The database stands at several ends of a history.
  case severalHeads([String])
  /// A name or version that is no number.
  case noNumber(MigrationTool, String)
  /// Several migrations have the same number.
  case sameNumber(MigrationTool, Int)
  /// The tool has run versions that the repository does not have.
  case unknown(MigrationTool, [Int], Repository)
  /// The tool has left out versions below the latest that it ran.
  case gaps(MigrationTool, [Int], latest: Int, Repository)
  /// The id of a revision is in the names of no version's scripts, or of several.
  case revision(String, [Int], Repository)
  /// The table could not be read.
  case database(DatabaseError)

  /// What the engine said, when it was the engine.
  public var databaseError: DatabaseError? {
    if case .database(let error) = self { error } else { nil }
  }
}

extension ToolClaimError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .noTable(let tool):
      """
      there is no table \(tool.table), in which \(tool.rawValue) keeps what it has run
      hint: look whether this is the right database and, on PostgreSQL, the search_path of its user; \
      db_adopt without --from finds the version by the schema
      """
    case .otherTable(let tool, let columns):
      """
      \(tool.table) is not the table of \(tool.rawValue): its columns are \(columns.joined(separator: ", "))
      hint: name the tool that made it with --from, or leave that out to find the version by the schema
      """
    case .failed(let tool, let version):
      """
      \(tool.table): version \(version) failed or was left halfway
      hint: finish or undo it with \(tool.rawValue), and run the command again
      """
    case .severalHeads(let heads):
      """
      the tool's table has \(heads.count) rows: \(heads.joined(separator: ", "))
      hint: bring the database to one version with the tool that made the table, and run the command again
      """
    case .noNumber(let tool, let name):
      """
      \(tool.table): '\(name.cut(60))' does not begin with a number, as every version here does
      hint: give the repository's versions numbers, and let db_adopt --version find the schema's
      """
    case .sameNumber(let tool, let number):
      """
      \(tool.table): several rows begin with the number \(number), which can be one version only
      hint: number the repository's versions anew, and let db_adopt --version find the schema's
      """
    case .unknown, .gaps, .revision: textOfVersions
    case .database(let error): error.description
    }
  }

  private var textOfVersions: String {
    switch self {
    case .unknown(let tool, let versions, let repository):
      """
      \(repository.folder): \(tool.table) has \(Self.list(versions)), which \(repository.id) has no scripts for; \
      its latest is \(repository.latest)
      hint: add the scripts of what \(tool.rawValue) has run under the same numbers, or use newer ones of \
      the repository
      """
    case .gaps(let tool, let missing, let latest, let repository):
      """
      \(repository.folder): \(tool.table) has version \(latest), and has not \(Self.list(missing)) below it
      hint: let \(tool.rawValue) run what it left out, and run the command again
      """
    case .revision(let id, let versions, let repository):
      """
      \(repository.folder): the database is at the revision \(id) of alembic, which is in the name of \
      \(versions.isEmpty ? "no version's script" : "the scripts of \(Self.list(versions))")
      hint: call the script of one version after the revision, as in 007_\(id.cut(40))_what_it_does_default_upgrade.sql
      """
    default: ""
    }
  }

  private static func list(_ numbers: [Int]) -> String {
    let shown = numbers.prefix(10).map(String.init).joined(separator: ", ")
    return numbers.count > 10 ? "\(shown), … (\(numbers.count) in all)" : shown
  }
}
