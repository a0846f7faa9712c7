/// A version of a datastore: how the guests look that run it.
public struct DatastoreVersion: Hashable, Sendable {
  /// What tells a version from the others.
  public struct Identity: Hashable, Sendable, CustomStringConvertible {
    /// The row's UUID.
    public let id: String
    /// Its name; `nil` where the row has none, or is missing.
    public let name: String?
    /// Its number, by which versions with one name are told apart.
    public let number: String?

    /// `name(number)`, as Trove writes it, or the id when there is no name.
    public var description: String {
      guard let name else { return id }
      return "\(name)(\(number ?? ""))"
    }
  }

  /// Whether instances can be made with a version.
  public enum Activity: String, Hashable, Sendable {
    case active
    case inactive
  }

  /// What an operator decides about a version.
  public struct Content: Hashable, Sendable {
    /// The manager that administers the guests.
    public var manager: String?
    /// The image that guests are made from.
    public var imageID: String?
    /// The tags by which the image is found, joined by commas.
    public var imageTags: String?
    /// The packages that the guests need.
    public var packages: String?
    /// Whether instances can be made with the version.
    public var activity: Activity
    /// The class of the guest agent; `nil` for the manager's own.
    public var registryExtension: String?
    /// The class that sets up replication; `nil` for the manager's own.
    public var replicationStrategy: String?

    /// A content without tags, with the manager's own classes.
    public init(manager: String, imageID: String, packages: String, activity: Activity) {
      self.manager = manager
      self.imageID = imageID
      self.packages = packages
      self.activity = activity
    }
  }

  /// What tells it from the others.
  public let identity: Identity
  /// The UUID of its datastore.
  public let datastoreID: String?
  /// The name of its datastore; `nil` when the datastore is missing.
  public let datastoreName: String?
  /// What the row says besides.
  public let content: Content
}

/// How an operator names a version.
public struct VersionSelector: Hashable, Sendable {
  /// The datastore's name, or its id.
  public let datastore: String
  /// The version's name, or its id.
  public let version: String
  /// The version's number; `nil` when there is only one version with the name.
  public let number: String?

  /// A version of `datastore`; an empty `number` is none.
  public init(datastore: String, version: String, number: String? = nil) {
    self.datastore = datastore
    self.version = version
    self.number = number?.isEmpty == true ? nil : number
  }
}
