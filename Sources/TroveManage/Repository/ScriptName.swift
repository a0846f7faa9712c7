/// The name of a file in `versions/`, taken apart: `NNN_description_DIALECT_OPERATION.sql`.
struct ScriptName: Hashable, Sendable {
  /// What a file in `versions/` is, judged by its name.
  enum Kind: Hashable, Sendable {
    case sql(Target, Operation)
    case python
  }

  /// Whom an SQL script is for.
  enum Target: Hashable, Sendable {
    case dialect(Dialect)
    /// Every dialect that has no script of its own.
    case anyDialect
    /// An engine that we do not speak.
    case otherEngine
  }

  let fileName: String
  let version: Int
  let kind: Kind

  /// Whether the script is none of our business.
  var isForOtherEngine: Bool {
    if case .sql(.otherEngine, _) = kind { true } else { false }
  }

  /// Takes the name apart of the file called `fileName`, or at that path.
  init(_ fileName: String) throws(ScriptNameError) {
    self.fileName = fileName
    let name = fileName.utf8.span
    let start = (name.lastIndex(of: UInt8(ascii: "/"), before: name.count) ?? -1) + 1
    var end = start
    while (0x30...0x39).contains(name.byte(at: end)) { end += 1 }
    guard end - start >= 3 else {
      throw Self.looksLikeScript(name, digits: start..<end) ? .tooFewDigits : .notScript
    }
    let ending = name.lastIndex(of: UInt8(ascii: "."), before: name.count) ?? name.count
    let isPython = name.packed(ending..<name.count) == Self.pythonEnding
    guard isPython || name.packed(ending..<name.count) == Self.sqlEnding else { throw .notScript }
    // Whatever is not ASCII is worth the closer look that takes longer.
    guard
      name.isPrintable(from: start)
        || !name.string(in: start..<name.count).unicodeScalars.contains(where: \.isControl)
    else { throw .controlCharacter }
    guard let version = Int(name.string(in: start..<end)), version > 0 else {
      throw .versionOutOfRange
    }
    self.version = version
    kind = isPython ? .python : try Self.kind(ofSQL: name, in: start..<ending)
  }

  private static func kind(
    ofSQL name: Span<UInt8>, in stem: Range<Int>
  ) throws(ScriptNameError) -> Kind {
    let underscore = UInt8(ascii: "_")
    guard let last = name.lastIndex(of: underscore, before: stem.upperBound, from: stem.lowerBound),
      let first = name.lastIndex(of: underscore, before: last, from: stem.lowerBound)
    else { throw .malformed }
    let word = last + 1..<stem.upperBound
    guard let operation = name.packed(word).flatMap({ operations[$0] }) else {
      throw .unknownOperation(name.string(in: word))
    }
    let dialect = first + 1..<last
    guard let target = name.packed(dialect).flatMap({ targets[$0] }) else {
      throw .unknownDialect(name.string(in: dialect))
    }
    return .sql(target, operation)
  }

  /// Whom the word in a file's name stands for; `nil` for one that is no engine's.
  static func target(_ word: String) -> Target? {
    word.utf8.count > 16 ? nil : targets[packed(word)]
  }

  private static let pythonEnding = packed(".py")
  private static let sqlEnding = packed(".sql")
  private static let operations = Dictionary(
    uniqueKeysWithValues: Operation.ofVersions.map { (packed($0.rawValue), $0) })
  private static let targets = Dictionary(
    uniqueKeysWithValues: [(packed("default"), Target.anyDialect)]
      + Dialect.allCases.map { (packed($0.rawValue), .dialect($0)) }
      + otherEngines.map { (packed($0), .otherEngine) })

  /// The letters of a word, sixteen at most, as a number: a look-up makes no string.
  private static func packed(_ word: String) -> UInt128 {
    word.utf8.reduce(0) { $0 << 8 | UInt128($1) }
  }

  /// SQLAlchemy's names of the engines that we do not speak; `sa` ends `ibm_db_sa`.
  private static let otherEngines: Set<String> = [
    "mysql", "mariadb", "oracle", "mssql", "firebird", "sybase", "access", "maxdb", "informix",
    "drizzle", "sa", "db2", "cockroachdb", "redshift", "snowflake", "hana", "teradata", "vertica",
  ]

  private static func looksLikeScript(_ name: Span<UInt8>, digits: Range<Int>) -> Bool {
    guard !digits.isEmpty, name.byte(at: digits.upperBound) == UInt8(ascii: "_") else {
      return false
    }
    let rest = name.string(in: digits.upperBound..<name.count)
    return rest.hasSuffix("_upgrade.sql") || rest.hasSuffix("_downgrade.sql")
  }
}

extension Span where Element == UInt8 {
  /// The offset of the last `byte` in front of `end`, not before `start`.
  fileprivate func lastIndex(of byte: UInt8, before end: Int, from start: Int = 0) -> Int? {
    var index = end
    while index > start {
      index -= 1
      if self[index] == byte { return index }
    }
    return nil
  }

  /// Whether everything from `start` on is ASCII that can be seen.
  fileprivate func isPrintable(from start: Int) -> Bool {
    for index in start..<count where !(0x20...0x7E).contains(self[index]) { return false }
    return true
  }

  /// The bytes in `range` as a number; `nil` when they are more than sixteen.
  fileprivate func packed(_ range: Range<Int>) -> UInt128? {
    guard range.count <= 16 else { return nil }
    var packed: UInt128 = 0
    for index in range { packed = packed << 8 | UInt128(self[index]) }
    return packed
  }
}

extension Path {
  /// Whether the script is in Python.
  var isPython: Bool { text.hasSuffix(".py") }
}
