import Testing
import TroveManage

@Suite struct TableShapeTests {
  @Test(arguments: Engine.allCases)
  func `columns come in the table's order, keys in their own`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    try database.execute(
      """
      CREATE TABLE z (
        name VARCHAR(20) NOT NULL, b INTEGER, a BIGINT NOT NULL, amount NUMERIC(10, 2),
        PRIMARY KEY (a, name)
      )
      """,
      "CREATE TABLE \"An other\" (\"x y\" INTEGER)", "CREATE VIEW v AS SELECT b FROM z")
    let shapes = try database.connect().tableShapes()
    #expect(shapes.map(\.name.name) == ["An other", "z"])
    #expect(shapes.map { $0.columns.map(\.name) } == [["x y"], ["name", "b", "a", "amount"]])
    #expect(shapes[1].primaryKey == ["a", "name"])
    #expect(shapes[1].columns.map(\.nulls) == [.refused, .allowed, .refused, .allowed])
    let amount = engine == .sqlite ? "numeric(10, 2)" : "numeric(10,2)"
    #expect(shapes[1].columns.map(\.type) == ["varchar(20)", "integer", "bigint", amount])
  }

  @Test(arguments: Engine.allCases)
  func `a foreign key tells what it refers to`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    try database.execute(
      "CREATE TABLE parent (x INTEGER, y INTEGER, PRIMARY KEY (x, y))",
      """
      CREATE TABLE child (b INTEGER, a INTEGER, FOREIGN KEY (a, b) REFERENCES parent (y, x),
        UNIQUE (a, b))
      """.replacing("parent (y, x)", with: engine == .sqlite ? "parent (y, x)" : "parent (x, y)"))
    let keys = try database.connect().foreignKeys()
    #expect(keys.map(\.columns) == [["a", "b"]])
    #expect(keys.map(\.parentColumns) == [engine == .sqlite ? ["y", "x"] : ["x", "y"]])
  }

  @Test func `PostgreSQL's types are short, and partitions are told from tables`() throws {
    let database = try TestDatabase(.postgresql)
    try database.execute(
      """
      CREATE TABLE t (
        a TIMESTAMP(3), b TIMESTAMPTZ, c CHAR(4), d VARCHAR, e DOUBLE PRECISION, f TIME,
        g TIMESTAMP[], h TIMETZ(2)
      ) PARTITION BY RANGE (a)
      """,
      "CREATE TABLE t1 PARTITION OF t DEFAULT", "CREATE TABLE empty ()",
      "CREATE TEMPORARY TABLE passing (id INTEGER)")
    let shapes = try database.connect().tableShapes()
    #expect(shapes.map(\.name.name) == ["empty", "t", "t1"])
    #expect(shapes.map(\.role) == [.whole, .whole, .partition])
    #expect(
      shapes[1].columns.map(\.type) == [
        "timestamp(3)", "timestamptz", "char(4)", "varchar", "double precision", "time",
        "timestamp[]", "timetz(2)",
      ])
  }

  @Test func `SQLite's virtual tables are whole, and a missing module harms no other`() throws {
    let database = try TestDatabase(.sqlite)
    try database.execute(
      "CREATE VIRTUAL TABLE words USING fts5 (text, more)", "CREATE TABLE t (id INTEGER)",
      "CREATE TABLE g (a, b AS (a + 1) STORED, c AS (a + 2))", "PRAGMA writable_schema = ON")
    let connection = try database.connect()
    _ = try connection.rows("PRAGMA writable_schema = ON")
    try connection.execute([
      Command(
        """
        INSERT INTO sqlite_schema VALUES
          ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd USING nowhere (x)')
        """)
    ])
    let shapes = try database.connect().tableShapes()
    #expect(shapes.map(\.name.name) == ["g", "odd", "t", "words"])
    #expect(
      shapes.map { $0.columns.map(\.name) } == [["a", "b", "c"], [], ["id"], ["text", "more"]])
  }
}
