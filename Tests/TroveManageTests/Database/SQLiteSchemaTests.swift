import Testing
import TroveManage

/// Statements that use what SQLite's schemas can hold.
enum SQLiteSchemas {
  static let everything = [
    "CREATE TABLE p (a INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT COLLATE NOCASE UNIQUE)",
    "CREATE VIRTUAL TABLE docs USING fts5(title, body, tokenize = 'porter ascii')",
    "CREATE INDEX p_b ON p (b DESC) WHERE a > 1",
    "CREATE VIEW v AS SELECT a FROM p",
    "CREATE TRIGGER g AFTER INSERT ON p BEGIN DELETE FROM p WHERE a = 1; END",
    "CREATE TRIGGER h INSTEAD OF INSERT ON v BEGIN SELECT 1; END",
  ]
}

@Suite struct SQLiteSchemaTests {
  /// Two ways to write the same table.
  private static let sameTables = [
    ("a int", "\"a\"   INT"), ("a int /* one */, -- two\n b int", "b INT, [a] INT"),
    ("a varchar (10)", "`a` VARCHAR(10)"), ("a DECIMAL(10,2)", "a decimal( 10 , 2 )"),
    ("a INT PRIMARY KEY", "a INT, PRIMARY KEY (A)"),
    ("a INT PRIMARY KEY", "a INT, PRIMARY KEY ('a' ASC)"),
    ("a INT UNIQUE", "a INT, UNIQUE(\"a\")"),
    ("a INT CHECK (a in (0,1))", "a INT, CHECK(\"A\" IN (0, 1))"),
    ("a TEXT CHECK (Length(a) > 1)", "a TEXT, CHECK (length([a])>1)"),
    ("a INT REFERENCES q(a)", "a INT, FOREIGN KEY(a) REFERENCES \"q\" ('a') ON DELETE NO ACTION"),
    (
      "a INT REFERENCES q ON DELETE CASCADE ON UPDATE SET NULL",
      "a INT, FOREIGN KEY (a) REFERENCES q ON UPDATE SET NULL ON DELETE CASCADE"
    ),
    ("a INT REFERENCES q DEFERRABLE", "a INT REFERENCES q NOT DEFERRABLE INITIALLY DEFERRED"),
    ("a INT CONSTRAINT u UNIQUE", "a INT, CONSTRAINT \"u\" UNIQUE (a)"),
    ("a INT NULL DEFAULT 1 NOT NULL", "a INT NOT NULL ON CONFLICT ABORT DEFAULT (1)"),
    ("a INT DEFAULT -1", "a INT DEFAULT (-1)"), ("a DEFAULT x'00'", "a DEFAULT X'00'"),
    ("a, b, UNIQUE (a) UNIQUE (b)", "b, a, UNIQUE (b), UNIQUE (a)"),
    ("a INT, b AS (a+1)", "a INT, b GENERATED ALWAYS AS (\"a\" + 1) VIRTUAL"),
    ("a TEXT collate nocase", "a TEXT COLLATE \"NOCASE\""),
    ("\"key\" INT CHECK (key > 1)", "key INT CHECK (\"key\" > 1)"),
    ("a TEXT DEFAULT current_timestamp", "a TEXT DEFAULT CURRENT_TIMESTAMP"),
    ("a INT CONSTRAINT lost", "a INT"),
  ]

  @Test(arguments: sameTables)
  func `how a table is written does not matter`(one: String, two: String) throws {
    #expect(try table(one) == table(two))
  }

  /// Tables of which no two are the same.
  private static let tables = [
    "a INT, b INT", "a INT, b TEXT", "a INT NOT NULL, b INT",
    "a INT NOT NULL ON CONFLICT IGNORE, b INT",
    "a INT DEFAULT 1, b INT", "a INT DEFAULT '1', b INT", "a INT DEFAULT (1 + 1), b INT",
    "a INT DEFAULT current_timestamp, b INT", "a INT DEFAULT \"current_timestamp\", b INT",
    "a INT PRIMARY KEY, b INT", "a INT, b INT, PRIMARY KEY (a, b)",
    "a INT, b INT, PRIMARY KEY (b, a)",
    "a INT, b INT, PRIMARY KEY (a DESC)", "a INT, b INT, PRIMARY KEY (a COLLATE NOCASE)",
    "a INTEGER PRIMARY KEY, b INT", "a INTEGER PRIMARY KEY AUTOINCREMENT, b INT",
    "a INT, b INT, CONSTRAINT k PRIMARY KEY (a)", "a INT PRIMARY KEY ON CONFLICT REPLACE, b INT",
    "a INT UNIQUE, b INT", "a INT UNIQUE ON CONFLICT IGNORE, b INT", "a INT, b INT UNIQUE",
    "a INT CHECK (a = 1), b INT", "a INT CHECK (a = '1'), b INT", "a INT CHECK (a = b), b INT",
    "a INT CHECK (a = \"c\"), b INT", "a INT, b INT, CONSTRAINT k CHECK (a = 1)",
    "a INT REFERENCES q, b INT", "a INT REFERENCES q (a), b INT", "a INT REFERENCES r, b INT",
    "a INT REFERENCES q ON DELETE CASCADE, b INT", "a INT REFERENCES q ON UPDATE CASCADE, b INT",
    "a INT REFERENCES q ON DELETE RESTRICT, b INT", "a INT REFERENCES q MATCH FULL, b INT",
    "a INT REFERENCES q DEFERRABLE INITIALLY DEFERRED, b INT",
    "a INT AS (b), b INT", "a INT AS (b) STORED, b INT", "a INT AS (b + 1), b INT",
    "a INT COLLATE NOCASE, b INT", "a INT COLLATE RTRIM, b INT", "\"A\" INT, b INT", "a, b",
  ]

