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
    let bytes = fileName.utf8
    let name = bytes.lastIndex(of: UInt8(ascii: "/")).map { bytes[bytes.index(after: $0)...] }
    let parts = name ?? bytes[...]
    let digits = parts.prefix { 0x30...0x39 ~= $0 }
    guard digits.count >= 3 else {
      throw Self.looksLikeScript(parts, after: digits) ? .tooFewDigits : .notScript
    }
    let isPython = parts.ends(with: ".py")
    guard isPython || parts.ends(with: ".sql") else { throw .notScript }
    // Whatever is not ASCII is worth the closer look that takes longer.
    let isPlain = parts.allSatisfy { 0x20...0x7E ~= $0 }
    guard isPlain || !Substring(parts).unicodeScalars.contains(where: \.isControl) else {
      throw .controlCharacter
    }
    guard let version = Int(Substring(digits)), version > 0 else { throw .versionOutOfRange }
    self.version = version
    kind = isPython ? .python : try Self.kind(ofSQL: parts)
  }

  private static func kind(ofSQL name: Substring.UTF8View) throws(ScriptNameError) -> Kind {
    let stem = name.dropLast(".sql".utf8.count)
    let underscore = UInt8(ascii: "_")
    guard let last = stem.lastIndex(of: underscore),
      let first = stem[..<last].lastIndex(of: underscore)
    else { throw .malformed }
    let word = Substring(stem[stem.index(after: last)...])
    guard let operation = Operation(word) else { throw .unknownOperation(String(word)) }
    let dialect = Substring(stem[stem.index(after: first)..<last])
    switch dialect {
    case "default": return .sql(.anyDialect, operation)
    case "sqlite": return .sql(.dialect(.sqlite), operation)
    case "postgresql": return .sql(.dialect(.postgresql), operation)
    default:
      guard otherEngines.contains(String(dialect)) else { throw .unknownDialect(String(dialect)) }
      return .sql(.otherEngine, operation)
    }
  }

  /// SQLAlchemy's names of the engines that we do not speak; `sa` ends `ibm_db_sa`.
  private static let otherEngines: Set<String> = [
    "mysql", "mariadb", "oracle", "mssql", "firebird", "sybase", "access", "maxdb", "informix",
    "drizzle", "sa", "db2", "cockroachdb", "redshift", "snowflake", "hana", "teradata", "vertica",
  ]

  private static func looksLikeScript(
    _ name: Substring.UTF8View, after digits: Substring.UTF8View
  ) -> Bool {
    !digits.isEmpty && name[digits.endIndex...].first == UInt8(ascii: "_")
      && (name.ends(with: "_upgrade.sql") || name.ends(with: "_downgrade.sql"))
  }
}

extension Substring.UTF8View {
  /// Whether `end` stands at the end.
  fileprivate func ends(with end: StaticString) -> Bool {
    suffix(end.utf8CodeUnitCount).elementsEqual(end.description.utf8)
  }
}

extension Path {
  /// Whether the script is in Python.
  var isPython: Bool { text.hasSuffix(".py") }
}

/// The way a script takes the database.
public enum Operation: String, Sendable, CaseIterable {
  case upgrade
  case downgrade

  /// The operation that `word` names in a script's name.
  init?(_ word: Substring) {
    switch word {
    case "upgrade": self = .upgrade
    case "downgrade": self = .downgrade
    default: return nil
    }
  }
}
