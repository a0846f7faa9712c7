import Testing
import TroveManage

/// A role or a session that may only read can ask, and can run when there is nothing to do.
@Suite struct ReadOnlyServerTests {
  /// A site at its latest version whose conf file names a role of its own, after `statements`, in
  /// which `ROLE` stands for it.
  private static func withReader<Result>(
    _ statements: [String], _ body: (TestSite) throws -> Result
  ) throws -> Result {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.run("db_sync").expectSuccess()
    let role = "reader_\(site.database.roleSuffix)"
    try site.database.execute("CREATE ROLE \(role) LOGIN")
    defer { try? site.database.execute("DROP OWNED BY \(role)", "DROP ROLE \(role)") }
    for statement in statements {
      try site.database.execute(statement.replacing("ROLE", with: role))
    }
    try site.writeConf(url: site.database.urlText.replacing("trove@", with: "\(role)@"))
    return try body(site)
  }

  private static let mayRead = "GRANT SELECT ON ALL TABLES IN SCHEMA public TO ROLE"
  private static let mayWrite = "GRANT trove TO ROLE"

  @Test(
    arguments: [
      ([mayRead], "permission denied", "GRANT"),
      ([mayRead, "GRANT CREATE ON SCHEMA public TO ROLE"], "permission denied", "GRANT"),
      (
        [mayWrite, "ALTER USER ROLE SET default_transaction_read_only = on"], "read-only",
        "default_transaction_read_only"
      ),
    ] as [([String], String, String)])
  func `who may only read can ask and has nothing to do, and is told why when there is`(
    statements: [String], fact: String, hint: String
  ) throws {
    try Self.withReader(statements) { site in
      try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
      try site.run("db_status").expectSuccess()
      try site.run("db_version").expectSuccess("2\n")
      try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
      try site.run("db_status").expectSuccess()
      try site.expectFailure(1, "db_sync", naming: [fact, "hint:", hint, "core: 2"])
    }
  }

  @Test func `who may not even read the version table is told which`() throws {
    try Self.withReader([]) { site in
      for command in ["db_sync", "db_status", "db_version"] {
        try site.expectFailure(
          1, command, naming: ["permission denied for table core_version", "hint:", "GRANT"])
      }
    }
  }
}
