/// What is wrong with the scripts of a repository, read in the order in which they run.
struct ScriptsCheck {
  /// What was found.
  private(set) var found: [Diagnostic] = []
  /// What is not to be found, as the scripts say.
  private(set) var ignores: [CheckIgnore] = []

  private let files: FileCheck
  private let named: NamedScripts
  private let config: ConfigCheck
  /// Those whose comments were read: one for both engines has them once.
  private var seen: Set<String> = []

  /// Checks the scripts of `files`, and behind them those of `named`, which have no version.
  init(of files: FileCheck, and named: NamedScripts, saying config: ConfigCheck) {
    self.files = files
    self.named = named
    self.config = config
    for dialect in files.dialects { walk(dialect) }
  }

  private mutating func walk(_ dialect: Dialect) {
    var trace = SchemaTrace()
    // What code makes is not seen.
    if config.allowsOthers || files.scripts.contains(where: { $0.kind == .python }) {
      trace.knowsAll = false
    }
    for version in files.numbers {
      let before = trace.tables
      trace.beginVersion()
      let upgrade = read(version, .upgrade, for: dialect)
      if let upgrade { check(upgrade, from: &trace) }
      guard let downgrade = read(version, .downgrade, for: dialect) else { continue }
      if upgrade != nil { checkDrops(of: trace.tables.subtracting(before), in: downgrade) }
      var after = trace
      after.beginVersion()
      check(downgrade, from: &after)
    }
    walkNamed(dialect, from: trace)
  }

  /// Checks the scripts without a version, which find the tables of all versions in use.
  private mutating func walkNamed(_ dialect: Dialect, from trace: SchemaTrace) {
    let version = files.numbers.last ?? 0
    for (_, operation, path, dialects) in named.all where dialects.contains(dialect) {
      var own = trace
      own.beginVersion()
      guard let script = read(path.text, version, operation, for: dialect) else { continue }
      check(script, from: &own)
      if operation == .repeatable { found += script.obstaclesToRepetition }
    }
  }

  /// Whether `downgrade` says something of each of `tables`.
  private mutating func checkDrops(of tables: Set<String>, in downgrade: CheckedScript) {
    var left = tables
    for statement in downgrade.statements where !left.isEmpty {
      let tokens = StatementToken.list(statement.text.span, dialect: downgrade.dialect)
      let begins = tokens.prefix(2).map(\.text)
      if begins == ["drop", "schema"] || begins == ["drop", "owned"] { return }
      left.subtract(tokens.filter(\.isName).map(\.text))
    }
    guard let table = left.min() else { return }
    let location = TextLocation.beginning(of: downgrade.path)
    let words = "\(table), which the upgrade makes, stays"
    found.append(Diagnostic(.downgradeLeavesTable, at: location, words))
  }

  /// Checks the statements of `script` one after the other.
  private mutating func check(_ script: CheckedScript, from trace: inout SchemaTrace) {
    let before = trace
    let outlook = ScriptOutlook(of: script)
    for (index, statement) in script.statements.enumerated() {
      let subject = CheckedStatement(statement, dialect: script.dialect)
      let check = StatementCheck(
        of: subject, at: index, in: script, knowing: trace, expecting: outlook, saying: config)
      found += check.found
      trace.apply(subject)
    }
    if script.operation != .downgrade { found += outlook.losses(from: before, to: trace) }
  }

  /// Reads the script; `nil` when there is none, or it cannot be read.
  private mutating func read(
    _ version: Int, _ operation: Operation, for dialect: Dialect
  ) -> CheckedScript? {
    guard let name = files.script(version, operation, for: dialect) else { return nil }
    return read(files.path(of: name), version, operation, for: dialect)
  }

  /// Reads the script at `path`; `nil` when it cannot be read.
  private mutating func read(
    _ path: String, _ version: Int, _ operation: Operation, for dialect: Dialect
  ) -> CheckedScript? {
    let text: [UInt8]
    do throws(FileError) {
      text = try FileSystem.read(path)
    } catch {
      let location = TextLocation.beginning(of: path)
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
