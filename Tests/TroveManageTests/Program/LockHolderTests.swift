import Foundation
import Testing
import TroveManage

@Suite struct LockHolderTests {
  /// Starts a run while `holder` has the lock, and ends it when the run has said that it waits.
  private func messages(
    of site: TestSite, waitingFor holder: any Connection
  ) throws -> String {
    try holder.begin(LockWait(limit: .zero))
    let runner = try site.start(["db_sync"])
    try waitUntil("the words") { try runner.said().contains("waiting for another runner") }
    holder.rollback()
    let outcome = try runner.outcome(within: .seconds(60))
    outcome.expectSuccess()
    return outcome.messages
  }

  private func process(of connection: any Connection) throws -> Int64 {
    guard connection is PostgresConnection else { return Int64(getpid()) }
    return try #require(try connection.rows("SELECT pg_backend_pid()").first?[0].integer)
  }

  @Test(arguments: [(Engine.postgresql, ", user trove, from this machine"), (.sqlite, ", user ")])
  func `a runner that waits says who holds the lock and since when`(
    engine: Engine, facts: String
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    let holder = try site.database.connect()
    let process = try process(of: holder)
    let messages = try messages(of: site, waitingFor: holder)
    let start = "another runner, which holds the lock of this database: pid \(process) ("
    #expect(messages.contains(start) && messages.contains(facts), "\(messages)")
    let end = /\), since .*\d\d:\d\d:\d\d UTC \(\d+ (s|min|h) ago\)\n/
    #expect(messages.contains(end), "\(messages)")
  }

  @Test func `a program that writes to a file in WAL mode is found, too`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.database.execute("PRAGMA journal_mode = WAL")
    let messages = try messages(of: site, waitingFor: try site.database.connect())
    #expect(messages.contains("holds the lock of this database: pid \(getpid()) ("), "\(messages)")
  }

  @Test func `a runner that may not see others' sessions says what it may see`() throws {
    let site = try TestSite.withTwoVersions(.postgresql, options: "lock_wait = 0")
    let user = "reader_\(site.database.roleSuffix.prefix(12))"
    try site.database.execute("CREATE ROLE \(user) LOGIN")
    defer { try? site.database.execute("DROP ROLE \(user)") }
    let url = site.database.urlText.replacing("trove@", with: "\(user)@")
    try site.writeConf(url: url, options: "lock_wait = 0")
    let holder = try site.database.connect()
    try holder.begin(LockWait(limit: .zero))
    defer { holder.rollback() }
    let pid = try process(of: holder)
    let detail = "detail: the lock is held by pid \(pid) (trove-manage, user trove)\n"
    try site.run("db_sync").expectFailure(75, naming: [detail])
  }

  @Test func `the address of a holder on another way to the server is named`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let environment = ProcessInfo.processInfo.environment
    let port = try #require(environment["TROVE_TEST_PGPORT"])
    let password = try #require(environment["TROVE_TEST_PGPASSWORD"])
    let holder = try site.database.connect(
      "host=127.0.0.1&port=\(port)&password=\(password)&application_name=nightly")
    let messages = try messages(of: site, waitingFor: holder)
    #expect(messages.contains(" (nightly, user trove, from 127.0.0.1), since "), "\(messages)")
  }

  @Test(arguments: Engine.allCases)
  func `the error of a runner that gives up names the holder, also in a document`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine, options: "lock_wait = 0.2")
    let holder = try site.database.connect()
    let process = try process(of: holder)
    try holder.begin(LockWait(limit: .zero))
    defer { holder.rollback() }
    let detail = "detail: the lock is held by pid \(process) ("
    try site.run("db_sync").expectFailure(75, naming: [detail])
    let outcome = try site.run("db_sync", "--json")
    let error = try #require(try outcome.document()["error"] as? [String: Any])
    #expect((error["message"] as? String)?.contains(detail) == true)
  }

  @Test func `a file that cannot even be read names who keeps it`() throws {
    let site = try TestSite.withTwoVersions(.sqlite, options: "lock_wait = 0.2")
    try site.run("db_sync").expectSuccess()
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN EXCLUSIVE")
    defer { holder.rollback() }
    try site.run("db_status").expectFailure(75, naming: ["held by pid \(getpid()) ("])
  }
}

extension TestDatabase {
  /// A new session with the server, where the URL's options are other ones.
  func connect(_ options: String) throws -> PostgresConnection {
    let text = urlText.prefix { $0 != "?" } + "?\(options)"
    guard case .postgresql(let server) = try DatabaseURL(String(text), relativeTo: Path("/"))
    else { throw NoServer() }
    return try PostgresConnection(server)
  }
}
