/// Where a repository's schema stands in the database.
public struct Standing: Sendable {
  /// The repository in its role.
  public let member: Member
  /// The version; `nil` when the database is not under the repository's version control.
  public let version: Int?
  /// Versions below ``version`` that appeared after it was reached, so that nothing ever ran them.
  public let late: [Int]
  /// How far a script outside a transaction has come that was interrupted.
  public var progress: Progress?

  /// The repository.
  public var repository: Repository { member.repository }

  /// Whether the repository has the version: not when newer code, or another repository, ran here.
  public var isKnown: Bool { version.map(repository.canStand(at:)) ?? true }

  /// Whether the repository can go on from here.
  public var isSound: Bool { isKnown && late.isEmpty }

  /// The versions that an upgrade to the latest would bring, in order.
  public var pending: [Int] {
    repository.versions.filter { $0 > (version ?? 0) }
  }

  /// The same repository at another version.
  func moved(to version: Int) -> Self {
    Self(member: member, version: version, late: late)
  }
}
