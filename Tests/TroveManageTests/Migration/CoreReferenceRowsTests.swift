import Testing
import TroveManage

@Suite struct CoreReferenceRowsTests {
  @Test(arguments: Engine.allCases)
  func `an upgrade leaves the rows that the reference leaves, or those that are meant`(
    engine: Engine
  ) throws {
    // One database for all: on PostgreSQL a new one takes longer than all the rest.
    let database = try TestDatabase(engine)
    for rows in MeasuredRows.all.sorted(by: { $0.version < $1.version }) {
      try database.moveCore(to: rows.version - 1)
      try database.execute(rows.before)
      switch try #require(rows.expected(on: engine)) {
      case .rows(let expected):
        try database.upgradeCore(to: rows.version)
        #expect(try database.rows(rows.query) == expected, "\(rows)")
      case .failure:
        let error = try database.refusal(to: .upgrade(to: rows.version))
        #expect(error.databaseError?.kind == .statement, "\(rows)")
      }
      try database.clear()
    }
  }

  /// One engine on which one entry of `differences.txt` holds.
  struct Claim: Hashable {
    let line: Int
    let engine: Engine
  }

  @Test func `rows differ from the reference's where a listed reason says so, and nowhere else`()
    throws
  {
    let differences = try ReferenceDifferences()
    var proven: Set<Claim> = []
    for rows in MeasuredRows.all {
      for (engine, reason) in rows.deviation?.reasons ?? [:] {
        let entries = differences.entries(.rows, engine, .upgrade, rows.version).filter {
          $0.object == rows.deviation?.object && $0.reason.hasPrefix(reason)
        }
        #expect(entries.count == 1, "\(rows) on \(engine) is not listed")
        #expect(rows.expected(on: engine) != rows.reference[engine], "\(rows)")
        proven.formUnion(entries.map { Claim(line: $0.line, engine: engine) })
      }
    }
    for entry in differences.entries where entry.kind == .rows {
      for engine in entry.engines {
        let isProven = proven.contains(Claim(line: entry.line, engine: engine))
        #expect(isProven, "\(entry): nothing shows it on \(engine)")
      }
    }
  }
}
