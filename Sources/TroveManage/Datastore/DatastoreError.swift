/// Why the datastores could not be read or changed; nothing was changed then.
public enum DatastoreError: Error, DatabaseFailure, Hashable, Sendable {
  case database(DatabaseError)
  /// The session broke before the commit was answered: the change may be there or not.
  case commitUnanswered(DatabaseError)
  /// The file with the rules could not be read.
  case file(FileError)
  /// A place in the file with the rules is wrong.
  case rules(RulesFault)
  /// The database has no such table.
  case noTable(String)
  /// The table lacks a column that a later version of core's schema adds.
  ///
  /// `coreVersion` is `nil` when the database does not say where it stands.
  case noColumn(String, table: String, coreVersion: Int?)
  case datastoreNotFound(String)
  case versionNotFound(VersionSelector)
  /// More than one version has the name.
  case versionAmbiguous(String, candidates: [DatastoreVersion.Identity])
  /// A version that is not active cannot be the default.
  case versionInactive(String)
  /// The version has the flavor or volume type already.
  case associated(VersionAssociation.Kind, String, versionID: String)
  /// The version does not have the flavor or volume type.
  case notAssociated(VersionAssociation.Kind, String, versionID: String)
  /// A value does not fit its column.
  case value(ColumnFault)

  /// What the engine said, when it was the engine.
  public var databaseError: DatabaseError? {
    switch self {
    case .database(let error), .commitUnanswered(let error): error
    default: nil
    }
  }
}

extension DatastoreError: CustomStringConvertible {
  /// What went wrong, in Trove's words where it has any, and what to do.
  public var description: String {
    switch self {
    case .database(let error): error.description
    case .commitUnanswered(let error):
      """
      the session broke before the database answered the commit: \(error.message)
      hint: the change may be there or not; datastore_list and datastore_version_list tell
      """
    case .file(let error): error.description
    case .rules(let fault): fault.description
    case .noTable, .noColumn: schemaText
    case .datastoreNotFound(let name): "Datastore '\(name)' cannot be found."
    case .versionNotFound(let selector):
      "Datastore version '\(selector.versionText)' cannot be found."
    case .versionAmbiguous(let name, let candidates):
      """
      Multiple datastore versions found for '\(name)', use an UUID or specify both the name and version \
      number to be more specific.
      hint: they are \(candidates.map { "\($0) with the id \($0.id)" }.joined(separator: ", "))
      """
    case .versionInactive(let name): "Datastore version '\(name)' is not active."
    case .associated(let kind, let value, let id): kind.presentText(value, versionID: id)
    case .notAssociated(let kind, let value, let id): kind.absentText(value, versionID: id)
    case .value(let fault): fault.description
    }
  }

  private var schemaText: String {
    switch self {
    case .noTable(let table):
      """
      the database has no table \(table)
      hint: db_sync makes it
      """
    case .noColumn(let column, let table, let coreVersion):
      """
      \(coreVersion.map { "the database is at core version \($0), in which " } ?? "")\(table) has no column \
      \(column)
      hint: run db_sync
      """
    default: ""
    }
  }
}

extension VersionSelector {
  /// The name, with the number when there is one.
  fileprivate var versionText: String {
    number.map { "\(version)(\($0))" } ?? version
  }
}

extension VersionAssociation.Kind {
  fileprivate func presentText(_ value: String, versionID: String) -> String {
    switch self {
    case .flavor: "Flavor \(value) is already associated with datastore version \(versionID)"
    case .volumeType:
      "Datastore version \(versionID) and volume-type \(value) mapping already exists."
    }
  }

  fileprivate func absentText(_ value: String, versionID: String) -> String {
    switch self {
    case .flavor: "Flavor \(value) is not supported for datastore version \(versionID)"
    case .volumeType:
      "The volume type \(value) is not valid for datastore version \(versionID)."
    }
  }
}
