/// A database and the session with it, opened when it is needed.
public final class Database {
  /// What a session is for.
  public enum Purpose: Sendable {
    /// Asking: a database file that is missing counts as an empty one and is not made.
    case reading
    /// Changing: a database file that is missing is made.
    case writing
  }

  /// What sessions may do.
  public enum Access: Sendable {
    /// Ask and change.
    case readWrite
    /// Ask alone: whatever would write fails, and no file beside that of a SQLite database stays or goes.
    case readOnly
  }

  /// Where the database is.
  public let url: DatabaseURL
  /// How long to wait for a server that is not up yet.
  public var connectWait = Duration.zero
  /// How long a statement waits while another process writes to a SQLite file, unless the URL says.
  public var busyWait = SQLiteConnection.defaultWait
  /// Called with each statement after it ran, its strings hidden, and how long it took.
  public var statementHandler: ((String, Duration) -> Void)?
  /// Called with each statement after it ran, as the engine got it: not to be shown.
  public var commandHandler: ((Command) -> Void)?
  /// Values that must not be shown; the server may repeat them in what it says.
  public var secrets: [String] = []
  /// Called with what the server says besides results, line by line.
  public var noticeHandler: (String) -> Void = { _ in }

  /// What sessions may do; a change ends the one that is open.
  public var access = Access.readWrite {
    didSet { if access != oldValue { session = nil } }
  }

  /// What ends the wait for a server early.
  var interruption: Interruption?

  private var session: (any Connection)?
  /// Whether the session is with an empty database in memory, in place of a file that is missing.
  private var isStandIn = false

  /// The database at `url`; nothing is opened yet.
  public init(_ url: DatabaseURL) {
    self.url = url
  }

  /// The session, opened if need be.
  public func connection(for purpose: Purpose) throws(DatabaseError) -> any Connection {
    if let session, !isStandIn || purpose == .reading { return session }
    let opened = try open(for: purpose)
    opened.statementHandler = handler(dialect: opened.dialect)
    session = opened
    return opened
  }

  /// What a session calls, `nil` when nobody listens: it would have to look at the clock for nothing.
  private func handler(dialect: Dialect) -> ((Command, Duration) -> Void)? {
    guard statementHandler != nil || commandHandler != nil else { return nil }
    return { [statementHandler, commandHandler] command, duration in
      commandHandler?(command)
      // The summary is not for nothing.
      if let statementHandler { statementHandler(command.summary(dialect: dialect), duration) }
    }
  }

  /// A new session in the place of one that broke, as soon as the server takes one.
  ///
  /// - Parameter wait: how long it may take, unless ``connectWait`` is longer.
  /// - Throws: ``DatabaseError`` when none could be opened in that time.
  public func reconnect(within wait: Duration) throws(DatabaseError) {
    session = nil
    let usual = connectWait
    connectWait = max(usual, wait)
    defer { connectWait = usual }
    _ = try connection(for: .writing)
  }

  /// Ends the session; the next question opens another.
  public func close() {
    session = nil
  }

  /// Another database, waited for and watched as this one.
  public func sibling(at url: DatabaseURL) -> Database {
    let other = Database(url)
    other.connectWait = connectWait
    other.busyWait = busyWait
    other.statementHandler = statementHandler
    return other
  }

  /// The name by which a person knows the database: the file's, or what the server calls it.
  public func name() throws(DatabaseError) -> String {
    switch url {
    case .sqlite(let database):
      if case .file(let path) = database.storage { path.name } else { ":memory:" }
    case .postgresql:
      try connection(for: .reading).rows("SELECT current_database()::text").first?[0].text ?? ""
    }
  }

  private func open(for purpose: Purpose) throws(DatabaseError) -> any Connection {
    isStandIn = false
    switch url {
    case .postgresql(let server):
      let connection = try connect(to: server)
      connection.access = access
      connection.noticeHandler = { [unowned self] in noticeHandler($0.hiding(secrets)) }
      return connection
    case .sqlite(let database):
      guard case .file(let path) = database.storage else { return try SQLiteConnection(.memory) }
      let isAsking = purpose == .reading || access == .readOnly
      isStandIn = isAsking && path.isMissingFile
      let wait = database.timeout ?? busyWait
      return try SQLiteConnection(
        isStandIn ? .memory : .file(path), missingFile: isAsking ? .refuse : .create,
        access: access,
        wait: wait)
    }
  }
}

extension Database {
  /// Tries until the wait is over; only as long as nobody answers, for nothing else gets better by
  /// waiting.
  private func connect(
    to server: DatabaseURL.PostgreSQL
  ) throws(DatabaseError) -> PostgresConnection {
    let end = ContinuousClock.now + connectWait
    var attempt = 0
    while true {
      do throws(DatabaseError) {
        return try PostgresConnection(server)
      } catch {
        guard error.kind == .unreachable, ContinuousClock.now < end else { throw error }
        let pause = min(LockWait.pause(attempt: attempt) * 5, end - .now)
        try Interruption.pause(pause, heeding: interruption)
        attempt += 1
      }
    }
  }
}

extension Path {
  /// Whether the folder is there, but not the file.
  fileprivate var isMissingFile: Bool {
    // A folder that we may not search hides what is in it, but not the names.
    guard FileSystem.kind(of: text) == nil, let names = try? FileSystem.names(in: parent.text)
    else {
      return false
    }
    return !names.contains(name)
  }
}
