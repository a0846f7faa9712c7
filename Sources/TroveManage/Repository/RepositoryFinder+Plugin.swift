/// What the name of a plugin stands for.
public enum NamedPlugin: Sendable {
  /// A repository, and the entry of `db_plugins` that leads to it; `nil` when none does.
  case found(Member, entry: ConfValue?)
  /// No entry leads there: perhaps the id of a repository that the database remembers.
  case unknown(id: String)

  /// The repository, when its folder is known.
  public var member: Member? {
    if case .found(let member, _) = self { member } else { nil }
  }

  /// The entry of `db_plugins`.
  public var entry: ConfValue? {
    if case .found(_, let entry) = self { entry } else { nil }
  }
}

extension RepositoryFinder {
  /// Finds a plugin by its entry of `db_plugins` or by its `repository_id`.
  ///
  /// Of other plugins it does not matter whether they can be found.
  ///
  /// - Parameters:
  ///   - name: the entry, or the id.
  ///   - folder: where the repository is; `nil` where `db_plugins` is to tell.
  /// - Returns: what the name stands for.
  /// - Throws: ``RepositoryError`` for core, for a folder with another repository, and for an entry that
  ///   leads nowhere.
  public func plugin(
    named name: String, in folder: Path? = nil
  ) throws(RepositoryError) -> NamedPlugin {
    let core = try core()
    guard name != core.id else { throw .coreStays(core) }
    if let folder { return try plugin(named: name, in: folder, besides: core) }
    var matches: [(entry: ConfValue, repository: Repository)] = []
    for entry in settings.plugins {
      do throws(RepositoryError) {
        let repository = try plugin(entry)
        if entry.text == name { return try Self.found(repository, entry, besides: core) }
        if repository.id == name { matches.append((entry, repository)) }
      } catch {
        guard entry.text != name else {
          throw Self.isCore(error) ? error : .lostPlugin(entry, "\(error)")
        }
      }
    }
    guard let match = matches.first else { return .unknown(id: name) }
    guard matches.count == 1 else { throw .ambiguousPlugin(matches.map(\.entry), id: name) }
    return try Self.found(match.repository, match.entry, besides: core)
  }

  private func plugin(
    named name: String, in folder: Path, besides core: Repository
  ) throws(RepositoryError) -> NamedPlugin {
    let repository = try Self.open(folder)
    var own: ConfValue?
    for entry in settings.plugins {
      guard let other = try? plugin(entry), other.sharesRow(with: repository) else { continue }
      own = entry
    }
    guard repository.id == name || own?.text == name else {
      throw .otherRepository(repository, name: name)
    }
    return try Self.found(repository, own, besides: core)
  }

  private static func found(
    _ repository: Repository, _ entry: ConfValue?, besides core: Repository
  ) throws(RepositoryError) -> NamedPlugin {
    guard !repository.sharesRow(with: core) else { throw .coreStays(core) }
    let role = entry.map { Member.Role.plugin(name: $0.text) } ?? .named
    return .found(Member(role: role, repository: repository), entry: entry)
  }

  private static func isCore(_ error: RepositoryError) -> Bool {
    if case .coreStays = error { true } else { false }
  }
}
