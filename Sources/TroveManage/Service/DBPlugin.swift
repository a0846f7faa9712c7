/// What a vendor adds to a service, by the name that `db_plugins` has for it.
///
/// `trove-manage db_sync` makes the plugin's tables from its repository; the object maps them when a service starts.
public protocol DBPlugin {
  /// Made when `db_plugins` names the plugin and a service starts.
  init() throws

  /// What maps the plugin's tables.
  var mapper: any Mapper { get }

  /// The version of the plugin's repository that the code was built for; `nil` for the latest one that the
  /// repository has.
  var repositoryVersion: Int? { get }
}

extension DBPlugin {
  /// The latest version of the repository.
  public var repositoryVersion: Int? { nil }
}

/// What maps tables on the engine of a service.
public protocol Mapper {
  /// Maps the tables, by ``Engine/table(_:autoload:)``.
  ///
  /// - Parameter engine: the engine, on which the tables of core, and of the plugins before this one, are mapped.
  /// - Throws: whatever keeps the service from starting.
  func map(_ engine: Engine) throws
}
