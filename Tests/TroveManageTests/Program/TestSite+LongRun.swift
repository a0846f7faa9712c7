import Foundation
import Testing
import TroveManage

/// Runs that last long enough for something to happen to them.
extension TestSite {
  /// A site with a plugin whose second script is stuck: for so many seconds on PostgreSQL, for longer
  /// than any test on SQLite.
  static func stuck(
    _ engine: Engine, seconds: Int = 300, options: String = ""
  ) throws -> TestSite {
    let site = try withTwoVersions(engine, plugins: "./plugin", options: options)
    let statement =
      switch engine {
      case .postgresql: "SELECT pg_sleep(\(seconds));"
      case .sqlite:
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000000)
        SELECT max(i) FROM n;
        """
      }
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);",
        "002_q_default_upgrade.sql": "CREATE TABLE q (id INTEGER);\n\(statement)",
      ])
    return site
  }

  /// Puts a script in the place of the one that is stuck.
  func mend() throws {
    try folder.write("plugin/versions/002_q_default_upgrade.sql", "CREATE TABLE q (id INTEGER);")
  }

  /// Starts a run and returns when it is in the transaction that is stuck.
  func startUntilStuck(
    scope: String = "run", options: [String] = []
  ) throws -> TestProgram.Running {
    let runner = try start(["db_sync", "--transaction", scope] + options)
    switch engine {
    case .postgresql:
      let query = """
        SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'
        """
      try waitUntil("the long statement") { try !database.rows(query).isEmpty }
    case .sqlite:
      let file = folder.path("test.sqlite")
      try waitUntil("the database's file") { FileSystem.kind(of: file) != nil }
      // Behind this version there is only one transaction that can hold the lock.
      if scope == "version" { try waitUntil("the first version") { try version("plugin") == 1 } }
      let observer = try database.connect()
      try waitUntil("the lock") { try Self.isLocked(observer) }
    }
    return runner
  }

  /// Whether somebody else has the database's lock.
  static func isLocked(_ connection: any Connection) throws -> Bool {
    do throws(DatabaseError) {
      try connection.begin(LockWait(limit: .zero))
      connection.rollback()
      return false
    } catch {
      guard error.kind == .lockTimeout else { throw error }
      return true
    }
  }
}
