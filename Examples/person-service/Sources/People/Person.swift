import FoundationEssentials
import TroveManage

/// A person, and since when the row is as it is.
public struct Person: RowDecodable {
  /// The key.
  public let id: String
  /// What the person is called.
  public let name: String
  /// Where mail goes.
  public let email: String?
  /// When name or email last changed.
  public let updated: Date?

  /// Made of a row of `person`.
  public init(_ row: MappedRow) throws(ServiceError) {
    id = try row.value("id")
    name = try row.value("name")
    email = try row.value("email")
    updated = try row.value("updated")
  }
}
