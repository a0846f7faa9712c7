/// The text of an option, with everything in it substituted, and where it comes from.
public struct ConfValue: Hashable, Sendable {
  /// What set an option.
  public enum Origin: Hashable, Sendable {
    /// A conf file, there.
    case file(TextLocation)
    /// The environment variable of that name.
    case environment(String)
    /// Nothing: the program's default counts.
    case programDefault
  }

  /// The option, by the name that it was set with: perhaps a deprecated one.
  public let name: ConfOption.Name
  /// The text.
  public let text: String
  /// What set it.
  public let origin: Origin
  /// The folder that a relative path in the text starts from: the conf file's, else the current one.
  public let folder: Path
  /// Whether the text, or a part that was inserted into it, must not be shown.
  public let isSecret: Bool
  /// Whether the text has the same lines as the file, so that a place in it is one in the file.
  let keepsLines: Bool

  init(
    name: ConfOption.Name, text: String, origin: Origin, folder: Path, isSecret: Bool,
    keepsLines: Bool = true
  ) {
    self.name = name
    self.text = text
    self.origin = origin
    self.folder = folder
    self.isSecret = isSecret
    self.keepsLines = keepsLines
  }

  /// The default `text` of the option `name`.
  init(defaultText text: String, of name: ConfOption.Name) {
    self.init(
      name: name, text: text, origin: .programDefault, folder: .currentFolder,
      isSecret: name.isSecret)
  }

  /// The start of a message about the value: where it was set, and the option.
  public var place: String {
    switch origin {
    case .file(let location): "\(location): \(name)"
    case .environment(let variable): "environment variable \(variable)"
    case .programDefault: "default of \(name)"
    }
  }

  /// The text in quotes, on one line and not too long; `***` when it must not be shown.
  ///
  /// A URL of any kind may hold a password, whatever the option is called.
  public var shownText: String {
    if isSecret || text.contains("://") { return "***" }
    let shown = text.unicodeScalars.prefix(60).map { $0.properties.isShown ? String($0) : "?" }
    return "'\(shown.joined())\(text.unicodeScalars.count > 60 ? "…" : "")'"
  }

  /// Whether others can read a password in the value, when the mode of its file is `mode`.
  ///
  /// - Parameter mode: The permission bits as `chmod` knows them.
  /// - Returns: False for a value that no file holds.
  public func isExposed(inFileOfMode mode: UInt16) -> Bool {
    guard case .file = origin, mode & 0o004 != 0 else { return false }
    guard let scheme = text.firstRange(of: "://") else {
      return name.isSecret && !text.isEmpty
    }
    let rest = text[scheme.upperBound...].utf8
    if text.contains("password=") { return true }
    guard let at = rest.lastIndex(of: UInt8(ascii: "@")),
      let colon = rest.firstIndex(of: UInt8(ascii: ":"))
    else { return false }
    return rest.index(after: colon) < at
  }
}

extension ConfValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The place and the text as it may be shown.
  public var description: String { "\(place) = \(shownText)" }
  /// The same as ``description``.
  public var debugDescription: String { description }
  /// No more than ``description`` shows.
  public var customMirror: Mirror { Mirror(self, children: ["description": description]) }
}

extension Unicode.Scalar.Properties {
  fileprivate var isShown: Bool {
    switch generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: false
    default: true
    }
  }
}
