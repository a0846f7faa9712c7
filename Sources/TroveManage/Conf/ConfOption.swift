/// An option of the conf files that the program reads.
public struct ConfOption: Hashable, Sendable {
  /// The group and the name of an option, known to the program or not.
  public struct Name: Hashable, Sendable, CustomStringConvertible {
    /// `DEFAULT`, or the group in lower case.
    public let group: String
    /// The option, as its key is written.
    public let option: String

    /// The option `option` of `group`, whose case only matters for `DEFAULT`.
    public init(_ option: String, group: String = "DEFAULT") {
      self.group = INIFile.Grammar.oslo.sectionName(group)
      self.option = option
    }

    /// `[group] option`.
    public var description: String { "[\(group)] \(option)" }
  }

  /// How an option's text is read.
  public enum Kind: Hashable, Sendable {
    /// A database URL.
    case url
    /// A comma list.
    case list
    /// A comma list of folders.
    case folders
    /// A path, relative to the folder of the conf file.
    case path
    /// One of these words.
    case choice([String])
    /// Seconds, zero or more.
    case seconds
    /// A number of times.
    case count
    /// True or false.
    case boolean
  }

  /// Where it stands.
  public let name: Name
  /// Names that it had; each counts in a file that does not set the ones before it.
  public let deprecatedNames: [Name]
  /// How its text is read.
  public let kind: Kind
  /// The text that counts when it is not set, or `nil` when it then has no value.
  public let defaultText: String?
  /// What the sample shows when there is no default.
  public let example: String?
  /// What it means, in sentences.
  public let help: String

  init(
    _ name: Name, deprecated: [Name] = [], _ kind: Kind, default defaultText: String? = nil,
    example: String? = nil, help: String
  ) {
    self.name = name
    deprecatedNames = deprecated
    self.kind = kind
    self.defaultText = defaultText
    self.example = example
    self.help = help
  }

  /// The option of that name, or `nil` when the program has none.
  static func named(_ name: Name) -> Self? {
    all.first { $0.name == name }
  }
}

extension ConfOption.Name {
  /// The environment variable that sets the option whatever the conf files say.
  public var environmentVariable: String {
    "OS_\(group.uppercased())__\(option.uppercased())"
  }

  private static let secretWords = [
    "password", "passwd", "passphrase", "secret", "token", "key", "credential",
  ]

  /// Whether the option's name says that its value is nobody else's business.
  ///
  /// A database URL may hold a password, so the names of the connection are secret, too.
  public var isSecret: Bool {
    let option = option.lowercased()
    if option.hasSuffix("connection") { return true }
    // Every option is asked each time that the program starts, and String.contains looks at characters.
    let bytes = Array(option.utf8)
    return bytes.indices.contains { start in
      Self.secretWords.contains { bytes[start...].starts(with: $0.utf8) }
    }
  }
}
