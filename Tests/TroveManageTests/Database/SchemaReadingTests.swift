import Testing
import TroveManage

@Suite struct SchemaReadingTests {
  @Test(arguments: Engine.allCases)
  func `core's scripts make what the reference made, at every version`(engine: Engine) throws {
    let ours = try TestDatabase(engine)
    let theirs = try TestDatabase(engine)
    try theirs.withSession { session in
      for version in 1...ReferenceSchemas.latest {
        try ours.upgradeCore(to: version)
        if version > 1 { try session.forgetSchema(version) }
        try session.begin(LockWait(limit: .seconds(60)))
        try session.load(dump: ReferenceSchemas.dump(version))
        try session.commit()
        let expected = try session.schema(of: nil).ofRepositories
        let found = try ours.connect().schema(of: nil).ofRepositories
        #expect(found == expected, "at \(version)")
      }
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is looked for by name is what is found without`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: Core.latest)
    let statements = engine == .sqlite ? SQLiteSchemas.everything : PostgresSchemas.everything
    for statement in statements { try database.execute(statement) }
    let connection = try database.connect()
    let all = try connection.schema(of: nil)
    for object in all { #expect(try connection.schema(of: [object.name]) == [object]) }
    #expect(try connection.schema(of: all.map(\.name)) == all)
    #expect(try connection.schema(of: []) == [])
    #expect(try connection.schema(of: [ObjectName(.table, schema: "main", name: "none")]) == [])
    let kinds: Set<ObjectName.Kind> =
      engine == .sqlite ? [.table, .view, .trigger] : Set(ObjectName.Kind.allCases)
    #expect(Set(all.map(\.name.kind)) == kinds)
    #expect(all.map(\.name) == all.map(\.name).sorted())
  }

  @Test(arguments: Engine.allCases)
  func `the order of columns is no part of a schema`(engine: Engine) throws {
    let one = try schema(engine, ["CREATE TABLE t (a INTEGER, b VARCHAR(3) NOT NULL)"])
    let two = try schema(engine, ["CREATE TABLE t (b VARCHAR(3) NOT NULL, a INTEGER)"])
    #expect(one == two)
  }

  @Test(arguments: Engine.allCases)
  func `a schema can be read in a transaction, which goes on as before`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let connection = try database.connect()
    try connection.begin(LockWait(limit: .seconds(60)))
    try connection.execute([Command("CREATE TABLE t (a INTEGER)")])
    let name = ObjectName(.table, schema: engine == .sqlite ? "main" : "public", name: "t")
    #expect(try connection.schema(of: [name]).map(\.name) == [name])
    try connection.execute([Command("CREATE TABLE u (a INTEGER)")])
    try connection.commit()
    #expect(try database.tables() == ["t", "u"])
    #expect(try connection.schema(of: nil).filter { $0.name.kind == .table }.count == 2)
  }
}

/// What `statements` make in a database of their own, without what every database has.
func schema(_ engine: Engine, _ statements: [String]) throws -> [SchemaObject] {
  let database = try TestDatabase(engine)
  for statement in statements { try database.execute(statement) }
  return try database.connect().schema(of: nil).ofRepositories
}

extension [SchemaObject] {
  /// Without version tables, our own tables and the schema that every PostgreSQL database has.
  var ofRepositories: [SchemaObject] {
    filter { object in
      !object.name.name.hasPrefix("trove_migrate_")
        && !object.name.name.hasPrefix("migrate_version")
        && object.name != ObjectName(.schema, schema: "", name: "public")
    }
  }
}

extension Connection {
  /// Makes room for another schema.
  fileprivate func forgetSchema(_ version: Int) throws {
    switch dialect {
    case .sqlite:
      for table in try tableNames() { try execute([Command("DROP TABLE \"\(table)\"")]) }
    case .postgresql:
      try execute([
        Command("DROP SCHEMA IF EXISTS before CASCADE"), Command("DROP SCHEMA public CASCADE"),
        Command("CREATE SCHEMA public"),
      ])
    }
  }
}