  @Test func `no two tables that differ look alike`() throws {
    var seen: [[SchemaObject.Part]: String] = [:]
    for text in Self.tables {
      let parts = try table(text)
      #expect(seen[parts] == nil, "\(text)")
      #expect(!parts.contains { $0.kind == "definition" }, "\(text)")
      seen[parts] = text
    }
    #expect(try table("a INTEGER PRIMARY KEY", "WITHOUT ROWID") != table("a INTEGER PRIMARY KEY"))
    #expect(try table("a INTEGER", "STRICT") != table("a INTEGER"))
  }

  /// Two ways to write the same index, view or trigger.
  private static let sameObjects = [
    ("CREATE INDEX i ON t (a)", "create index \"i\" on [t] (\"A\" asc) -- x"),
    (
      "CREATE INDEX i ON t (a desc, b collate nocase)",
      "CREATE INDEX i ON t ('a' DESC, b COLLATE NOCASE)"
    ),
    ("CREATE INDEX i ON t (a + b) WHERE a > 1", "CREATE INDEX i ON \"t\" (A+B) where \"a\">1"),
    (
      "CREATE VIEW v AS SELECT a FROM t",
      "create view if not exists main.v as /**/ select a from \"t\""
    ),
    (
      "CREATE TRIGGER g AFTER INSERT ON t BEGIN DELETE FROM t WHERE a = 1; END",
      "CREATE TRIGGER 'g'\nAFTER INSERT ON \"t\" BEGIN\n  DELETE FROM t WHERE a=1;\nEND"
    ),
  ]

  @Test(arguments: sameObjects)
  func `how an index, a view or a trigger is written does not matter`(
    one: String, two: String
  ) throws {
    let base = "CREATE TABLE t (a, b)"
    #expect(try schema(.sqlite, [base, one]) == schema(.sqlite, [base, two]))
    #expect(try schema(.sqlite, [base, one]) != schema(.sqlite, [base]))
  }

  @Test func `a table that was rebuilt and renamed equals the one that was made so`() throws {
    let made = [
      "CREATE TABLE q (a INTEGER PRIMARY KEY)",
      "CREATE TABLE t (a INTEGER REFERENCES q (a), b TEXT NOT NULL DEFAULT 'x', CHECK (a IN (0, 1)))",
      "CREATE INDEX i ON t (b)", "CREATE VIEW v AS SELECT a FROM t",
      "CREATE TRIGGER g AFTER DELETE ON t BEGIN DELETE FROM q; END",
    ]
    let rebuilt = [
      "CREATE TABLE q0 (a INTEGER PRIMARY KEY)", "CREATE TABLE t (a INTEGER)",
      """
      CREATE TABLE t_new (
        b text NOT NULL DEFAULT 'x',
        "a" INTEGER CHECK (a in (0,1)) REFERENCES q0(a)
      )
      """, "DROP TABLE t", "ALTER TABLE t_new RENAME TO t", "ALTER TABLE q0 RENAME TO q",
      "CREATE INDEX i ON t(b)", "CREATE VIEW v AS SELECT a FROM t",
      "CREATE TRIGGER g AFTER DELETE ON t BEGIN DELETE FROM q; END",
    ]
    #expect(try schema(.sqlite, made) == schema(.sqlite, rebuilt))
  }

  @Test func `the tables behind a virtual table belong to it`() throws {
    let objects = try schema(.sqlite, SQLiteSchemas.everything)
    #expect(objects.map(\.name.description) == ["docs", "p", "v", "g of p", "h of v"])
    #expect(
      objects.first?.parts == [
        .init(
          kind: "option", name: "virtual table",
          text: "fts5(title, body, tokenize = 'porter ascii')")
      ])
    #expect(
      objects[1].definition == """
        column\ta\tINTEGER
        column\tb\tTEXT COLLATE NOCASE
        primary key\t\t(a)
        unique\t\t(b)
        index\tp_b\t(b DESC) WHERE a > 1
        option\tAUTOINCREMENT\t
        """)
  }

  private func table(_ body: String, _ options: String = "") throws -> [SchemaObject.Part] {
    let connection = try SQLiteConnection(.memory)
    try connection.execute([Command("CREATE TABLE t (\(body)) \(options)")])
    let name = ObjectName(.table, schema: "main", name: "t")
    return try #require(try connection.schema(of: [name]).first).parts
  }
}
