import Testing

@testable import TroveManage

@Suite struct ScriptNameTests {
  @Test(arguments: [
    ("001_a_sqlite_upgrade.sql", 1, ScriptName.Kind.sql(.dialect(.sqlite), .upgrade)),
    ("001_sqlite_upgrade.sql", 1, .sql(.dialect(.sqlite), .upgrade)),
    ("0012_a_b_c_postgresql_downgrade.sql", 12, .sql(.dialect(.postgresql), .downgrade)),
    ("20261123001633_a_default_upgrade.sql", 20_261_123_001_633, .sql(.anyDialect, .upgrade)),
    ("003_a_mysql_upgrade.sql", 3, .sql(.otherEngine, .upgrade)),
    ("003_a_ibm_db_sa_upgrade.sql", 3, .sql(.otherEngine, .upgrade)),
    ("004_a.py", 4, .python),
  ])
  func `a name says version, dialect and operation`(
    name: String, version: Int, kind: ScriptName.Kind
  ) throws {
    let script = try ScriptName(name)
    #expect(script.version == version)
    #expect(script.kind == kind)
  }

  @Test(arguments: [
    ("README.md", ScriptNameError.notScript),
    ("__init__.py", .notScript),
    ("001_a.pyc", .notScript),
    ("001_notes.txt", .notScript),
    ("12_a.sql", .notScript),
    ("7_x_sqlite_upgrade.sql", .tooFewDigits),
    ("12_x_default_downgrade.sql", .tooFewDigits),
    ("000_a_sqlite_upgrade.sql", .versionOutOfRange),
    ("99999999999999999999_a_sqlite_upgrade.sql", .versionOutOfRange),
    ("001_upgrade.sql", .malformed),
    ("001_a\nb_sqlite_upgrade.sql", .controlCharacter),
    ("001_a_postgres_upgrade.sql", .unknownDialect("postgres")),
    ("001_a_SQLite_upgrade.sql", .unknownDialect("SQLite")),
    ("001_a_sqlite_up.sql", .unknownOperation("up")),
  ])
  func `a name that is no script's says why`(name: String, problem: ScriptNameError) {
    #expect(throws: problem) { try ScriptName(name) }
  }

  @Test(arguments: [
    ("postgres", "postgresql"), ("pgsql", "postgresql"), ("pg", "postgresql"),
    ("PostgreSQL", "postgresql"), ("sqlite3", "sqlite"), ("SQLite", "sqlite"),
    ("msql", "sqlite, postgresql or default"),
  ])
  func `an unknown dialect is told the right word`(word: String, right: String) {
    #expect("\(ScriptNameError.unknownDialect(word))".contains("use \(right) in"))
  }
}
