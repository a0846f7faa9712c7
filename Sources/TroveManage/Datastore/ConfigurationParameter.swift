/// A parameter that configuration groups of a datastore version may set.
public struct ConfigurationParameter: Hashable, Sendable {
  /// When a change of the parameter takes effect.
  public enum Effect: Hashable, Sendable {
    case atOnce
    case afterRestart
  }

  /// The row's UUID.
  public let id: String
  /// Its name, which no other parameter of the version has.
  public let name: String
  /// When a change takes effect.
  public let effect: Effect
  /// The type of its values, such as `integer`.
  public let dataType: String
  /// The largest value, as it was written; `nil` for no limit.
  public let maximum: String?
  /// The smallest value, as it was written; `nil` for no limit.
  public let minimum: String?
}

/// What became of a version's parameters.
public struct ParameterChange: Hashable, Sendable {
  /// The version.
  public let version: DatastoreVersion.Identity
  /// The rows that were written or removed, in the order of the file, or of their names.
  public let parameters: [ConfigurationParameter]
  /// How many of them were there before.
  public let knownCount: Int
}
