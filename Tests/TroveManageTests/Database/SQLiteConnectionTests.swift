import Testing

@testable import TroveManage

@Suite struct SQLiteConnectionTests {
  private let database: TestDatabase
  private let connection: any Connection

  init() throws {
    database = try TestDatabase(.sqlite)
    connection = try database.connect()
  }

  private func commands(_ texts: String...) -> [Command] { texts.map { Command($0) } }

  @Test(arguments: [
    (["SELECT 1", "SELEC 2"], 1, 0),
    (["SELECT 1", "SELECT 'é', x FROM sqlite_schema"], 1, 13),
    (["SELECT 1; SELECT nothing"], 0, 17),
  ])
  func `the engine's position is told as a command and a byte of it`(
    texts: [String], command: Int, offset: Int
  ) throws {
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(texts.map { Command($0) }, bookkeeping: [])
    }
    #expect(error?.position == .init(command: command, offset: offset))
  }

  @Test func `a constraint is told by its code and the failing command`() throws {
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(
        commands("CREATE TABLE a (id INTEGER UNIQUE)", "INSERT INTO a VALUES (1), (1)"),
        bookkeeping: [])
    }
    #expect(error?.code == "SQLITE_CONSTRAINT_UNIQUE")
    #expect(error?.position == .init(command: 1))
  }

  @Test(arguments: ["COMMIT", "ROLLBACK", "INSERT OR ROLLBACK INTO a VALUES (1)"])
  func `a transaction that a statement ends is noticed`(text: String) throws {
    try connection.execute(
      commands("CREATE TABLE a (id INTEGER UNIQUE)", "INSERT INTO a VALUES (1)"))
    try connection.begin(LockWait(limit: .zero))
    #expect(throws: DatabaseError.self) {
      try connection.execute(commands(text), bookkeeping: commands("INSERT INTO a VALUES (2)"))
    }
    connection.rollback()
    #expect(try database.rows("SELECT id FROM a") == [["1"]])
  }

  @Test func `a row that loses its parent stops the commit and is named`() throws {
    try connection.execute(
      commands(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        "CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))",
        "INSERT INTO parent VALUES (1)", "INSERT INTO child VALUES (1)"))
    try connection.begin(LockWait(limit: .zero))
    try connection.execute(commands("DELETE FROM parent"), bookkeeping: [])
    let error = #expect(throws: DatabaseError.self) { try connection.commit() }
    #expect(error?.message.contains("1 row(s) of child refer to rows of parent") == true)
    #expect(try database.rows("SELECT id FROM parent") == [["1"]])
  }

  @Test func `rows that had no parent before the run do not stop it`() throws {
    try connection.execute(
      commands(
        "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        "CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))",
        "INSERT INTO child VALUES (7)"))
    try connection.begin(LockWait(limit: .zero))
    try connection.execute(commands("CREATE TABLE a (id INTEGER)"), bookkeeping: [])
    try connection.commit()
    #expect(try database.tables() == ["a", "child", "parent"])
  }

  @Test func `a rebuilt table keeps its children`() throws {
    try connection.execute(
      commands(
        "PRAGMA foreign_keys = ON", "CREATE TABLE parent (id INTEGER PRIMARY KEY)",
        "CREATE TABLE child (parent_id INTEGER REFERENCES parent (id) ON DELETE CASCADE)",
        "INSERT INTO parent VALUES (1)", "INSERT INTO child VALUES (1)"))
    try connection.begin(LockWait(limit: .zero))
    try connection.execute(
      commands(
        "CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name TEXT)",
        "INSERT INTO new_parent (id) SELECT id FROM parent", "DROP TABLE parent",
        "ALTER TABLE new_parent RENAME TO parent"),
      bookkeeping: [])
    try connection.commit()
    #expect(try database.rows("SELECT parent_id FROM child") == [["1"]])
  }

  @Test func `only one session holds the lock, and gives it up with its transaction`() throws {
    let other = try database.connect()
    try connection.begin(LockWait(limit: .zero))
    let error = #expect(throws: DatabaseError.self) { try other.begin(LockWait(limit: .zero)) }
    #expect(error?.kind == .lockTimeout)
    connection.rollback()
    try other.begin(LockWait(limit: .zero))
  }

  @Test func `a statement that takes too long is interrupted`() throws {
    connection.limits = StatementLimits(duration: .milliseconds(20))
    try connection.begin(LockWait(limit: .zero))
    let endless = """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n
      """
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute(commands(endless), bookkeeping: [])
    }
    #expect(error?.code == "SQLITE_INTERRUPT")
    connection.rollback()
    try connection.execute(commands("CREATE TABLE a (id INTEGER)"))
  }

  @Test func `values come as what SQLite stores`() throws {
    let rows = try connection.rows("SELECT NULL, 1, 1.5, 'é', x'00ff', '', x''")
    #expect(
      rows == [
        [
          .null, .integer(1), .real(1.5), .text("é"), .blob([0, 255]), .text(""), .blob([]),
        ]
      ])
  }
}
