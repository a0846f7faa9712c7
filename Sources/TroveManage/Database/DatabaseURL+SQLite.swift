extension DatabaseURL {
  /// A SQLite database.
  public struct SQLite: Hashable, Sendable {
    /// Where it is kept.
    public enum Storage: Hashable, Sendable {
      /// In memory, for one session.
      case memory
      /// In the file at that path.
      case file(Path)
    }

    /// Where it is kept.
    public let storage: Storage
    /// `timeout`: how long to wait for a lock of another process; `nil` when it is not given.
    public let timeout: Duration?

    private let timeoutText: String?

    /// The database kept at `storage`, without options.
    public init(_ storage: Storage) {
      self.storage = storage
      timeout = nil
      timeoutText = nil
    }

    /// What stands behind `sqlite://`.
    init(_ text: ArraySlice<UInt8>, relativeTo folder: Path) throws(DatabaseURLError) {
      let question = text.firstIndex(of: UInt8(ascii: "?")) ?? text.endIndex
      let path = text[..<question]
      guard path.isEmpty || path.first == UInt8(ascii: "/") else {
        throw DatabaseURLError(.sqliteHost)
      }
      let name = String(decoding: path.dropFirst(), as: UTF8.self)
      guard !name.hasPrefix("file:") else { throw DatabaseURLError(.sqliteURI) }
      storage = ["", ":memory:"].contains(name) ? .memory : .file(folder.appending(name))

      var timeoutText: String?
      for option in try DatabaseURL.options(text[question...].dropFirst()) {
        switch option.keyword {
        case "timeout": timeoutText = option.value
        // Those concern Python alone.
        case "cached_statements", "check_same_thread", "detect_types", "isolation_level": break
        default: throw DatabaseURLError(.sqliteOption(option.keyword))
        }
      }
      timeout = timeoutText.flatMap(Duration.init(secondsText:))
      guard (timeout == nil) == (timeoutText == nil) else { throw DatabaseURLError(.timeout) }
      self.timeoutText = timeoutText
    }
  }
}

extension DatabaseURL.SQLite: CustomStringConvertible {
  /// The URL.
  public var description: String {
    let options = timeoutText.map { "?timeout=\($0)" } ?? ""
    return switch storage {
    case .memory: "sqlite://\(options)"
    case .file(let path): "sqlite:///\(path)\(options)"
    }
  }
}

extension DatabaseURL {
  /// The file that it names, when it is not there.
  public var missingFile: Path? {
    guard case .sqlite(let database) = self, case .file(let path) = database.storage,
      FileSystem.kind(of: path.text) == nil
    else { return nil }
    return path
  }
}
