/// Another migration tool, whose own table says what it has run.
public enum MigrationTool: String, CaseIterable, Sendable {
  /// Alembic: one row with the id of the revision (alembic.sqlalchemy.org, tutorial, "Running our First
  /// Migration").
  case alembic
  /// Flyway: a row for each migration (documentation.red-gate.com/fd, "Flyway schema history table").
  case flyway
  /// goose: a row for each step; the last one of a version counts (pressly.github.io/goose).
  case goose
  /// dbmate: a row for each version that is applied (github.com/amacneil/dbmate, README).
  case dbmate
  /// golang-migrate: one row with the version, and whether it was left halfway
  /// (github.com/golang-migrate/migrate, FAQ.md).
  case golangMigrate = "golang-migrate"
  /// sql-migrate: a row for each file that is applied (github.com/rubenv/sql-migrate, README).
  case sqlMigrate = "sql-migrate"
  /// yoyo-migrations, 6.0 or later: a row for each file that is applied (ollycope.com/software/yoyo).
  case yoyo

  /// The name that the tool gives its table when nobody names another.
  public var table: String {
    switch self {
    case .alembic: "alembic_version"
    case .flyway: "flyway_schema_history"
    case .goose: "goose_db_version"
    case .dbmate, .golangMigrate: "schema_migrations"
    case .sqlMigrate: "gorp_migrations"
    case .yoyo: "_yoyo_migration"
    }
  }

  /// The columns that are read, in the order of ``ToolRecord``.
  var columns: [String] {
    switch self {
    case .alembic: ["version_num"]
    case .flyway: ["version", "success", "type"]
    case .goose: ["version_id", "is_applied"]
    case .dbmate: ["version"]
    case .golangMigrate: ["version", "dirty"]
    case .sqlMigrate: ["id"]
    case .yoyo: ["migration_id"]
    }
  }

  /// The column that says in which order the rows were written, where that matters.
  var order: String? {
    switch self {
    case .flyway: "installed_rank"
    case .goose: "id"
    case .alembic, .dbmate, .golangMigrate, .sqlMigrate, .yoyo: nil
    }
  }

  /// A column that only another tool's table of the same name has.
  var foreignColumn: String? { self == .dbmate ? "dirty" : nil }
}
