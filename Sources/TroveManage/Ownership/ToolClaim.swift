/// The version of a repository at which another tool's table says that the database stands.
///
/// It is a claim and no proof: the schema has still to be that of the version. The table is only read.
public struct ToolClaim: Hashable, Sendable {
  /// The tool.
  public let tool: MigrationTool
  /// The id of the repository.
  public let repositoryID: String
  /// The version; 0 when the tool has run nothing.
  public let version: Int

  /// Reads the table of `tool` and finds the version of `repository` that it names.
  ///
  /// Numbers are versions of the same number. A revision of Alembic is the version whose script has the
  /// revision's id in its name.
  ///
  /// - Throws: ``ToolClaimError``.
  public init(
    of tool: MigrationTool, for repository: Repository, on connection: any Connection
  ) throws(ToolClaimError) {
    let record = try ToolRecord(of: tool, from: Self.rows(of: tool, on: connection))
    self.tool = tool
    repositoryID = repository.id
    version = try Self.version(record, of: tool, in: repository, for: connection.dialect)
  }

  private static func rows(
    of tool: MigrationTool, on connection: any Connection
  ) throws(ToolClaimError) -> [Row] {
    let found = try reading { () throws(DatabaseError) in
      try connection.tables(named: [tool.table])
    }
    guard let table = found.first, table.exists else { throw .noTable(tool) }
    let columns = Set(table.columnTypes.keys)
    let needed = tool.columns + (tool.order.map { [$0] } ?? [])
    guard columns.isSuperset(of: needed), !(tool.foreignColumn.map(columns.contains) ?? false)
    else { throw .otherTable(tool, columns: columns.sorted()) }
    let order = tool.order.map { " ORDER BY \($0)" } ?? ""
    return try reading { () throws(DatabaseError) in
      try connection.rows(
        "SELECT \(tool.columns.joined(separator: ", ")) FROM \(table.qualifiedName)\(order)")
    }
  }

  /// What `body` returns; what it throws, as one of these.
  private static func reading<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(ToolClaimError) -> Result {
    do { return try body() } catch { throw .database(error) }
  }

  private static func version(
    _ record: ToolRecord, of tool: MigrationTool, in repository: Repository, for dialect: Dialect
  ) throws(ToolClaimError) -> Int {
    switch record {
    case .upTo(let version):
      guard repository.canStand(at: version) else { throw .unknown(tool, [version], repository) }
      return version
    case .each(let versions): return try latest(of: versions, above: 0, of: tool, in: repository)
    case .eachAbove(let baseline, let versions):
      return try latest(of: versions, above: baseline, of: tool, in: repository)
    case .revision(let id):
      let found = repository.versions.filter { version in
        (try? repository.script(version, .upgrade, for: dialect))?.holds(id) ?? false
      }
      guard let version = found.first, found.count == 1 else {
        throw .revision(id, found, repository)
      }
      return version
    }
  }

  /// The highest of `versions`, each of which the repository must have, and none below it be missing.
  private static func latest(
    of versions: Set<Int>, above baseline: Int, of tool: MigrationTool, in repository: Repository
  ) throws(ToolClaimError) -> Int {
    let unknown = versions.filter { !repository.canStand(at: $0) }
    guard unknown.isEmpty else { throw .unknown(tool, unknown.sorted(), repository) }
    let latest = versions.max() ?? 0
    let missing = repository.versions.filter {
      $0 > baseline && $0 < latest && !versions.contains($0)
    }
    guard missing.isEmpty else { throw .gaps(tool, missing, latest: latest, repository) }
    return latest
  }
}

extension Path {
  /// Whether `id` stands in the file's name between underscores, or before its ending.
  fileprivate func holds(_ id: String) -> Bool {
    !id.isEmpty && (name.contains("_\(id)_") || name.hasSuffix("_\(id).py"))
  }
}
