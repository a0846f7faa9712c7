/// What is wrong with the scripts of a repository, read in the order in which they run.
struct ScriptsCheck {
  /// What was found.
  private(set) var found: [Diagnostic] = []
  /// What is not to be found, as the scripts say.
  private(set) var ignores: [CheckIgnore] = []

  private let files: FileCheck
  private let versionTable: String?
  /// Those whose comments were read: one for both engines has them once.
  private var seen: Set<String> = []

  /// Checks the scripts of `files`.
  init(of files: FileCheck, versionTable: String?) {
    self.files = files
    self.versionTable = versionTable
    for dialect in files.dialects { walk(dialect) }
  }

  private mutating func walk(_ dialect: Dialect) {
    var trace = SchemaTrace()
    for version in files.numbers {
      let before = trace
      trace.beginVersion()
      let upgrade = read(version, .upgrade, for: dialect)
      if let upgrade { check(upgrade, from: &trace) }
      var after = trace
      after.beginVersion()
      guard let downgrade = read(version, .downgrade, for: dialect) else { continue }
      let statements = check(downgrade, from: &after)
      guard upgrade != nil else { continue }
      let made = trace.tables.subtracting(before.tables)
      let names = Set(statements.flatMap(\.tokens).filter(\.isName).map(\.text))
      if let table = made.subtracting(names).sorted().first, !downgrade.dropsWholes(statements) {
        let location = TextLocation(path: downgrade.path, line: 1, column: 1)
        let words = "\(table), which the upgrade makes, stays"
        found.append(Diagnostic(.downgradeLeavesTable, at: location, words))
      }
    }
  }

  /// Checks the statements of `script` one after the other.
  @discardableResult
  private mutating func check(
    _ script: CheckedScript, from trace: inout SchemaTrace
  ) -> [CheckedStatement] {
    let statements = script.statements.map { CheckedStatement($0, dialect: script.dialect) }
    var later: [String: Int] = [:]
    for (index, statement) in statements.enumerated() {
      for name in statement.namesMade where isMadeAnew(name, statement, statements) {
        later[name.text] = index
      }
      for case .addConstraint(let constraint) in statement.alteration?.actions.map(\.action) ?? []
      where constraint.kind == .primaryKey {
        later["\(statement.alteration?.table.text ?? "") primary key"] = index
      }
    }
    let before = trace
    for (index, statement) in statements.enumerated() {
      let check = StatementCheck(
        of: statement, in: script, knowing: trace,
        madeLater: Set(later.filter { $0.value > index }.keys), versionTable: versionTable)
      found += check.found
      trace.apply(statement)
    }
    if script.operation == .upgrade { found += losses(statements, before, trace) }
    return statements
  }

  /// Whether the rows of what was called so before may be in the table: it is copied, and then called so.
  private func isMadeAnew(
    _ name: StatementToken, _ statement: CheckedStatement, _ all: [CheckedStatement]
  ) -> Bool {
    guard statement.creation != nil else { return true }
    // Where the old table was renamed, its rows can come back from there.
    return all.contains { other in
      guard other.alteration?.table.text == name.text else { return false }
      return !other.namesMade.isEmpty
    }
  }

  /// The indexes and triggers that a rebuilt table no longer has.
  private func losses(
    _ statements: [CheckedStatement], _ before: SchemaTrace, _ after: SchemaTrace
  ) -> [Diagnostic] {
    statements.flatMap { statement in
      statement.dropped("table").flatMap { table -> [Diagnostic] in
        guard after.tables.contains(table.text) else { return [] }
        let kept = after.indexes.filter { $0.value.table == table.text }
        let indexes = before.indexes.filter { name, index in
          index.table == table.text && kept[name] == nil && !kept.values.contains(index)
        }
        let triggers = before.triggers.filter { name, place in
          place == table.text && after.triggers[name] != table.text
        }
        let lost =
          indexes.keys.sorted().map { "index \($0)" }
          + triggers.keys.sorted().map { "trigger \($0)" }
        guard !lost.isEmpty else { return [] }
        let words = "\(table.text) is made anew without its \(lost.joined(separator: ", "))"
        let location = statement.statement.location(ofByte: table.offset)
        return [Diagnostic(.rebuildLosesIndex, at: location, words)]
      }
    }
  }

  /// Reads the script; `nil` when there is none, or it cannot be read.
  private mutating func read(
    _ version: Int, _ operation: Operation, for dialect: Dialect
  ) -> CheckedScript? {
    guard let name = files.script(version, operation, for: dialect) else { return nil }
    let path = files.path(of: name)
    let text: [UInt8]
    do throws(FileError) {
      text = try FileSystem.read(path)
    } catch {
      let location = TextLocation(path: path, line: 1, column: 1)
      found.append(Diagnostic(.unreadableFile, at: location, quoting: error))
      return nil
    }
    let script = CheckedScript(
      path: path, version: version, operation: operation, text: text, dialect: dialect)
    found += script.found
    if seen.insert(path).inserted {
      ignores += CheckIgnore.list(in: text, of: script, noting: &found)
    }
    return script
  }
}

extension CheckedScript {
  /// Whether it drops what may hold tables.
  fileprivate func dropsWholes(_ statements: [CheckedStatement]) -> Bool {
    statements.contains { $0.begins(with: "drop", "schema") || $0.begins(with: "drop", "owned") }
  }
}
