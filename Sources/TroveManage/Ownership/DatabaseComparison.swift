/// Holds a database against another one, or against what the repositories' scripts make.
///
/// Neither is written to.
public struct DatabaseComparison {
  private let database: Database
  private let members: [Member]

  /// Compares `database`, in which the version tables of `members` and our own tables do not count.
  public init(of database: Database, members: [Member]) {
    self.database = database
    self.members = members
  }

  /// How many objects there are, and how they differ.
  public struct Result: Sendable {
    /// How the database differs from what it was held against.
    public let difference: SchemaDifference
    /// How many objects the database has.
    public let count: Int
  }

  /// Holds the database against `other`.
  ///
  /// - Throws: ``ScratchError/incomparable(_:_:)`` for a database of another engine,
  ///   ``ScratchError/noFile(_:)`` and ``ScratchError/database(_:)``.
  public func result(against other: Database) throws(ScratchError) -> Result {
    guard other.url.dialect == database.url.dialect else {
      throw .incomparable(database.url, other.url)
    }
    if let path = other.url.missingFile { throw .noFile(path) }
    return result(try schema(of: database), from: try schema(of: other))
  }

  /// Holds the database against what `build` makes of `levels`.
  public func result(
    against levels: [ScratchBuild.Level], from build: ScratchBuild
  ) throws(ScratchError) -> Result {
    let expected = try build.schema(of: levels)
    return result(try schema(of: database), from: expected.withoutBookkeeping(of: members))
  }

  private func result(_ schema: [SchemaObject], from expected: [SchemaObject]) -> Result {
    Result(difference: SchemaDifference(of: schema, from: expected), count: schema.count)
  }

  private func schema(of database: Database) throws(ScratchError) -> [SchemaObject] {
    try ScratchError.catching { () throws(DatabaseError) in
      try database.connection(for: .reading).schema(of: nil).withoutBookkeeping(of: members)
    }
  }
}
