internal import CPostgres

/// Keywords and values as the pairs of C arrays that libpq takes.
struct PostgresKeywords {
  private let keywords: [String]
  private let values: [String]

  init(_ server: DatabaseURL.PostgreSQL) {
    keywords = server.parameters.map(\.keyword)
    values = server.parameters.map(\.value)
  }

  typealias Pointers = UnsafePointer<UnsafePointer<CChar>?>

  func withPointers<Result>(_ body: (Pointers?, Pointers?) -> Result) -> Result {
    unsafe Self.withPointers(keywords) { keywords in
      unsafe Self.withPointers(values) { values in
        unsafe body(keywords.baseAddress, values.baseAddress)
      }
    }
  }

  /// Lays the strings out behind each other and points at each, a null pointer for `nil` and one at the end.
  static func withPointers<Result>(
    _ strings: [String?], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> Result
  ) -> Result {
    var bytes: [CChar] = []
    let offsets = strings.map { string -> Int? in
      guard let string else { return nil }
      defer { bytes += string.utf8CString }
      return bytes.count
    }
    return unsafe bytes.withUnsafeBufferPointer { buffer in
      var pointers: [UnsafePointer<CChar>?] = unsafe []
      for offset in offsets {
        unsafe pointers.append(
          offset.flatMap { start in unsafe buffer.baseAddress.map { unsafe $0 + start } })
      }
      unsafe pointers.append(nil)
      return unsafe pointers.withUnsafeBufferPointer(body)
    }
  }
}

extension PostgresConnection {
  /// What says under which name the server lists the session, when neither URL nor environment does (PostgreSQL
  /// documentation, 34.1.2).
  static let nameKeyword = "fallback_application_name"

  /// Why the attempt on `connection` failed.
  ///
  /// libpq gives one text for everything; whether a server answers at all is asked separately,
  /// since that decides whether trying again can help.
  static func connectError(
    _ connection: OpaquePointer, server: DatabaseURL.PostgreSQL
  ) -> DatabaseError {
    let message = unsafe PostgresText.sentence(PQerrorMessage(connection))
    let attempts = attempts(in: message)
    let last = attempts.last ?? message
    if attempts.allSatisfy({ $0.contains("could not translate host name") }) {
      return DatabaseError(.refused, message: message, hint: "check the host in the URL")
    }
    // libpq tries no other host when a server has refused the user or the database.
    if !last.contains("FATAL:"), unfit.contains(where: { message.contains($0) }) {
      return .noFittingServer(message, server["target_session_attrs"])
    }
    let detail = unsafe """
    user "\(PostgresText.sentence(PQuser(connection)))", \
    database "\(PostgresText.sentence(PQdb(connection)))"
    """
    let answer = unsafe PostgresKeywords(server).withPointers { keywords, values in
      unsafe PQpingParams(keywords, values, 0)
    }
    switch answer {
    case PQPING_NO_RESPONSE where lasting.contains { last.contains($0) }:
      return DatabaseError(
        .refused, message: message, hint: "check sslmode and the certificates in the URL")
    case PQPING_NO_RESPONSE:
      return DatabaseError(
        .unreachable, message: message, hint: "start the server, or check host and port in the URL")
    case PQPING_REJECT:
      return DatabaseError(
        .unreachable, message: message, hint: "wait for it: connect_wait in the section [migrate]")
    case PQPING_OK where cutShort.contains { last.contains($0) }:
      return DatabaseError(
        .unreachable, message: message, hint: "the server is there now: try again")
    default:
      return DatabaseError(.refused, message: message, detail: detail, hint: hint(for: last))
    }
  }

  /// What libpq says about each host in turn; the whole message when it cannot be told apart.
  private static func attempts(in message: String) -> [String] {
    var attempts: [String] = []
    for line in message.split(separator: "\n") {
      let isNew = ["connection to server", "could not translate"].contains { line.hasPrefix($0) }
      if isNew || attempts.isEmpty {
        attempts.append(String(line))
      } else {
        attempts[attempts.count - 1] += "\n\(line)"
      }
    }
    return attempts
  }

  /// What libpq says about a server that is not what `target_session_attrs` asks for.
  private static let unfit = [
    "session is read-only", "session is not read-only", "server is in hot standby mode",
    "server is not in hot standby mode",
  ]

  /// What libpq says itself when nobody answered; the server may be there a moment later.
  private static let cutShort = [
    "Connection refused", "Connection reset", "timeout expired", "No such file or directory",
    "server closed the connection unexpectedly", "starting up",
  ]

  /// What libpq says itself about a server that is there, and will say again.
  private static let lasting = ["does not support SSL", "SSL error", "certificate"]

  /// What to do about a refusal, by the server's words as far as they are English.
  private static func hint(for message: String) -> String {
    if message.contains("password") {
      return "check user and password in the URL, ~/.pgpass or PGPASSWORD"
    }
    if message.contains("database \""), message.contains("does not exist") {
      return "make it (createdb), or check the name in the URL"
    }
    return "check user, database and options in the URL"
  }
}

extension DatabaseError {
  /// libpq is not there, or not one that has all of its functions.
  static func noClientLibrary(_ reason: String) -> Self {
    Self(
      .refused, message: "PostgreSQL's client library cannot be loaded: \(reason)",
      hint: "install it: apt-get install libpq5")
  }

  /// Servers answer, but none is what the URL asks for; after a failover one may be.
  fileprivate static func noFittingServer(_ message: String, _ wish: String?) -> Self {
    let wish = wish ?? "any"
    let found =
      ["read-write", "primary"].contains(wish) ? "no server takes writes now" : "no server fits now"
    return Self(
      .unreachable, message: message,
      hint: """
        \(found) (target_session_attrs=\(wish)): wait for one with connect_wait in the section \
        [migrate], or check the hosts in the URL
        """)
  }
}
