/// What can be wrong with the version of a repository, in the database or on the way to another.
public enum VersionError: Error {
  /// The database is not under the repository's version control.
  case notControlled(Repository)
  /// The database is under the repository's version control already.
  case alreadyControlled(Repository, version: Int)
  /// The version row holds no version.
  case badVersion(Repository, table: String, value: Value)
  /// The version table has lost its key and holds several rows of the repository.
  case severalRows(Repository, table: String, values: [Value])
  /// The database stands at a version that the repository does not have.
  case unknownVersion(Repository, version: Int)
  /// The version to go to is none of the repository's.
  case noSuchVersion(Repository, version: Int)
  /// An upgrade that would go down, or the other way round.
  case wrongDirection(Repository, Operation, at: Int, to: Int)
  /// Versions appeared below the one that the database stands at.
  case lateVersions(Standing, Dialect)
  /// A script outside a transaction was interrupted, and the run would not go on with it.
  case interrupted(Repository, Progress)
  /// A script made a table that is found in place of one of ours.
  case tableHidden(String, by: String)
  /// A script moved the version of a repository, which is the run's to do.
  case versionMoved(Repository, to: Int?, insteadOf: Int)
}

extension VersionError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
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
    case .tableHidden(let old, let new):
      """
      a script of this run made \(new), which hides \(old) from whoever does not name a schema
      hint: the schemas of the search_path are looked through in their order; call the table otherwise
      """
    case .interrupted(let repository, let progress): Self.text(of: progress, of: repository)
    case .alreadyControlled(let repository, let version):
      """
      the database is under version control of \(repository.id) already, at version \(version)
      hint: db_sync goes on from there; db_adopt without --version compares the schema with that version's
      """
    case .badVersion(let repository, let table, let value):
      """
      \(table): the version of \(repository.id) is \(value.shown), which is no version
      hint: find out what stands in the database and put its version into the row: UPDATE \(table) \
      SET version = N WHERE repository_id = \(Dialect.sqlite.literal(repository.id))
      """
    case .severalRows(let repository, let table, let values):
      """
      \(table): there are \(values.count) rows of \(repository.id), with the versions \
      \(values.map(\.shown).joined(separator: ", ")); its primary key is gone
      hint: find out what stands in the database and leave one row with its version: DELETE FROM \(table) \
      WHERE repository_id = \(Dialect.sqlite.literal(repository.id)), then INSERT it anew
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
    case .lateVersions(let standing, let dialect): Self.text(ofLate: standing, dialect)
    }
  }
}

extension VersionError {
  private static func text(ofLate standing: Standing, _ dialect: Dialect) -> String {
    let repository = standing.repository
    let scripts = standing.late.map { version in
      (try? repository.script(version, .upgrade, for: dialect))?.name ?? "\(version)"
    }
    let version = standing.version ?? 0
    return """
      \(repository.folder): \(standing.late.map(String.init).joined(separator: ", ")) of \
      \(repository.id) appeared after the database had reached \(version), so that nothing ever ran \
      \(scripts.joined(separator: ", "))
      hint: db_sync --allow_late runs what is late, in its order and before newer versions; or give it \
      numbers above \(version)
      """
  }

  private static func text(of progress: Progress, of repository: Repository) -> String {
    let way =
      progress.operation == .downgrade ? "db_downgrade --version \(progress.to)" : "db_sync"
    let id = Dialect.sqlite.literal(repository.id)
    let table = Dialect.sqlite.literal(repository.versionTable)
    return """
      \(repository.folder): the \(progress.deed(on: repository.id)) was interrupted \(progress.place)
      hint: \(way) goes on with it, as long as its script is there and the version is what it was \
      then. Or finish or undo it by hand, set the version accordingly, and \
      DELETE FROM \(ProgressTable.tableName) WHERE repository_id = \(id) AND version_table = \(table)
      """
  }
}

extension Value {
  /// The value as a person would write it.
  var shown: String {
    switch self {
    case .null: "NULL"
    case .integer(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): "'\(text.cut(60))'"
    case .blob(let bytes): "a blob of \(bytes.count) bytes"
    }
  }
}
