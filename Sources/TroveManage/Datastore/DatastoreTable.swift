/// A table of Trove's, and the columns of it that a command needs.
struct DatastoreTable {
  let name: String
  let columns: [String]

  static let datastores = Self(
    name: "datastores", columns: ["id", "name", "default_version_id"])
  /// What finds a version.
  static let versions = Self(
    name: "datastore_versions", columns: ["id", "datastore_id", "name", "version", "active"])
  /// The whole of a version.
  static let versionContents = Self(
    name: versions.name,
    columns: versions.columns + [
      "manager", "image_id", "image_tags", "packages", "registry_ext", "repl_strategy",
    ])
  /// The flavors and volume types of versions.
  static let associations = Self(
    name: "datastore_version_metadata",
    columns: [
      "id", "datastore_version_id", "key", "value", "created", "deleted", "deleted_at",
      "updated_at",
    ])
  static let parameters = Self(
    name: "datastore_configuration_parameters",
    columns: [
      "id", "name", "datastore_version_id", "restart_required", "max_size", "min_size",
      "data_type",
    ])
}
