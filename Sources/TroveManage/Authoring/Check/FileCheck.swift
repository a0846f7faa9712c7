/// What is wrong with the files of `versions/`, by their names.
struct FileCheck {
  /// What was found.
  private(set) var found: [Diagnostic] = []
  /// The scripts, each version, dialect and operation once, in the order of their versions.
  private(set) var scripts: [ScriptName] = []
  /// The engines that the repository serves: those that any script of it is for.
  private(set) var dialects: [Dialect] = []

  private let folder: Path
  private var versions: [Int: [ScriptName]] = [:]

  /// Lists `folder`.
  init(folder: Path, countsByTime: Bool) {
    self.folder = folder
    let names: [String]
    do throws(FileError) {
      names = try FileSystem.names(in: folder.text)
    } catch {
      found.append(Diagnostic(.unreadableFile, at: .beginning(of: folder.text), quoting: error))
      return
    }
    for name in names { take(name) }
    // What is wrong with a version is said of its upgrade.
    scripts.sort {
      ($0.version, $0.isDowngrade ? 1 : 0, $0.fileName)
        < ($1.version, $1.isDowngrade ? 1 : 0, $1.fileName)
    }
    dropDuplicates()
    versions = Dictionary(grouping: scripts, by: \.version)
    let sql = scripts.filter { if case .sql = $0.kind { !$0.isForOtherEngine } else { true } }
    dialects = Dialect.allCases.filter { dialect in
      sql.contains { $0.serves(dialect, .upgrade) || $0.serves(dialect, .downgrade) }
    }
    if !countsByTime { checkNumbers() }
    for version in numbers { check(version) }
  }

  /// The versions in ascending order.
  var numbers: [Int] { versions.keys.sorted() }

  /// The path of a script.
  func path(of script: ScriptName) -> String { folder.appending(script.fileName).text }

  /// The script of SQL that takes `dialect` there, its own before the one for every dialect.
  func script(_ version: Int, _ operation: Operation, for dialect: Dialect) -> ScriptName? {
    let own = ScriptName.Kind.sql(.dialect(dialect), operation)
    let common = ScriptName.Kind.sql(.anyDialect, operation)
    let candidates = versions[version, default: []]
    return candidates.first { $0.kind == own } ?? candidates.first { $0.kind == common }
  }

  private mutating func take(_ name: String) {
    let path = folder.appending(name).text
    do throws(ScriptNameError) {
      scripts.append(try ScriptName(name))
    } catch {
      switch error {
      case .notScript:
        guard !Self.isExpected(name, at: path) else { return }
        let words = "'\(name.cut(80))' is no script, and nobody reads it"
        found.append(Diagnostic(.strayFile, at: .beginning(of: path), words))
      default: found.append(Diagnostic(error.rule, at: .beginning(of: path), quoting: error))
      }
    }
  }

  /// What stands beside scripts and is no mistake.
  private static func isExpected(_ name: String, at path: String) -> Bool {
    let isNote = [".md", ".rst", ".txt"].contains { name.lowercased().hasSuffix($0) }
    let isPython = name == "__init__.py" || name == "__pycache__" || name.hasSuffix(".pyc")
    return name.hasPrefix(".") || isPython || isNote && name.first?.isNumber != true
      || name.uppercased() == "README"
  }

  private mutating func dropDuplicates() {
    var kept: [ScriptName] = []
    for script in scripts {
      let other = kept.suffix(8).last {
        $0.version == script.version && $0.kind == script.kind && !script.isForOtherEngine
      }
      guard let other else {
        kept.append(script)
        continue
      }
      let error = ScriptNameError.duplicate(of: other.fileName)
      found.append(
        Diagnostic(.duplicateScript, at: .beginning(of: path(of: script)), quoting: error))
    }
    scripts = kept
  }

  /// Looks for numbers that are left out; those of eight digits and more are points of time.
  private mutating func checkNumbers() {
    var before = 0
    for number in numbers {
      defer { before = number }
      guard number > before + 1, number < 10_000_000,
        let script = versions[number]?.first
      else { continue }
      let range =
        number == before + 2
        ? "version \(before + 1) is" : "versions \(before + 1) to \(number - 1) are"
      found.append(
        Diagnostic(
          .versionGap, at: .beginning(of: path(of: script)), "\(range) left out before \(number)"))
    }
  }

  private mutating func check(_ version: Int) {
    let own = versions[version, default: []].filter { !$0.isForOtherEngine }
    guard let first = versions[version]?.first else { return }
    let description = first.wordsOfDescription
    for script in own where script.wordsOfDescription != description {
      let words =
        "version \(version) is called '\(script.wordsOfDescription)' here and '\(description)' in \(first.fileName)"
      found.append(Diagnostic(.descriptionMismatch, at: .beginning(of: path(of: script)), words))
    }
    checkUse(of: own)
    // A version in Python goes both ways, on every engine.
    guard !own.contains(where: { $0.kind == .python }) else { return }
    for operation in Operation.ofVersions { checkCompleteness(of: version, operation, own, first) }
  }

  private mutating func checkUse(of own: [ScriptName]) {
    for operation in Operation.ofVersions {
      let exact = own.count { script in
        if case .sql(.dialect, operation) = script.kind { true } else { false }
      }
      guard exact == Dialect.allCases.count,
        let common = own.first(where: { $0.kind == .sql(.anyDialect, operation) })
      else { continue }
      let words = "every engine has a script of its own, so that this one never runs"
      found.append(Diagnostic(.unusedScript, at: .beginning(of: path(of: common)), words))
    }
  }

  private mutating func checkCompleteness(
    of version: Int, _ operation: Operation, _ own: [ScriptName], _ first: ScriptName
  ) {
    let isServed = { (dialect: Dialect) in own.contains { $0.serves(dialect, operation) } }
    let wanted =
      operation == .upgrade
      ? dialects : dialects.filter { dialect in own.contains { $0.serves(dialect, .upgrade) } }
    let lacking = wanted.filter { !isServed($0) }
    guard let dialect = lacking.first else { return }
    let engines =
      lacking == Dialect.allCases
      ? "any engine" : lacking.map(\.rawValue).joined(separator: " and ")
    let example = ScriptName.example(version, dialect, operation)
    let name =
      first.wordsOfDescription.isEmpty
      ? example : example.replacing("description", with: first.wordsOfDescription)
    found.append(
      Diagnostic(
        operation == .upgrade ? .missingUpgrade : .missingDowngrade,
        at: .beginning(of: path(of: first)),
        "version \(version) has no \(operation) for \(engines)",
        hint: "add versions/\(name), or one for 'default'"))
  }
}

extension ScriptName {
  /// Whether it is SQL that takes `dialect` there.
  fileprivate func serves(_ dialect: Dialect, _ operation: Operation) -> Bool {
    kind == .sql(.dialect(dialect), operation) || kind == .sql(.anyDialect, operation)
      || kind == .python
  }

  fileprivate var isDowngrade: Bool {
    if case .sql(_, .downgrade) = kind { true } else { false }
  }

  /// The part of the name that is for people.
  fileprivate var wordsOfDescription: String {
    let stem = fileName.drop { $0.isNumber }.drop { $0 == "_" }
    guard kind != .python else { return String(stem.dropLast(3)) }
    return stem.split(separator: "_", omittingEmptySubsequences: false).dropLast(2)
      .joined(separator: "_")
  }
}
