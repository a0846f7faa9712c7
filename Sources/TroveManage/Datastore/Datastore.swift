/// A datastore: a kind of database that Trove offers.
public struct Datastore: Hashable, Sendable {
  /// The row's UUID.
  public let id: String
  /// Its name, which no other datastore has.
  public let name: String
  /// The version that an instance gets that asks for none; `nil` when there is no default.
  public let defaultVersion: DatastoreVersion.Identity?
}
