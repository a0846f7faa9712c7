import TroveManage

/// The plugin `com.foo.dbaas.db.plugin.DBPlugins`: its repository makes the tables, its mapper maps them.
public struct DBPlugins: DBPlugin {
  /// Made when a service starts whose `db_plugins` names it.
  public init() {}

  /// Maps `person` and `person_instance`.
  public let mapper: any Mapper = PersonMapper()

  /// The version that this code was written for.
  public let repositoryVersion: Int? = 4
}

/// Maps the plugin's tables.
struct PersonMapper: Mapper {
  func map(_ engine: Engine) throws {
    _ = try engine.table("person", autoload: true)
    _ = try engine.table("person_instance", autoload: true)
  }
}
