import Foundation
import Testing
import TroveManage

/// The texts of scripts that ran are kept beside the journal.
@Suite struct KeptTextTests {
  private static func texts(_ site: TestSite) throws -> [[String?]] {
    try site.database.rows(
      """
      SELECT to_version, text FROM trove_migrate_journal AS j
      LEFT JOIN trove_migrate_scripts AS s ON s.checksum = j.checksum ORDER BY id
      """)
  }

  @Test(arguments: Engine.allCases, ["run", "version"])
  func `each script's text is kept once, with plain line ends`(
    engine: Engine, scope: String
  ) throws {
    let site = try TestSite(engine)
    try site.write(
      "001_a_default_upgrade.sql", "\u{FEFF}-- it's \\ a\r\nCREATE TABLE a (id INTEGER);\r")
    try site.write("002_b_default_upgrade.sql", "-- → ä 🐘\nCREATE TABLE b (id INTEGER);")
    try site.write("003_c_default_upgrade.sql", "-- same")
    try site.write("004_d_default_upgrade.sql", "-- same")
    try site.run("db_sync", "--transaction", scope).expectSuccess()
    #expect(
      try Self.texts(site) == [
        ["1", "-- it's \\ a\nCREATE TABLE a (id INTEGER);\n"],
        ["2", "-- → ä 🐘\nCREATE TABLE b (id INTEGER);"], ["3", "-- same"], ["4", "-- same"],
      ])
    #expect(try site.database.rows("SELECT count(*) FROM trove_migrate_scripts") == [["3"]])
  }

  @Test(arguments: Engine.allCases)
  func `values of variables are not in a text that is kept`(engine: Engine) throws {
    let site = try TestSite(engine, options: "greeting = hello-there")
    try site.write(
      "001_a_default_upgrade.sql",
      "-- migrate: variables\nCREATE TABLE a (x TEXT);\nINSERT INTO a VALUES (${migrate.greeting});"
    )
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT x FROM a") == [["hello-there"]])
    let text = try #require(try Self.texts(site).first?[1])
    #expect(text.contains("${migrate.greeting}") && !text.contains("hello-there"))
  }

  @Test(arguments: Engine.allCases)
  func `a text of more than 256 KiB is not kept, and runs all the same`(engine: Engine) throws {
    let site = try TestSite(engine)
    let longest = 256 * 1024
    try site.write("001_a_default_upgrade.sql", "--" + String(repeating: "x", count: longest - 2))
    try site.write("002_b_default_upgrade.sql", "--" + String(repeating: "x", count: longest - 1))
    try site.run("db_sync").expectSuccess()
    #expect(try Self.texts(site).map { $0[1]?.utf8.count } == [longest, nil])
  }

  @Test(arguments: Engine.allCases)
  func `a run that fails keeps no text`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.write("004_d_default_upgrade.sql", "SELECT * FROM nowhere;")
    #expect(try site.run("db_sync").status == 1)
    #expect(try Self.texts(site).count == 2)
    #expect(try site.database.rows("SELECT count(*) FROM trove_migrate_scripts") == [["2"]])
  }

  @Test(arguments: Engine.allCases)
  func `a table of that name with other columns is refused with the way to mend it`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.database.execute("CREATE TABLE trove_migrate_scripts (checksum TEXT, body TEXT)")
    let name = engine == .sqlite ? "main" : "\"public\""
    let mend =
      "ALTER TABLE \(name).\"trove_migrate_scripts\" RENAME TO old_texts"
    for command in ["db_sync", "db_status"] {
      try site.expectFailure(4, command, naming: ["it has no text", "hint:", mend])
    }
    try site.database.execute(mend)
    try site.run("db_sync").expectSuccess()
    #expect(try Self.texts(site).count == 2)
  }

  @Test(arguments: Engine.allCases)
  func `the texts are no longer there than their table, and are kept again`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("DROP TABLE trove_migrate_scripts")
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.texts(site).map { $0[1] } == [nil, nil, "CREATE TABLE c (id INTEGER);"])
  }

  /// A server turns every query into the database's encoding, comments and literals alike.
  @Test func `a database of another encoding refuses no script for its comments`() throws {
    let site = try TestSite(.postgresql)
    let other = "latin_\(site.database.roleSuffix)"
    try site.database.execute(
      "CREATE DATABASE \(other) ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")
    defer { try? site.database.execute("DROP DATABASE \(other)") }
    try site.writeConf(url: TestDatabase.serverURL(database: other))
    try site.write("001_a_default_upgrade.sql", "-- → 🐘\nCREATE TABLE a (id INTEGER);")
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE b (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    try site.write("001_a_default_upgrade.sql", "-- → 🦭\nCREATE TABLE a (id INTEGER);")
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
  }
}
