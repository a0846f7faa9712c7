import Testing
import TroveManage

/// A script that is longer than a query string goes to PostgreSQL in several.
@Suite struct PartedScriptTests {
  /// A script of some 3 MB: `first`, many rows of `t`, and `last`.
  private static func script(_ first: String = "", last: String = "") -> String {
    let text = String(repeating: "é", count: 500)
    var lines = ["CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT); \(first)"]
    lines += (1...3000).map { "INSERT INTO t VALUES (\($0), 'ü \($0) \(text)');" }
    return (lines + [last]).joined(separator: "\n")
  }

  private static func migrate(_ script: String) throws -> (TestDatabase, RunFailure?) {
    let database = try TestDatabase(.postgresql)
    let folder = try database.folder.writeRepository(
      "core",
      scripts: [
        "001_a_default_upgrade.sql": script,
        "002_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
      ])
    do {
      _ = try database.migrator([folder], rules: { [OwnershipRule($0)] }).run()
      return (database, nil)
    } catch let failure as RunFailure {
      return (database, failure)
    }
  }

  @Test func `it runs as a whole, is recorded once, and has its rows`() throws {
    let (database, failure) = try Self.migrate(Self.script())
    #expect(failure == nil)
    #expect(
      try database.rows("SELECT count(*), sum(length(text)) FROM t") == [["3000", "1519893"]])
    #expect(try database.rows("SELECT version FROM core_version") == [["2"]])
    let journal = try database.rows(
      "SELECT to_version, statements FROM trove_migrate_journal ORDER BY id")
    #expect(journal == [["1", "3001"], ["2", "1"]])
  }

  @Test(arguments: [2, 900, 1800, 2999])
  func `an error is told with the line and column of its statement`(row: Int) throws {
    var lines = Self.script().split(separator: "\n", omittingEmptySubsequences: false)
    lines[row] = "INSERT INTO t VALUES (\(row), 'é', oops);"
    let (database, failure) = try Self.migrate(lines.joined(separator: "\n"))
    let text = "\(try #require(failure).error)"
    let column = 30 + String(row).count
    #expect(text.contains("001_a_default_upgrade.sql:\(row + 1):\(column):"), "\(text)")
    #expect(try database.tables() == [])
  }

  @Test func `an error at run time is told with its line, too`() throws {
    let (database, failure) = try Self.migrate(
      Self.script(last: "INSERT INTO t VALUES (7, 'again');"))
    let text = "\(try #require(failure).error)"
    #expect(text.contains("001_a_default_upgrade.sql:3002:1:"), "\(text)")
    #expect(try database.tables() == [])
  }

  @Test func `what it sets ends with it, and does not decide how the rest of it is read`() throws {
    let (database, failure) = try Self.migrate(
      Self.script(
        "SET standard_conforming_strings = off; SET search_path TO pg_catalog, public;",
        last: "INSERT INTO t VALUES (0, 'a\\');"))
    #expect(failure == nil)
    #expect(try database.rows("SELECT text FROM t WHERE id = 0") == [["a\\"]])
    #expect(try database.tables().contains("b"))
  }

  @Test func `a lock of the session is released when another part has taken it`() throws {
    let (database, failure) = try Self.migrate(Self.script("SELECT pg_advisory_lock(77);"))
    #expect(failure == nil)
    #expect(try database.rows("SELECT pg_try_advisory_lock(77)::int") == [["1"]])
  }

  @Test func `one that ends the transaction is found out in the part that does`() throws {
    let (database, failure) = try Self.migrate(
      Self.script("CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$; CALL p();"))
    #expect(failure != nil)
    #expect(try database.tables() == [])
  }
}
