/// A version that appeared below the one that a repository stands at, so that nothing ever ran it.
public struct LateVersion: Hashable, Sendable {
  /// The version.
  public let number: Int
  /// The version before it that is there.
  ///
  /// Its step starts there: between the two lies nothing that ran.
  let predecessor: Int
}

/// What a run does about versions that appeared below the one that a repository stands at.
public enum LatePolicy: Hashable, Sendable {
  /// It refuses to go on.
  case refuse
  /// It runs them, in their order, before newer ones.
  case apply
}
