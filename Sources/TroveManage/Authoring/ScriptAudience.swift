/// Whom a new script is for.
public enum ScriptAudience: Hashable, Sendable {
  /// Every engine that has no script of its own.
  case everyEngine
  /// One engine.
  case only(Dialect)

  /// The word that stands for it in the names of scripts.
  public var word: String {
    switch self {
    case .everyEngine: "default"
    case .only(let dialect): dialect.rawValue
    }
  }

  /// Whom the word in a script's name means; `nil` when no script is called so.
  public init?(word: String) {
    switch (word, Dialect(rawValue: word)) {
    case ("default", _): self = .everyEngine
    case (_, let dialect?): self = .only(dialect)
    default: return nil
    }
  }

  /// Every word that there is.
  public static var words: [String] { ["default"] + Dialect.allCases.map(\.rawValue) }

  /// What the author of the script is told about it.
  var engines: String {
    switch self {
    case .everyEngine: "SQLite and PostgreSQL"
    case .only(let dialect): dialect.engineName
    }
  }
}
