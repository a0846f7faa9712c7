/// The name of an object as the catalog has it, without quotes.
public struct CatalogName: Hashable, Sendable {
  /// The schema; `nil` where the statement leaves that to the session.
  public let schema: String?
  /// The name in the schema.
  public let name: String

  /// A name, in a schema or not.
  public init(schema: String? = nil, name: String) {
    self.schema = schema
    self.name = name
  }

  /// The name as a statement writes it, in quotes.
  func quoted(_ dialect: Dialect) -> String {
    [schema, name].compactMap(\.self).map { dialect.identifier($0) }.joined(separator: ".")
  }
}
