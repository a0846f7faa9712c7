/// Where a repository's schema stands in the database.
public struct Standing: Sendable {
  /// The repository in its role.
  public let member: Member
  /// The version; `nil` when the database is not under the repository's version control.
  public let version: Int?
  /// Versions below ``version`` that appeared after it was reached, in their order.
  let lateVersions: [LateVersion]
  /// How far a script outside a transaction has come that was interrupted.
  public var progress: Progress?
  /// The checksums of the repeatable scripts that ran since the repository's versions last went down or
  /// began anew, by their files' names.
  var repeated: [String: String] = [:]
  /// Whether repeatable scripts have run, and nothing has gone down since.
  public var hasRepeated: Bool { !repeated.isEmpty }
  /// Whether something of the repository ran since its hook `after_sync` did; `nil` when it has none.
  var isHookOwed: Bool?
  /// The scripts without a version that are to run: repeatable ones whose text is not what ran, and a hook that is
  /// owed to what ran; empty when nobody looked.
  public internal(set) var dueScripts: [DueScript] = []
  /// Scripts that are not any more what ran; `nil` when nobody looked.
  public internal(set) var edited: [EditedScript]?

  init(member: Member, version: Int?, late: [LateVersion], progress: Progress? = nil) {
    self.member = member
    self.version = version
    lateVersions = late
    self.progress = progress
  }

  /// Versions below ``version`` that appeared after it was reached, so that nothing ever ran them.
  public var late: [Int] { lateVersions.map(\.number) }

  /// The repository.
  public var repository: Repository { member.repository }

  /// Whether the repository has the version: not when newer code, or another repository, ran here.
  public var isKnown: Bool { version.map(repository.canStand(at:)) ?? true }

  /// Whether the repository can go on from here, and its scripts are what ran as far as somebody looked.
  public var isSound: Bool { isKnown && late.isEmpty && edited?.isEmpty != false }

  /// The versions that an upgrade to the latest would bring, in order.
  public var pending: [Int] {
    repository.versions.filter { $0 > (version ?? 0) }
  }

  /// The same repository at another version, without a script.
  func stamped(at version: Int) -> Self { Self(member: member, version: version, late: []) }

  /// The same, as if no repeatable script had run.
  public func withoutRepeated() -> Self {
    var other = self
    other.repeated = [:]
    return other
  }

  /// The same repository after `step`.
  func moved(by step: Step) -> Self {
    var moved = Self(
      member: member, version: step.rowAfter,
      late: lateVersions.filter { $0.number != step.version })
    moved.repeated = step.operation == .downgrade ? [:] : repeated
    moved.isHookOwed =
      step.operation == .downgrade
      ? isHookOwed : isHookOwed.map { _ in step.operation != .afterSync }
    if step.operation == .repeatable {
      moved.repeated[Path(step.script.path).name] = step.checksum
    }
    return moved
  }

  /// The same repository when nothing of it is left.
  func cleared() -> Self {
    var cleared = Self(member: member, version: nil, late: [])
    cleared.isHookOwed = isHookOwed.map { _ in false }
    return cleared
  }

  /// The scripts for `dialect` that have no version and are to run, in order.
  ///
  /// - Throws: ``MigrationError`` for one that cannot be read.
  func dueScripts(for dialect: Dialect) throws(MigrationError) -> [DueScript] {
    let hook = isHookOwed == true ? repository.hook(.afterSync, for: dialect) : nil
    return try dueRepeatables(for: dialect).map { DueScript(operation: .repeatable, path: $0) }
      + [hook.map { DueScript(operation: .afterSync, path: $0) }].compactMap(\.self)
  }

  /// The repeatable scripts for `dialect` whose text is not what ran, in order.
  ///
  /// - Throws: ``MigrationError`` for one that cannot be read.
  func dueRepeatables(for dialect: Dialect) throws(MigrationError) -> [Path] {
    var due: [Path] = []
    for path in repository.repeatables(for: dialect) {
      let text: [UInt8]
      do { text = try FileSystem.read(path.text) } catch { throw .repository(.file(error)) }
      if repeated[path.name] != NormalizedText(text[...]).checksum { due.append(path) }
    }
    return due
  }
}

/// A script without a version that is to run.
public struct DueScript: Hashable, Sendable {
  /// What it does.
  public let operation: Operation
  /// Where it is.
  public let path: Path
}
