import Testing
import TroveManage

/// Rows on their way through all versions.
@Suite struct CoreSurvivalTests {
  @Test(arguments: Engine.allCases)
  func `no step changes a row that it is not about`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: 1)
    let connection = try database.connect()
    var before = try DatabaseContents(of: connection)
    for version in 2...Core.latest {
      try database.upgradeCore(to: version)
      let after = try DatabaseContents(of: connection)
      #expect(after.changes(from: before) == Self.upgrades[version, default: []], "to \(version)")
      if let statements = CorePopulation.statements[version] { try database.execute(statements) }
      for statement in try DatabaseContents(of: connection).fillings {
        try connection.execute([Command(statement)])
      }
      before = try DatabaseContents(of: connection)
    }
    #expect(before.records.count == 28)
    #expect(before.columnsWithoutValues.sorted() == [])
    for version in (1..<Core.latest).reversed() {
      try database.downgradeCore(to: version)
      let after = try DatabaseContents(of: connection)
      let changes = after.changes(from: before)
      #expect(changes == Self.downgrades[version, default: []], "down to \(version)")
      before = after
    }
  }

  /// What the versions that are about rows do to those of `CorePopulation`.
  ///
  /// In columns that were there before; a row whose values changed counts as one less and one more.
  private static let upgrades = [
    19: ["datastore_versions -0 +1", "datastores -0 +1", "instances -1 +1"],
    28: ["agent_heartbeats -1 +0"],
    44: ["datastore_configuration_parameters -1 +0"],
  ]
  private static let downgrades = [
    46: ["datastore_versions -1 +1"],
    42: ["instances -1 +1"],
  ]

  /// Tables whose rows refer to others, and that are there from 38 on.
  private static let children = [
    "security_group_rules", "security_group_instance_associations", "configuration_parameters",
    "capability_overrides", "datastore_version_metadata", "instance_modules", "instance_faults",
  ]

  /// Takes a database with the rows of 13 to 38, and adds those of the versions on the way.
  private static func populate(_ database: TestDatabase) throws {
    for version in CorePopulation.statements.keys.sorted() where (14...38).contains(version) {
      try database.upgradeCore(to: version)
      try database.execute(CorePopulation.statements[version] ?? "")
    }
  }

  @Test(arguments: Engine.allCases)
  func `what refers to rebuilt tables survives runs over many versions`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: 13, CorePopulation.statements[13] ?? "")
    let associations = try database.records()["security_group_instance_associations"]
    try Self.populate(database)
    let before = try database.records().filter { Self.children.contains($0.key) }
    #expect(before.count == Self.children.count && !before.values.contains { $0.isEmpty })
    #expect(before["security_group_instance_associations"] == associations)

    try database.upgradeCore(to: Core.latest) { _ in "O'Neil" }
    #expect(try database.records().filter { Self.children.contains($0.key) } == before)
    let instances = try database.rows(
      """
      SELECT id, name, flavor_id, datastore_version_id, configuration_id, slave_of_id, cluster_id,
        shard_id, type, region_id
      FROM instances ORDER BY id
      """)
    #expect(
      instances == [
        ["i1", "one", "7", "v1", "c1", nil, "cl", "s", "member", "O'Neil"],
        ["i2", "two", nil, Core.legacyVersion, nil, "i1", nil, nil, nil, "O'Neil"],
      ])

    try database.downgradeCore(to: 38)
    #expect(try database.records().filter { Self.children.contains($0.key) } == before)
    try database.downgradeCore(to: 13)
    #expect(try database.records()["security_group_instance_associations"] == associations)
    try database.downgradeCore(to: 0)
    #expect(try database.tablesButOurs() == ["migrate_version"])
  }

  @Test(arguments: Engine.allCases)
  func `one run takes rows from 13 to the top, and one to the bottom`(engine: Engine) throws {
    let database = try TestDatabase.reference(engine, at: 13, dump: "013")
    try database.execute(CorePopulation.statements[13] ?? "")
    let before = try database.records()
    try database.migrate(Core.folder)
    let after = try database.records()
    for (table, rows) in before where table != "agent_heartbeats" {
      #expect(after[table]?.count == rows.count, "\(table)")
    }
    let instances = try database.rows(
      """
      SELECT i.id, i.flavor_id, i.region_id, v.version, v.image_id, v.registry_ext
      FROM instances i JOIN datastore_versions v ON v.id = i.datastore_version_id ORDER BY i.id
      """)
    let legacy: [String?] = [
      "RegionOne", "Unknown Legacy Version", "si1",
      "trove.guestagent.datastore.mysql.manager.Manager",
    ]
    #expect(instances == [["i1", "7"] + legacy, ["i2", nil] + legacy])
    try database.downgradeCore(to: 0)
    #expect(try database.tablesButOurs() == ["migrate_version"])
  }

  @Test(arguments: Engine.allCases)
  func `foreign keys hold after all rebuilds`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: 13, CorePopulation.statements[13] ?? "")
    try Self.populate(database)
    try database.upgradeCore(to: Core.latest)
    try database.withSession { session in
      if engine == .sqlite { try session.execute([Command("PRAGMA foreign_keys = ON")]) }
      let parents = [
        ("datastore_version_id", "v1"), ("configuration_id", "c1"), ("slave_of_id", "i1"),
        ("cluster_id", "cl"),
      ]
      for (column, parent) in parents {
        let update = { (id: String) in
          "UPDATE instances SET \(column) = '\(id)' WHERE id = 'i2'"
        }
        let error = #expect(throws: DatabaseError.self) {
          try session.execute([Command(update("no"))])
        }
        #expect(error?.code == (engine == .sqlite ? "SQLITE_CONSTRAINT_FOREIGNKEY" : "23503"))
        try session.execute([Command(update(parent), requiredChanges: 1)])
      }
      try session.execute([
        Command("UPDATE instances SET slave_of_id = NULL"),
        Command("DELETE FROM instances WHERE id = 'i1'", requiredChanges: 1),
      ])
    }
    let left = try database.rows(
      """
      SELECT (SELECT count(*) FROM instance_modules), (SELECT count(*) FROM instance_faults),
        (SELECT count(*) FROM security_group_instance_associations)
      """)
    #expect(left == [["1", "0", "1"]])
  }
}

