/// A flavor or a volume type with which a datastore version may be used.
public struct VersionAssociation: Hashable, Sendable {
  /// What is associated.
  public enum Kind: String, Hashable, Sendable {
    case flavor
    case volumeType = "volume_type"
  }

  /// Whether an association counts: one that was taken away stays as a row.
  public enum Standing: String, Hashable, Sendable {
    case valid
    case deleted
  }

  /// The row's UUID.
  public let id: String
  /// The version.
  public let version: DatastoreVersion.Identity
  /// What is associated.
  public let kind: Kind
  /// The flavor's id, or the volume type's name.
  public let value: String
  /// Whether it counts.
  public let standing: Standing
}
