import Foundation
import Testing

@testable import TroveManage

/// Values at the edges of what columns hold: what comes back is what went, or an error.
@Suite struct ValueEdgeTests {
  private struct Edge {
    private let bench: ServiceBench
    let table: MappedTable

    init(_ engine: Engine) throws {
      bench = try ServiceBench(engine)
      let bytes = engine == .sqlite ? "BLOB" : "BYTEA"
      try bench.database.execute(
        """
        CREATE TABLE edge (n BIGINT, d DOUBLE PRECISION, b \(bytes), t VARCHAR(5), p NUMERIC,
          day DATE, ts TIMESTAMP, tz TIMESTAMP WITH TIME ZONE)
        """)
      if engine == .postgresql {
        let settings = [
          "TimeZone = 'Asia/Tokyo'", "DateStyle = 'German'", "bytea_output = 'escape'",
          "extra_float_digits = 0",
        ]
        for setting in settings {
          _ = try bench.database.rows(
            """
            DO $$ BEGIN
              EXECUTE format('ALTER DATABASE %I SET \(setting.replacing("'", with: "''"))', current_database());
            END $$
            """)
        }
      }
      table = try configureDB(bench.conf(), versions: .ignore).table("edge", autoload: true)
    }

    /// Adds a row with the value, and asks for it.
    func back<Kind: ColumnValue>(_ value: Kind, in column: String) throws -> Kind {
      try table.delete(where: .everything)
      let row = try table.insert([column: value])
      let found = try #require(try table.select(where: .equal(column, value)).first)
      #expect(found[column] == row[column])
      return try found.value(column)
    }
  }

  @Test(arguments: Engine.allCases)
  func `values at the limits come back as they went`(engine: Engine) throws {
    let edge = try Edge(engine)

    for number in [Int64.min, .max, 0, 9_007_199_254_740_993] {
      #expect(try edge.back(number, in: "n") == number)
    }
    let doubles = [
      0.1 + 0.2, 1 / 3, .greatestFiniteMagnitude, .leastNonzeroMagnitude, -.infinity, 1e22,
    ]
    for number in doubles { #expect(try edge.back(number, in: "d") == number) }
    for bytes in [[], [0], [0x5C, 0xFF, 0x27]] as [[UInt8]] {
      #expect(try edge.back(bytes, in: "b") == bytes)
    }
    for text in ["", "\r\n\u{1}", "é😀"] { #expect(try edge.back(text, in: "t") == text) }
    let exact = try #require(Decimal(string: "12345678901.25"))
    #expect(try edge.back(exact, in: "p") == exact)
  }

  @Test(arguments: Engine.allCases)
  func `times come back as they went, whatever zone and style the session has`(
    engine: Engine
  ) throws {
    let edge = try Edge(engine)

    for seconds in [1_795_000_000.123456, -0.5, -1.25, -5_000_000_000, -62_135_596_800, 0] {
      let date = Date(timeIntervalSince1970: seconds)
      for column in ["ts", "tz"] {
        let back = try edge.back(date, in: column)
        #expect(abs(back.timeIntervalSince(date)) < 0.000_000_5, "\(column) \(seconds)")
        #expect(try edge.back(back, in: column) == back)
      }
    }
    for column in ["ts", "tz"] {
      let row = try edge.table.insert([column: "2026-11-23 10:20:30.5+02"])
      #expect(try row.value(column) == Date(timeIntervalSince1970: 1_795_422_030.5))
    }
    #expect(try edge.table.insert(["day": "2026-11-23T23:00:00-05"])["day"] == .text("2026-11-23"))
  }

  @Test(arguments: [
    "2026-11-23 10:20:30garbage", "2026-11-23 10:20:30 BC", "2026-02-30", "2026-11-23 25:00:00",
    " 2026-11-23", "2026-11-23 ", "2026-11-23 10:20:30.", "2026-11-23 10:20:30+-5",
    "2026-11-23 10:20:30+9223372036854775807", "2026-11-2３", "0000-01-01", "2026-11-23T",
    "2026-11-23 10:20:60", "2026-11-23 1:2:3", "infinity", "2026-11-23 10:20:30+02:",
  ])
  func `what only begins like a time is none`(text: String) throws {
    #expect(Date(Value.text(text)) == nil)
  }

  @Test(arguments: [1e300, -1e300, .nan, .infinity, 253_402_300_800, -62_135_596_801])
  func `a time that no text tells is refused, and ends no service`(seconds: Double) {
    let text = Date(timeIntervalSince1970: seconds).columnValue
    #expect(Date(text) == nil)
  }

  @Test(arguments: [
    "12-5", "1.2.3", "1e", "--1", "e5", ".", "1e5e5", "", "1 ", "0x10",
    "12345678901234567890123456789012345678901234567890",
    "0.123456789012345678901234567890123456789",
  ])
  func `what is no number, or would be cut, is no exact number`(text: String) {
    #expect(Decimal(Value.text(text)) == nil)
  }

  @Test(arguments: [
    ("1e-07", "0.0000001"), ("+5", "5"), ("-0.50", "-0.5"), ("5.", "5"), (".5", "0.5"),
    ("99999999999999999999999999999999999999", "99999999999999999999999999999999999999"),
  ])
  func `exact numbers are read as engines print them`(text: String, number: String) throws {
    #expect("\(try #require(Decimal(Value.text(text))))" == number)
  }

  @Test(arguments: Engine.allCases)
  func `a text is looked for that is longer than any that the column holds`(
    engine: Engine
  ) throws {
    let edge = try Edge(engine)
    try edge.table.insert(["t": "a"])

    #expect(try edge.table.count(where: .equal("t", "abcdef")) == 0)
    #expect(try edge.table.count(where: .unequal("t", "abcdef")) == 1)
    #expect(throws: ServiceError.self) { try edge.table.insert(["t": "abcdef"]) }
    // It would end the text, and find "a".
    #expect(throws: ServiceError.self) { try edge.table.count(where: .equal("t", "a\0b")) }
  }

  @Test(arguments: Engine.allCases)
  func `rows without a value meet neither a comparison nor its opposite`(engine: Engine) throws {
    let edge = try Edge(engine)
    let table = edge.table
    defer { withExtendedLifetime(edge) {} }
    try table.insert(["n": 1])
    try table.insert([:])

    #expect(try table.delete(where: .not(.equal("n", 1))) == 0)
    #expect(try table.delete(where: .not(.among("n", [1]))) == 0)
    #expect(try table.delete(where: .among("n", [])) == 0)
    #expect(try table.delete(where: .any([])) == 0)
    #expect(try table.update(["t": "x"], where: .all([.equal("n", 1), .any([])])) == 0)
    #expect(try table.count() == 2)
  }
}
