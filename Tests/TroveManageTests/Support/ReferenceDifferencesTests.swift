import Testing
import TroveManage

@Suite struct ReferenceDifferencesTests {
  @Test func `every entry is about a version that there is`() throws {
    let differences = try ReferenceDifferences()
    #expect(!differences.entries.isEmpty)
    for entry in differences.entries {
      let versions = entry.operation == .upgrade ? 1...Core.latest : 0...Core.latest - 1
      #expect(versions.contains(entry.versions), "\(entry)")
    }
    #expect(Set(differences.entries.map(\.fields)).count == differences.entries.count)
  }

  @Test func `an entry holds for its engines, its operation and its versions`() throws {
    let text = """
      # comment

      sqlite  upgrade    7    a    column-order  # one
      *       downgrade  3-5  *    rows          # two # three
      """
    let differences = try ReferenceDifferences(text)
    let lines = { kind, engine, operation, version in
      differences.entries(kind, engine, operation, version).map(\.line)
    }
    #expect(lines(.columnOrder, .sqlite, .upgrade, 7) == [3])
    #expect(lines(.columnOrder, .postgresql, .upgrade, 7) == [])
    #expect(lines(.columnOrder, .sqlite, .downgrade, 7) == [])
    #expect(lines(.rows, .sqlite, .upgrade, 7) == [])
    #expect(lines(.rows, .postgresql, .downgrade, 3) == [4])
    #expect(lines(.rows, .sqlite, .downgrade, 5) == [4])
    #expect(lines(.rows, .sqlite, .downgrade, 6) == [])
    #expect(differences.entries.last?.reason == "two # three")
  }

  @Test(arguments: [
    "sqlite upgrade 7 a rows", "sqlite upgrade 7 a rows #", "mysql upgrade 7 a rows # why",
    "sqlite sidegrade 7 a rows # why",
    "sqlite upgrade seven a rows # why", "sqlite upgrade 7-5 a rows # why",
    "sqlite upgrade 7-8-9 a rows # why", "sqlite upgrade 7- a rows # why",
    "sqlite upgrade 7 a b rows # why", "sqlite upgrade 7 rows # why",
    "sqlite upgrade 7 a columns # why",
  ])
  func `a line that is no entry is an error with its number`(line: String) {
    #expect(throws: ReferenceDifferences.BadLine(number: 2, text: line)) {
      try ReferenceDifferences("# comment\n  \(line)\n")
    }
  }
}

extension ReferenceDifferences.Entry {
  /// All but the line and the reason.
  fileprivate var fields: String {
    "\(engines) \(operation) \(versions) \(object) \(kind) \(reason)"
  }
}
