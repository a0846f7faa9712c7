/// The database of a service, and the tables that are mapped on it.
///
/// It has one session, and belongs to the thread that made it; a service that works on several threads makes one for
/// each, by ``configureDB(_:registered:versions:dataFolder:)``.
///
/// Each statement outside ``transaction(_:)`` is a transaction of its own. Foreign keys hold on both engines. After
/// a session broke, or a write met another file in the place of a SQLite database, what is asked next opens another.
public final class Engine {
  /// The tables that are mapped, in the order in which that was done.
  public private(set) var tables: [MappedTable] = []

  let session: EngineSession
  /// Who maps tables now.
  private var mapping: String?
  /// What the database said when somebody began to map.
  private var catalog: EngineCatalog?

  init(_ session: EngineSession) { self.session = session }

  /// Where the database is.
  public var url: DatabaseURL { session.url }
  /// The SQL that the database understands.
  public var dialect: Dialect { session.dialect }

  /// A table.
  ///
  /// - Parameters:
  ///   - name: the table's name; PostgreSQL looks along the `search_path`, and to SQLite its case means nothing.
  ///   - autoload: whether to read the table from the database and map it; one that is mapped is what is asked for
  ///     otherwise, be it core's or another plugin's. After the service has started, one that is mapped is returned
  ///     as it is.
  /// - Returns: the table as it was when it was mapped.
  /// - Throws: ``ServiceError/noTable(_:owner:remedy:)``, ``ServiceError/mappedTwice(_:by:and:)`` and
  ///   ``ServiceError/notMapped(_:tables:)``.
  public func table(_ name: String, autoload: Bool = false) throws(ServiceError) -> MappedTable {
    let known = mapped(name)
    guard autoload else {
      guard let known else { throw .notMapped(name, tables: tables.map(\.name)) }
      return known
    }
    if let known {
      if let mapping, let owner = known.owner, owner != mapping {
        throw .mappedTwice(known.name, by: owner, and: mapping)
      }
      return known
    }
    guard let definition = try currentCatalog().table(name) else {
      throw .noTable(name, owner: mapping, remedy: session.remedy)
    }
    let table = MappedTable(owner: mapping, definition: definition, session: session)
    tables.append(table)
    return table
  }

  /// Runs `body` in a transaction: all of it, or, when it throws, nothing.
  ///
  /// On SQLite it is the only one that can write while it stands. A statement that failed ends it on both engines:
  /// what `body` does about the error makes no difference. A transaction inside another is refused, and ends it, too.
  ///
  /// - Throws: what `body` throws, and ``ServiceError``, also for a transaction inside another.
  public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try session.transaction(body)
  }

  /// Ends the session and rolls back an open transaction; the engine is of no more use.
  ///
  /// Without it, the session ends when nobody holds the engine, one of its tables or one of their rows any more.
  public func close() { session.close() }

  /// Lets `body` map tables in the name of `owner`.
  func mapping<Failure>(
    for owner: String, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    mapping = owner
    defer { mapping = nil }
    try body()
  }

  /// Whether the database has the table.
  func hasTable(_ name: String) throws(ServiceError) -> Bool {
    try currentCatalog().table(name) != nil
  }

  /// Forgets what the database said; what is asked from now on is asked anew.
  func finishMapping() { catalog = nil }

  private func mapped(_ name: String) -> MappedTable? {
    let isLenient = dialect == .sqlite
    return tables.first { table in
      let other = table.definition.name.name
      return other == name || isLenient && other.lowercased() == name.lowercased()
    }
  }

  private func currentCatalog() throws(ServiceError) -> EngineCatalog {
    if let catalog { return catalog }
    let read = try session.catalog()
    // While mappers are at work, nobody's table changes but by a run, which the next statement would meet.
    if mapping != nil { catalog = read }
    return read
  }
}
