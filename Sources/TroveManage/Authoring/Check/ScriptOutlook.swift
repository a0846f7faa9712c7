/// What a script does to tables further down: how a statement is meant shows only behind it.
struct ScriptOutlook {
  /// The tables that get their names, by the last statement that gives it: what had the name before is rebuilt.
  private var rebuilt: [String: Int] = [:]
  /// The tables that get a primary key after they are made.
  private var keyed: Set<String> = []
  /// The tables that are dropped, with the place.
  private var dropped: [(table: String, location: TextLocation)] = []

  /// Looks through `script`.
  init(of script: CheckedScript) {
    var made: [(name: String, index: Int)] = []
    var renamed: Set<String> = []
    for (index, statement) in script.statements.enumerated() where statement.mayDefine {
      let subject = CheckedStatement(statement, dialect: script.dialect)
      if let creation = subject.creation { made.append((creation.name.text, index)) }
      for table in subject.dropped("table") {
        dropped.append((table.text, statement.location(ofByte: table.offset)))
      }
      guard let alteration = subject.alteration else { continue }
      for (action, _) in alteration.actions {
        switch action {
        case .renameTable(let name):
          rebuilt[name.text] = index
          renamed.insert(alteration.table.text)
        case .addConstraint(let constraint) where constraint.kind == .primaryKey:
          keyed.insert(alteration.table.text)
        default: break
        }
      }
    }
    // Where the old table was renamed, its rows can come back from there; where it was dropped, they are gone.
    for (name, index) in made where renamed.contains(name) { rebuilt[name] = index }
  }

  /// Whether the table gets its name behind the statement `index`.
  func isRebuilt(_ table: String, behind index: Int) -> Bool {
    rebuilt[table].map { $0 > index } ?? false
  }

  /// Whether the table gets a primary key after it is made.
  func isKeyed(_ table: String) -> Bool { keyed.contains(table) }

  /// The indexes and triggers that tables have lost by being made anew.
  func losses(from before: SchemaTrace, to after: SchemaTrace) -> [Diagnostic] {
    dropped.compactMap { table, location in
      guard after.tables.contains(table) else { return nil }
      let kept = after.indexes.filter { $0.value.table == table }
      let indexes = before.indexes.filter { name, index in
        index.table == table && kept[name] == nil && !kept.values.contains(index)
      }
      let triggers = before.triggers.filter { $1 == table && after.triggers[$0] != table }
      let lost =
        indexes.keys.sorted().map { "index \($0)" } + triggers.keys.sorted().map { "trigger \($0)" }
      guard !lost.isEmpty else { return nil }
      let words = "\(table) is made anew without its \(lost.joined(separator: ", "))"
      return Diagnostic(.rebuildLosesIndex, at: location, words)
    }
  }
}

extension Statement {
  /// Whether it may make, change or drop something; rows may be very many.
  fileprivate var mayDefine: Bool {
    guard let first = source.first else { return false }
    // CREATE, ALTER, DROP.
    return [UInt8(ascii: "c"), UInt8(ascii: "a"), UInt8(ascii: "d")].contains(first | 0x20)
  }
}