extension DatabaseContents {
  /// The columns, as `table.column`, that are NULL in every row.
  fileprivate var columnsWithoutValues: [String] {
    columns.flatMap { table, columns in
      columns.filter { column in records[table, default: []].allSatisfy { $0[column] == .some(nil) }
      }
      .map { "\(table).\($0)" }
    }
  }

  /// What gives a value to each column that is NULL in every row and refers to no other table.
  fileprivate var fillings: [String] {
    let empty = Set(columnsWithoutValues)
    return schema.lines.filter { $0.kind == .column }.compactMap { line in
      let (table, words) = (line.object, line.text.split(separator: " ", maxSplits: 1))
      guard empty.contains("\(table).\(words[0])"), !records[table, default: []].isEmpty,
        !refers(table, column: words[0])
      else { return nil }
      let value = Self.value(of: words[1].lowercased(), for: words[0])
      return "UPDATE \(table) SET \"\(words[0])\" = \(value)"
    }
  }

  private func refers(_ table: String, column: Substring) -> Bool {
    schema.lines.contains {
      $0.object == table && $0.kind == .foreignKey
        && ($0.text.hasPrefix("\(column) ") || $0.text.contains("KEY (\(column))"))
    }
  }

  /// A value of `type` that tells from which column it is, as far as it can.
  private static func value(of type: String, for column: Substring) -> String {
    switch type {
    case _ where type.contains("char") || type.contains("text"): "'\(column)'"
    case _ where type.contains("int"): "\(column.count)"
    case _ where type.contains("bool"): "TRUE"
    case _ where type.contains("time"): "'2021-02-03 04:05:\(9 + column.count)'"
    default: "\(column.count).5"
    }
  }
}
