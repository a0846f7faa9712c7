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

  /// Takes `fileName` apart.
  init(_ fileName: String) throws(ScriptNameError) {
    let digits = fileName.prefix { $0.isASCII && $0.isNumber }
    guard digits.count >= 3 else {
      throw Self.looksLikeScript(fileName, after: digits) ? .tooFewDigits : .notScript
    }
    let isPython = fileName.hasSuffix(".py")
    guard isPython || fileName.hasSuffix(".sql") else { throw .notScript }
    guard !fileName.unicodeScalars.contains(where: \.isControl) else {
      throw .controlCharacter
    }
    guard let version = Int(digits), version > 0 else { throw .versionOutOfRange }
    self.fileName = fileName
    self.version = version
    kind = isPython ? .python : try Self.kind(ofSQL: fileName)
  }

  private static func kind(ofSQL fileName: String) throws(ScriptNameError) -> Kind {
    let parts = fileName.dropLast(".sql".count).split(
      separator: "_", omittingEmptySubsequences: false)
    guard parts.count >= 3 else { throw .malformed }
    let word = String(parts[parts.count - 1])
    guard let operation = Operation(rawValue: word) else { throw .unknownOperation(word) }
    let dialect = String(parts[parts.count - 2])
    switch dialect {
    case "default": return .sql(.anyDialect, operation)
    case _ where otherEngines.contains(dialect): return .sql(.otherEngine, operation)
    default:
      guard let dialect = Dialect(rawValue: dialect) else { throw .unknownDialect(dialect) }
      return .sql(.dialect(dialect), operation)
    }
  }

  /// SQLAlchemy's names of the engines that we do not speak; `sa` ends `ibm_db_sa`.
  private static let otherEngines: Set<String> = [
    "mysql", "mariadb", "oracle", "mssql", "firebird", "sybase", "access", "maxdb", "informix",
    "drizzle", "sa", "db2", "cockroachdb", "redshift", "snowflake", "hana", "teradata", "vertica",
  ]

  private static func looksLikeScript(_ fileName: String, after digits: Substring) -> Bool {
    let rest = fileName[digits.endIndex...]
    return !digits.isEmpty && rest.hasPrefix("_")
      && (rest.hasSuffix("_upgrade.sql") || rest.hasSuffix("_downgrade.sql"))
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
}
