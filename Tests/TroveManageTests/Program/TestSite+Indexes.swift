import Foundation
import Testing
import TroveManage

/// Runs whose third script is about the indexes of a table with rows, on PostgreSQL.
extension TestSite {
  /// A site with the table `a` of a thousand rows, and a third script.
  static func withThousandRows(_ script: String, options: String = "") throws -> TestSite {
    let site = try TestSite.withTwoVersions(.postgresql, options: options)
    try site.write(
      "002_b_default_upgrade.sql",
      "CREATE TABLE happened (n INTEGER); INSERT INTO a SELECT generate_series(1, 1000);")
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", script)
    return site
  }

  /// What the scripts have written into `happened`.
  func happened() throws -> [String?] {
    try database.rows("SELECT n FROM happened ORDER BY n").map { $0[0] }
  }

  /// The indexes of the table `a` by name, with whether they are valid.
  func indexes() throws -> [[String?]] {
    try database.rows(
      """
      SELECT indexrelid::regclass::text, indisvalid::text FROM pg_index
      WHERE indrelid = 'a'::regclass ORDER BY 1
      """)
  }

  /// Starts a run whose third script waits for a transaction that has changed the table `a`, and kills it
  /// with `signal` there.
  func interrupt(
    with signal: Int32, when condition: () throws -> Bool
  ) throws -> TestProgram.Outcome {
    let holder = try database.connect()
    _ = try holder.rows("BEGIN; INSERT INTO a VALUES (0)")
    defer { holder.rollback() }
    let runner = try start(["db_sync"])
    try waitUntil("the statement to wait", condition)
    runner.send(signal)
    let outcome = try runner.outcome(within: .seconds(30))
    // The server's process goes when it notices that nobody listens; what it began is still there then.
    try waitUntil("the runner's lock to be free") {
      try database.runnerLocks().isEmpty
    }
    return outcome
  }
}
