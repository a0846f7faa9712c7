/// Something that a check has found: a line of its report.
public struct Finding: Sendable {
  /// What it is about.
  public enum Kind: String, Sendable {
    /// A version that has not run yet.
    case pending
    /// A version that has not run yet and cannot.
    case unusable
    /// A version that appeared below the one that the database stands at.
    case late
    /// The database stands at a version that the repository does not have.
    case unknownVersion = "unknown_version"
    /// A script outside a transaction waits to be gone on with.
    case interrupted
    /// A script was edited after it ran.
    case edited
    /// A script that ran is not there any more.
    case missing
    /// A script that ran cannot be read.
    case unreadable
    /// A repository is not at a version that another one requires.
    case contract
    /// The schema is not what the scripts left.
    case drift
    /// A repository of the database is none of those of the conf files.
    case orphan
    /// What the program remembers in the database makes no sense.
    case damage

    /// Whether it only says that there is something to do.
    var isPending: Bool { self == .pending }
  }

  /// What it is about.
  public let kind: Kind
  /// The id of the repository; `nil` when it is about none alone.
  public let repository: String?
  /// The version; `nil` when it is about none.
  public let version: Int?
  /// The object of the database; `nil` when it is about none.
  public let object: String?
  /// The file or folder to look at; `nil` when there is none.
  public let path: String?
  /// What was found, in a sentence without the path.
  public let text: String
  /// What to do; `nil` when that is plain.
  public let hint: String?

  /// Something that was found.
  public init(
    _ kind: Kind, repository: String? = nil, version: Int? = nil, object: String? = nil,
    path: String? = nil, text: String, hint: String? = nil
  ) {
    self.kind = kind
    self.repository = repository
    self.version = version
    self.object = object
    self.path = path
    self.text = text
    self.hint = hint
  }
}

extension Finding: CustomStringConvertible {
  /// A line that starts with the file, and perhaps a second one with what to do.
  public var description: String {
    (path.map { "\($0): \(text)" } ?? text) + (hint.map { "\nhint: \($0)" } ?? "")
  }
}

/// Something that a check looks for besides versions and scripts.
public protocol Inspection {
  /// What it finds.
  ///
  /// - Parameters:
  ///   - standings: where the repositories stand.
  ///   - connection: a session outside a transaction; it must not be written to.
  /// - Returns: the findings, in the order in which they are to be shown.
  /// - Throws: ``MigrationError`` when the database cannot be asked.
  func findings(
    _ standings: [Standing], on connection: any Connection
  ) throws(MigrationError) -> [Finding]
}
