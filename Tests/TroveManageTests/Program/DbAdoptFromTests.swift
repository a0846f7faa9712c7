import Foundation
import Testing
import TroveManage

/// Databases that other tools have migrated, with their tables as they document them.
@Suite struct DbAdoptFromTests {
  /// A tool, its table, and rows.
  struct Case: CustomTestStringConvertible {
    let engine: Engine
    let tool: MigrationTool
    let statements: [String]
    var version: Int? = 2
    var facts: [String] = []

    var testDescription: String { "\(tool.rawValue) \(engine) \(statements.last ?? "")" }

    /// On both engines; `BOOL`, `TRUE` and `FALSE` are right on both.
    static func both(
      _ tool: MigrationTool, _ statements: String..., version: Int? = 2, naming facts: [String] = []
    ) -> [Self] {
      Engine.allCases.map {
        Self(
          engine: $0, tool: tool, statements: [table(tool)] + statements, version: version,
          facts: facts)
      }
    }

    static func table(_ tool: MigrationTool) -> String {
      switch tool {
      case .alembic:
        "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
      case .flyway:
        """
        CREATE TABLE flyway_schema_history (installed_rank INT NOT NULL PRIMARY KEY, version VARCHAR(50),
          description VARCHAR(200) NOT NULL, type VARCHAR(20) NOT NULL, script VARCHAR(1000) NOT NULL,
          checksum INT, installed_by VARCHAR(100) NOT NULL,
          installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, execution_time INT NOT NULL,
          success BOOLEAN NOT NULL)
        """
      case .goose:
        """
        CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY, version_id BIGINT NOT NULL,
          is_applied BOOLEAN NOT NULL, tstamp TIMESTAMP DEFAULT CURRENT_TIMESTAMP)
        """
      case .dbmate: "CREATE TABLE schema_migrations (version VARCHAR(128) PRIMARY KEY)"
      case .golangMigrate:
        "CREATE TABLE schema_migrations (version BIGINT NOT NULL PRIMARY KEY, dirty BOOLEAN NOT NULL)"
      case .sqlMigrate:
        "CREATE TABLE gorp_migrations (id VARCHAR(255) PRIMARY KEY, applied_at TIMESTAMP)"
      case .yoyo:
        """
        CREATE TABLE _yoyo_migration (migration_hash VARCHAR(64) PRIMARY KEY,
          migration_id VARCHAR(255), applied_at_utc TIMESTAMP)
        """
      }
    }

    static func flyway(_ rows: (version: String, type: String, success: String)...) -> String {
      let values = rows.enumerated().map { index, row in
        "(\(index + 1), \(row.version), 'd', '\(row.type)', 's', 1, 'me', 3, \(row.success))"
      }
      return """
        INSERT INTO flyway_schema_history
          (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
          VALUES \(values.joined(separator: ", "))
        """
    }

    static func goose(_ rows: (version: Int, applied: String)...) -> String {
      let values = rows.enumerated().map { "(\($0 + 1), \($1.version), \($1.applied))" }
      return "INSERT INTO goose_db_version (id, version_id, is_applied) VALUES "
        + values.joined(separator: ", ")
    }

    static let good =
      both(.alembic, "INSERT INTO alembic_version VALUES ('1975ea83b712')")
      + both(
        .flyway,
        flyway(
          ("'1'", "SQL", "TRUE"), ("NULL", "SQL", "TRUE"), ("'002'", "SQL", "TRUE"),
          ("'3'", "SQL", "TRUE"), ("'3'", "UNDO_SQL", "TRUE")))
      + both(.flyway, flyway(("'2'", "BASELINE", "TRUE")))
      + both(
        .goose,
        goose((0, "TRUE"), (1, "TRUE"), (2, "TRUE"), (3, "TRUE"), (3, "FALSE")))
      + both(.dbmate, "INSERT INTO schema_migrations VALUES ('001'), ('002')")
      + both(.golangMigrate, "INSERT INTO schema_migrations VALUES (2, FALSE)")
      + both(
        .sqlMigrate, "INSERT INTO gorp_migrations (id) VALUES ('001_a.sql'), ('002-b.sql')")
      + both(
        .yoyo,
        "INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '0001.a'), ('y', '0002.b')"
      )

