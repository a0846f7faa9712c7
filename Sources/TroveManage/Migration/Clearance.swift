/// What goes when repositories are to be made anew, as far as it is remembered who owns what.
public struct Clearance: Sendable {
  /// What the repositories own and is there.
  public let doomed: [ObjectName]
  /// Everything that has an owner, be it one of the repositories or not; of the rest the scripts tell.
  public let known: Set<ObjectName>

  /// A clearance of what is remembered.
  public init(doomed: [ObjectName] = [], known: Set<ObjectName> = []) {
    self.doomed = doomed
    self.known = known
  }

  /// The objects of both.
  func joined(with other: Self) -> Self {
    Self(doomed: doomed + other.doomed, known: known.union(other.known))
  }
}
