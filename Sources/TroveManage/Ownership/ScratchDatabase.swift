/// Databases in which repositories' scripts run only to be looked at.
///
/// Each is as empty as a new one, and goes away however its use ends, short of a killed process. On SQLite it
/// is a file in a private temporary folder; on PostgreSQL a database on the server of the one that it is
/// compared with.
public struct ScratchDatabase {
  private let live: Database
  private let place: DatabaseURL?
  private let interruption: Interruption?
  private let warn: (String) -> Void

  /// Databases to be compared with `live`.
  ///
  /// - Parameters:
  ///   - live: the database to compare with; it is asked for its encoding, and nothing else.
  ///   - place: where to make them instead: a SQLite file that is not there, or any database of a PostgreSQL
  ///   server, to connect to.
  ///   - interruption: what ends a use early; it must not end the process itself, or the database would
  ///   stay.
  ///   - warn: told of a database that could not be dropped.
  public init(
    like live: Database, at place: DatabaseURL? = nil, interruption: Interruption?,
    warn: @escaping (String) -> Void = { _ in }
  ) {
    self.live = live
    self.place = place
    self.interruption = interruption
    self.warn = warn
  }

  /// What is in a scratch database before scripts run.
  enum Furnishing {
    /// What is in a new one.
    case none
    /// The extensions of the live one, as far as they can be had.
    case extensions
  }

  /// What `body` returns, which gets a database for as long as it runs.
  ///
  /// - Throws: ``ScratchError`` when there can be none, and what `body` throws.
  func use<Result>(
    having furnishing: Furnishing = .none, _ body: (Database) throws(ScratchError) -> Result
  ) throws(ScratchError) -> Result {
    let url = place ?? live.url
    guard url.dialect == live.url.dialect else {
      throw .otherEngine(url, needed: live.url.dialect)
    }
    let result: Result
    switch url {
    case .sqlite: result = try useFile(body)
    case .postgresql(let server):
      result = try PostgresScratch(on: server, like: live, having: furnishing, warn: warn).use {
        (url) throws(ScratchError) in
        try body(database(at: .postgresql(url)))
      }
    }
    if let signal = interruption?.signal { throw .database(.interrupted(by: signal)) }
    return result
  }

  private func useFile<Result>(
    _ body: (Database) throws(ScratchError) -> Result
  ) throws(ScratchError) -> Result {
    guard let place else {
      let folder: TemporaryFolder
      do { folder = try TemporaryFolder(named: "trove-migrate-scratch") } catch {
        throw .noFolder(error)
      }
      defer { withExtendedLifetime(folder) {} }
      let file = folder.path.appending("scratch.sqlite")
      return try body(database(at: .sqlite(.init(.file(file)))))
    }
    guard case .sqlite(let sqlite) = place, case .file(let file) = sqlite.storage else {
      return try body(database(at: place))
    }
    guard FileSystem.kind(of: file.text) == nil else { throw .fileExists(file) }
    defer {
      for end in ["", "-journal", "-wal", "-shm"] { FileSystem.removeFile(file.text + end) }
    }
    return try body(database(at: place))
  }

  private func database(at url: DatabaseURL) -> Database {
    let database = live.sibling(at: url)
    database.interruption = interruption
    return database
  }
}
