import Testing
import TroveManage

@Suite struct MigratorRefusalTests {
  @Test(arguments: Engine.allCases)
  func `a version that the repository does not have stops a run`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let newer = try database.folder.writeRepository(
      "newer", id: "core", table: "core_version",
      scripts: ["001_a_default_upgrade.sql": "-- a", "002_b_default_upgrade.sql": "-- b"])
    let older = try database.folder.writeRepository(
      "older", id: "core", table: "core_version", scripts: ["001_a_default_upgrade.sql": "-- a"])
    try database.migrate(newer)

    let failure = #expect(throws: RunFailure.self) { try database.migrate(older) }

    let text = "\(try #require(failure).error)"
    #expect(text.contains("stands at version 2 of core, which this repository does not have"))
    #expect(try database.standings(older).map(\.isKnown) == [false])
    #expect(try database.rows("SELECT version FROM core_version") == [["2"]])
  }

  @Test(arguments: Engine.allCases)
  func `a table of other columns is not taken for a version table`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    try database.execute("CREATE TABLE core_version (id INTEGER, version INTEGER)")
    let core = try database.folder.writeRepository(
      "core", scripts: ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);"])

    let failure = #expect(throws: RunFailure.self) { try database.migrate(core) }

    #expect("\(try #require(failure).error)".contains("its columns are id, version"))
    #expect(try database.tables() == ["core_version"])
  }

  @Test(arguments: Engine.allCases, [nil, "-1"])
  func `a version row without a version stops a run`(engine: Engine, value: String?) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core", scripts: ["001_a_default_upgrade.sql": "-- a", "002_b_default_upgrade.sql": "-- b"])
    try database.migrate(core, to: .upgrade(to: 1))
    try database.execute("UPDATE core_version SET version = \(value ?? "NULL")")

    let failure = #expect(throws: RunFailure.self) { try database.migrate(core) }

    let text = "\(try #require(failure).error)"
    #expect(
      text.contains("the version of core is \(value ?? "NULL"), which is no version"), "\(text)")
  }

  @Test(arguments: Engine.allCases)
  func `a version that appears late is refused by its number, not skipped`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core", scripts: ["001_a_default_upgrade.sql": "-- a", "005_e_default_upgrade.sql": "-- e"])
    try database.migrate(core)
    try database.folder.write(
      "core/versions/003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")

    let failure = #expect(throws: RunFailure.self) { try database.migrate(core) }

    #expect("\(try #require(failure).error)".contains(": 3 of core appeared after"))
    #expect(try database.standings(core).map(\.late) == [[3]])
  }

  @Test(arguments: Engine.allCases)
  func `a version that was once late and then ran is late no more`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core",
      scripts: [
        "001_a_default_upgrade.sql": "-- a", "005_e_default_upgrade.sql": "-- e",
        "005_e_default_downgrade.sql": "-- e",
      ])
    try database.migrate(core)
    try database.migrate(core, to: .downgrade(to: 1))
    try database.folder.write(
      "core/versions/003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")

    #expect(try database.migrate(core).applied.map(\.to) == [3, 5])
    #expect(try database.migrate(core).applied.isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `a script that moves its own version row is rolled back`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core",
      scripts: [
        "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);",
        "002_b_default_upgrade.sql": "UPDATE core_version SET version = 7;",
      ])

    let failure = #expect(throws: RunFailure.self) { try database.migrate(core) }

    #expect("\(try #require(failure).error)".contains("could not be recorded"))
    #expect(try database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `repositories with one id in two tables do not make each other late`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let one = try database.folder.writeRepository(
      "one", id: "same", table: "one",
      scripts: Dictionary(
        uniqueKeysWithValues: (1...3).map { ("00\($0)_a_default_upgrade.sql", "-- \($0)") }))
    let two = try database.folder.writeRepository(
      "two", id: "same", table: "two",
      scripts: ["001_a_default_upgrade.sql": "-- 1", "003_a_default_upgrade.sql": "-- 3"])
    try database.migrate(one, two)
    #expect(try database.migrate(one, two).applied.isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `a stamp covers what was jumped over before`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core", scripts: ["001_a_default_upgrade.sql": "-- 1", "003_a_default_upgrade.sql": "-- 3"])
    try database.migrate(core)
    try database.folder.write("core/versions/002_b_default_upgrade.sql", "-- 2")
    #expect(try database.standings(core).map(\.late) == [[2]])
    try database.execute("DELETE FROM core_version")
    try database.migrator([core]).control(at: 3)
    #expect(try database.standings(core).map(\.late) == [[]])
  }

  @Test(arguments: Engine.allCases)
  func `a journal that lacks columns is named, and a new one is made in its place`(
    engine: Engine
  ) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core", scripts: ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);"])
    try database.execute("CREATE TABLE trove_migrate_journal (id INTEGER, script TEXT)")

    let failure = #expect(throws: RunFailure.self) { try database.migrate(core) }

    let text = "\(try #require(failure).error)"
    #expect(text.contains("trove_migrate_journal") && text.contains("checksum"), "\(text)")
    #expect(try database.tables() == ["trove_migrate_journal"])
    try database.execute("DROP TABLE trove_migrate_journal")
    #expect(try database.migrate(core).applied.map(\.to) == [1])
  }
}