    static let bad =
      both(
        .alembic, "INSERT INTO alembic_version VALUES ('ae1027a6acf')",
        naming: ["ae1027a6acf", "007_"])
      + both(
        .alembic, "INSERT INTO alembic_version VALUES ('a1'), ('b2')", naming: ["2 rows: a1, b2"])
      + both(
        .flyway, flyway(("'1'", "SQL", "TRUE"), ("'2'", "SQL", "FALSE")),
        naming: ["'2'", "left halfway"])
      + both(.flyway, flyway(("'1.2'", "SQL", "TRUE")), naming: ["'1.2'"])
      + both(.flyway, flyway(("'2'", "SQL", "TRUE")), naming: ["has not 1 below it"])
      + both(.goose, goose((0, "TRUE"), (1, "TRUE"), (9, "TRUE")), naming: ["9", "no scripts"])
      + both(
        .dbmate, "INSERT INTO schema_migrations VALUES ('002')", naming: ["has not 1 below it"])
      + both(
        .golangMigrate, "INSERT INTO schema_migrations VALUES (2, TRUE)", naming: ["left halfway"])
      + both(
        .golangMigrate, "INSERT INTO schema_migrations VALUES (7, FALSE)",
        naming: ["7", "latest is 3"])
      + both(.sqlMigrate, "INSERT INTO gorp_migrations (id) VALUES ('a.sql')", naming: ["'a.sql'"])
      + both(
        .yoyo,
        "INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('x', '1_a'), ('y', '1_b')",
        naming: ["number 1"])
  }

  /// A site with three versions, at the schema of the second.
  private func site(_ test: Case) throws -> TestSite {
    let site = try TestSite(
      test.engine,
      [
        "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);",
        "002_1975ea83b712_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
        "003_c_default_upgrade.sql": "CREATE TABLE c (id INTEGER);",
      ])
    try site.database.execute("CREATE TABLE a (id INTEGER)", "CREATE TABLE b (id INTEGER)")
    for statement in test.statements { try site.database.execute(statement) }
    return site
  }

  @Test(arguments: Case.good)
  func `the version that another tool's table names is recorded, and goes on from there`(
    test: Case
  ) throws {
    let site = try site(test)
    let rows = try site.database.rows("SELECT * FROM \(test.tool.table)")
    let asked = try site.run("db_adopt", "--from", test.tool.rawValue)
    #expect(asked.status == 3, "\(asked.messages)")
    #expect(
      asked.output.contains("\(test.tool.table) of \(test.tool.rawValue): version 2 of core; "))
    #expect(try site.version() == nil)
    let document = try site.run("db_adopt", "--from", test.tool.rawValue, "--yes", "--json")
      .document()
    let claim = try #require(document["claim"] as? [String: Any])
    #expect(claim["table"] as? String == test.tool.table)
    #expect(claim["version"] as? Int == 2)
    #expect(try site.version() == 2)
    try site.run("db_sync").expectSuccess()
    #expect(try site.version() == 3)
    #expect(try site.database.rows("SELECT * FROM \(test.tool.table)") == rows)
  }

  @Test(arguments: Case.bad)
  func `what failed, is unknown or was left out is refused with what to do`(test: Case) throws {
    let site = try site(test)
    try site.expectFailure(
      4, "db_adopt", "--from", test.tool.rawValue, "--yes", naming: test.facts + ["hint: "])
  }

  @Test(arguments: Engine.allCases)
  func `a claim that the schema contradicts is not recorded`(engine: Engine) throws {
    let test = Case(
      engine: engine, tool: .golangMigrate,
      statements: [
        Case.table(.golangMigrate), "INSERT INTO schema_migrations VALUES (3, FALSE)",
      ])
    let site = try site(test)
    let outcome = try site.run("db_adopt", "--from", "golang-migrate", "--yes")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("core: it is not version 3; the schema here is that of 2"))
    #expect(try site.version() == nil)
    try site.expectFailure(
      4, "db_adopt", "--from", "dbmate", "--yes", naming: ["not the table of dbmate", "dirty"])
    try site.expectFailure(4, "db_adopt", "--from", "goose", naming: ["no table goose_db_version"])
    try site.expectFailure(
      2, "db_adopt", "--from", "goose", "--version", "2", naming: ["--from and --version"])
  }
}
