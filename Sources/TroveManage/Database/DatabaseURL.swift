/// Where a database is, as SQLAlchemy writes it.
///
///     sqlite://                                      in memory, as is sqlite:///:memory:
///     sqlite:///relative.db                          relative to a folder, the conf file's
///     sqlite:////absolute.db
///     sqlite:///relative.db?timeout=5                options of SQLite
///     postgresql://user:password@host:port/database  all but the scheme may be left out
///     postgresql://h1:5432,h2:5433/database          several hosts
///     postgresql://[::1]/database                    an address of IPv6
///     postgresql:///database?host=/run/postgresql    the folder of a socket
///     postgresql:///database?host=h1:5432&host=h2    several hosts once more
///     postgresql://host/database?sslmode=require     options of libpq
///
/// - The scheme ignores case; `+driver` behind it means nothing.
/// - `%40` and the like stand for a byte anywhere in a PostgreSQL URL and in SQLite's options, and
///   `+` in an option for a blank. A percent sign that no two hexadecimal digits follow stands for
///   itself. The path of a SQLite database is taken as it is.
/// - The last `@` before the host ends the password, so that one with an `@` works as it is. One
///   with a `/` or `?` does, too, as long as what stands before that is not a host and a port.
/// - An option without a value counts as not given; of one given twice, the last counts, but for
///   `host`.
/// - Blanks around the URL are dropped.
///
/// No description shows a password.
public enum DatabaseURL: Hashable, Sendable {
  /// A SQLite database.
  case sqlite(SQLite)
  /// A PostgreSQL database.
  case postgresql(PostgreSQL)

  /// The database at the URL `text`, where a relative path starts at `folder`.
  ///
  /// - Throws: ``DatabaseURLError``, which never shows the text.
  public init(_ text: String, relativeTo folder: Path) throws(DatabaseURLError) {
    let bytes = Array(text.utf8)
    let url = bytes[bytes.withoutBlanks(0..<bytes.count)]
    guard !url.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw DatabaseURLError(.controlCharacter)
    }
    guard let colon = url.firstIndex(of: UInt8(ascii: ":")), colon > url.startIndex,
      url[colon...].starts(with: "://".utf8), url[..<colon].allSatisfy(\.isSchemeCharacter)
    else { throw DatabaseURLError(.notURL) }
    let scheme = String(decoding: url[..<colon], as: UTF8.self)
    let rest = url[(colon + 3)...]
    switch scheme.lowercased().split(separator: "+", omittingEmptySubsequences: false).first {
    case "sqlite": self = .sqlite(try SQLite(rest, relativeTo: folder))
    case "postgresql": self = .postgresql(try PostgreSQL(rest))
    default: throw DatabaseURLError(.scheme(scheme))
    }
  }

  /// The database that the option `value` names.
  ///
  /// - Throws: ``DatabaseURLError``, which names the place of the option.
  public init(_ value: ConfValue) throws(DatabaseURLError) {
    do {
      try self.init(value.text, relativeTo: value.folder)
    } catch {
      throw DatabaseURLError(error.reason, place: value.place)
    }
  }

  /// The URL without passwords, not even signs in the place of them.
  var textWithoutSecrets: String {
    switch self {
    case .sqlite: description
    case .postgresql(let database): database.withoutSecrets.description
    }
  }

  /// The SQL that the database understands.
  public var dialect: Dialect {
    switch self {
    case .sqlite: .sqlite
    case .postgresql: .postgresql
    }
  }
}

extension DatabaseURL: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// The URL, with `***` for passwords.
  public var description: String {
    switch self {
    case .sqlite(let database): database.description
    case .postgresql(let database): database.description
    }
  }

  /// The same as ``description``.
  public var debugDescription: String { description }
  /// No more than ``description`` shows.
  public var customMirror: Mirror { Mirror(self, children: ["url": description]) }
}

extension UInt8 {
  fileprivate var isSchemeCharacter: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}
