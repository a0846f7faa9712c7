/// A script that ran and whose file is not any more what ran.
public struct EditedScript: Sendable {
  /// What has become of the file.
  public enum State: String, Sendable {
    /// It holds another text.
    case edited
    /// It is not there, and no other one in its place.
    case missing
    /// It cannot be read.
    case unreadable
  }

  /// The repository.
  public let repository: Repository
  /// The version that the script brought.
  public let version: Int
  /// The path of the file, or where it was.
  public let path: Path
  /// What has become of it.
  public let state: State
  /// The digest of the text that ran, or was accepted since.
  let ranChecksum: String
  /// What the file holds now; `nil` when it cannot be read, or is too long to be held in memory.
  let text: [UInt8]?
  /// The digest of what the file holds now; empty when it cannot be read.
  let checksum: String

  /// The name of the file.
  public var script: String { path.name }

  /// Compares the file with what ran.
  ///
  /// - Returns: `nil` when the text is the same, its line ends and a byte order mark aside.
  init?(_ applied: AppliedScripts.Applied, of repository: Repository, dialect: Dialect) {
    self.repository = repository
    version = applied.version
    ranChecksum = applied.checksum
    guard let path = try? repository.script(applied.version, .upgrade, for: dialect) else {
      self.path = repository.path(ofScript: applied.script)
      state = .missing
      text = nil
      checksum = ""
      return
    }
    self.path = path
    guard let checksum = try? NormalizedDigest.checksum(ofFile: path.text) else {
      state = .unreadable
      text = nil
      self.checksum = ""
      return
    }
    guard checksum != applied.checksum, !Self.stands(beside: path, in: repository, applied) else {
      return nil
    }
    state = .edited
    let isLong = FileSystem.size(of: path.text) ?? 0 > ReadingLimits().whole
    text = isLong ? nil : try? FileSystem.read(path.text)
    // The file may be another one by now.
    self.checksum = text.map { NormalizedText($0[...]).checksum } ?? checksum
  }

  /// Whether what ran is Python that is still there as it was, beside SQL that took its place since.
  private static func stands(
    beside path: Path, in repository: Repository, _ applied: AppliedScripts.Applied
  ) -> Bool {
    let former = repository.path(ofScript: applied.script)
    guard former.isPython, former != path else { return false }
    return (try? NormalizedDigest.checksum(ofFile: former.text)) == applied.checksum
  }

  /// Whether `other` is about the same texts.
  func isSame(as other: Self) -> Bool {
    path == other.path && version == other.version && state == other.state
      && ranChecksum == other.ranChecksum && checksum == other.checksum
  }
}

extension EditedScript: CustomStringConvertible {
  /// What has become of it, starting with the file.
  public var description: String { "\(path): \(words)" }

  /// What has become of it.
  var words: String {
    switch state {
    case .edited: "edited since it ran as version \(version) of \(repository.id)"
    case .missing: "missing, though it ran as version \(version) of \(repository.id)"
    case .unreadable: "cannot be read, though it ran as version \(version) of \(repository.id)"
    }
  }
}

/// What a run does about scripts that were edited after they ran.
public enum EditPolicy: Hashable, Sendable {
  /// It does not look: no script that ran is read.
  case ignore
  /// It refuses to begin.
  case refuse
}

extension DatabaseState {
  /// The standings with the scripts that are not any more what ran: one question, whatever their number.
  ///
  /// What ran before there was a journal, or by another program, is not known and not compared.
  func inspectedStandings(on connection: any Connection) throws(MigrationError) -> [Standing] {
    var rows: [Row] = []
    if let query = journal.ups(of: standings.map(\.repository)) {
      rows = try MigrationError.catching { () throws(DatabaseError) in try connection.rows(query) }
    }
    return standings.map { standing in
      let applied = AppliedScripts(journal.rows(rows, of: standing.repository)).all
      var standing = standing
      standing.edited = applied.filter { $0.version <= standing.version ?? 0 }.compactMap {
        EditedScript($0, of: standing.repository, dialect: connection.dialect)
      }
      return standing
    }
  }
}
