/// A text that is not the URL of a database.
///
/// It never holds the text, which may hold a password: neither a part of it, but for a scheme or
/// the name of an option.
public struct DatabaseURLError: Error, Hashable, Sendable {
  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// It does not start with a scheme and `://`.
    case notURL
    /// It has a line break or another control character.
    case controlCharacter
    /// The scheme is none that is known.
    case scheme(String)
    /// A SQLite URL has something between `//` and the path.
    case sqliteHost
    /// The path of a SQLite URL is a URI of SQLite's own.
    case sqliteURI
    /// A SQLite URL has an option that is not known.
    case sqliteOption(String)
    /// The option `timeout` of a SQLite URL is no number of seconds.
    case timeout
    /// A host in brackets lacks its address or its closing bracket.
    case host
    /// A port is no number from 1 to 65535.
    case port
    /// There is an `@` behind the host.
    case strayAt
    /// Something behind the `?` is not `name=value`.
    case option
    /// A percent escape stands for a zero byte, or several for no UTF-8.
    case escape
    /// Several options `host` and an option or a port besides.
    case hostsAndPort
  }

  /// What is wrong.
  public let reason: Reason
  /// Where the text comes from and which option it is, when that is known.
  public let place: String?

  init(_ reason: Reason, place: String? = nil) {
    self.reason = reason
    self.place = place
  }
}

extension DatabaseURLError: CustomStringConvertible {
  /// What is wrong, starting with the place, and a `hint:` line.
  public var description: String {
    "\(place.map { "\($0): " } ?? "")\(reason)"
  }
}

extension DatabaseURLError.Reason: CustomStringConvertible {
  private static let sqliteExample = "sqlite:////var/lib/trove/trove.sqlite"
  private static let postgresExample = "postgresql://user:password@host:5432/trove"

  /// What is wrong, and a `hint:` line.
  public var description: String { "\(sentence)\nhint: \(hint)" }

  private var sentence: String {
    switch self {
    case .notURL: "the database is no URL"
    case .controlCharacter: "the database URL has a line break or another control character"
    case .scheme(let scheme): "there is no database engine '\(scheme)'"
    case .sqliteHost: "the SQLite URL has no '/' before its path"
    case .sqliteURI: "the path of the SQLite URL starts with 'file:', which is not supported"
    case .sqliteOption(let name): "the SQLite URL has the option '\(name)', which is not supported"
    case .timeout: "the timeout of the SQLite URL is no number of seconds"
    case .host: "a host of the database URL has brackets without an address between them"
    case .port: "a port of the database URL is no number from 1 to 65535"
    case .strayAt: "the database URL has an '@' behind its host"
    case .option: "something behind the '?' of the database URL is not 'name=value'"
    case .escape: "a percent escape of the database URL stands for a zero byte or for no UTF-8"
    case .hostsAndPort: "the database URL has several 'host' options and a port besides"
    }
  }

  private var hint: String {
    switch self {
    case .notURL: "write \(Self.sqliteExample) or \(Self.postgresExample)"
    case .controlCharacter: "write it on one line: \(Self.postgresExample)"
    case .scheme("postgres"): "the name is postgresql: \(Self.postgresExample)"
    case .scheme:
      "the engines are sqlite and postgresql: \(Self.sqliteExample), \(Self.postgresExample)"
    case .sqliteHost: "sqlite:///relative.db has three slashes, \(Self.sqliteExample) four"
    case .sqliteURI: "write the path: \(Self.sqliteExample)"
    case .sqliteOption: "the option is 'timeout': \(Self.sqliteExample)?timeout=5"
    case .timeout: "write \(Self.sqliteExample)?timeout=5"
    case .host: "write postgresql://user:password@[::1]:5432/trove"
    case .port:
      """
      write \(Self.postgresExample), an address of IPv6 in brackets, and in user and password %3A \
      for ':', %2F for '/', %3F for '?' and %40 for '@'
      """
    case .strayAt, .option:
      """
      write %2F for '/', %3F for '?' and %40 for '@' in user and password, and %40 for '@' in the \
      name of a database
      """
    case .escape: "write %25 for a percent sign"
    case .hostsAndPort: "give each its own: ?host=first:5432&host=second:5433"
    }
  }
}
