import Testing

@testable import TroveManage

@Suite struct PostgresConnectionTests {
  private let database: TestDatabase
  private let connection: PostgresConnection

  init() throws {
    database = try TestDatabase(.postgresql)
    connection = try #require(try database.connect() as? PostgresConnection)
  }

  private func commands(_ texts: String...) -> [Command] { texts.map { Command($0) } }

  @Test(arguments: [
    (["SELECT 1", "SELEC 2"], 1, 0),
    (["SELECT 1 -- a comment at the end", "SELECT 'é', x FROM nowhere"], 1, 20),
    (["SELECT 'ééé'", "CREATE TABLE a (id nonsense)", "SELECT 3"], 1, 19),
  ])
  func `the engine's position is told as a command and a byte of it`(
    texts: [String], command: Int, offset: Int
  ) throws {
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(texts.map { Command($0) }, bookkeeping: [])
    }
    #expect(error?.position == .init(command: command, offset: offset))
  }

  @Test(arguments: ["CREATE TABLE a", "SELECT 1 +", "SELECT (1"])
  func `a statement that breaks off is not blamed on a semicolon that is ours`(text: String) throws
  {
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(commands("SELECT 1", text), bookkeeping: commands("SELECT 2"))
    }
    #expect(error?.message == "syntax error at the end of the statement")
    #expect(error?.position?.command == 1)
  }

  @Test(arguments: ["SELECT 1 / (random() * 0)::int", "DO $$ BEGIN RAISE 'no'; END $$"])
  func `an error without a position is told by the failing command`(text: String) throws {
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(commands("SELECT 1; SELECT 2", "SELECT 3"), bookkeeping: [])
      try connection.execute(commands("SELECT 1", text, "SELECT 3"), bookkeeping: [])
    }
    #expect(error?.position == .init(command: 1))
    #expect(error?.code != nil)
  }

  @Test func `an error in the bookkeeping counts behind the script, not the resets`() throws {
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(commands("SELECT 1", "SELECT 2"), bookkeeping: commands("SELEC 3"))
    }
    #expect(error?.position?.command == 2)
  }

  @Test func `what a script sets does not reach the bookkeeping or the next script`() throws {
    try connection.begin(LockWait(limit: .zero))
    try connection.execute(
      commands(
        "CREATE SCHEMA elsewhere", "CREATE ROLE limited_\(database.roleSuffix)",
        "SET search_path TO elsewhere", "SET LOCAL statement_timeout = 1",
        "SET ROLE limited_\(database.roleSuffix)"),
      bookkeeping: commands("CREATE TABLE recorded (id INTEGER)"))
    let table = try connection.tables(named: ["recorded"])[0]
    #expect(table.exists && table.qualifiedName == "\"public\".\"recorded\"")
    #expect(try connection.rows("SELECT current_user::text") == [[.text("trove")]])
    connection.rollback()
  }

  @Test func `nothing to execute is nothing to send`() throws {
    try connection.execute([], bookkeeping: [])
    #expect(try connection.rows("SELECT 1") == [[.integer(1)]])
  }

  @Test func `a statement that changes another number of rows than it must fails`() throws {
    try connection.execute(commands("CREATE TABLE a (id INTEGER)"))
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute([Command("UPDATE a SET id = 1", requiredChanges: 1)])
    }
    #expect(error?.kind == .unexpectedChanges(required: 1, actual: 0))
  }

  @Test func `a transaction that a statement ends is noticed`() throws {
    try connection.begin(LockWait(limit: .zero))
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(commands("CREATE TABLE a (id INTEGER)", "COMMIT"), bookkeeping: [])
    }
    #expect(error?.kind == .transactionEnded)
  }

  @Test func `the lines of a copy to standard output are passed over`() throws {
    try connection.execute(
      commands("COPY (SELECT generate_series(1, 1000)) TO STDOUT", "CREATE TABLE a (id INTEGER)"),
      bookkeeping: [])
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(commands("COPY (SELECT 1) TO STDOUT", "SELEC 2"), bookkeeping: [])
      try connection.execute(
        commands("COPY (SELECT 1) TO STDOUT", "SELECT 1 / (random() * 0)::int"), bookkeeping: [])
    }
    #expect(error?.position?.command == 1)
    #expect(try database.tables() == ["a"])
  }

  @Test func `a copy from standard input fails instead of waiting for data`() throws {
    try connection.execute(commands("CREATE TABLE a (id INTEGER)"))
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(commands("COPY a FROM STDIN"), bookkeeping: [])
    }
    #expect(error?.message.contains("a script has no data for COPY") == true)
  }

  @Test func `notices go to the handler, line by line`() throws {
    let heard = Heard()
    connection.noticeHandler = { heard.lines.append($0) }
    try connection.execute(commands("DO $$ BEGIN RAISE NOTICE 'hello'; END $$"))
    #expect(heard.lines == ["NOTICE:  hello"])
  }

  @Test func `only one session holds the lock, and gives it up with its transaction`() throws {
    let other = try database.connect()
    try connection.begin(LockWait(limit: .zero))
    let error = #expect(throws: DatabaseError.self) { try other.begin(LockWait(limit: .zero)) }
    #expect(error?.kind == .lockTimeout)
    connection.rollback()
    try other.begin(LockWait(limit: .zero))
  }

  @Test func `a statement that takes too long is cancelled`() throws {
    connection.limits = StatementLimits(duration: .milliseconds(20))
    try connection.begin(LockWait(limit: .zero))
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(commands("SELECT 1", "SELECT pg_sleep(60)"), bookkeeping: [])
    }
    #expect(error?.code == "57014")
    #expect(error?.position?.command == 1)
  }

  private final class Heard {
    var lines: [String] = []
  }
}
