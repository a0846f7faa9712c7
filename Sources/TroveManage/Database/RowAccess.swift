/// What a session offers to a program that works with rows, such as a service: statements with values apart from
/// their text, and transactions that keep no migration from running.
public protocol RowAccess: AnyObject {
  /// Makes the session one in which foreign keys hold and values come exactly and in the form that is documented,
  /// from here on and wherever it is opened.
  ///
  /// SQLite holds no foreign keys unless it is told ("PRAGMA foreign_keys" of pragma.html); PostgreSQL prints values
  /// as role and database are set to.
  ///
  /// - Throws: ``DatabaseError`` when it cannot.
  func prepareForRows() throws(DatabaseError)

  /// Begins a transaction that others may have at the same time; the runners' lock stays free.
  ///
  /// SQLite has one writer at a time: there it waits for the one that is, so that no statement inside has to.
  ///
  /// - Throws: ``DatabaseError``; none is begun then.
  func beginWork() throws(DatabaseError)

  /// Runs one statement, its values bound to its placeholders ``Dialect/placeholder(_:)``.
  ///
  /// PostgreSQL's integers come as such, everything else as the text that the server prints.
  ///
  /// - Throws: ``DatabaseError`` when the engine refuses it.
  func run(_ statement: String, binding values: [Value]) throws(DatabaseError) -> QueryResult

  /// The schemas in which a bare name is looked up, first to last; SQLite has `main`.
  ///
  /// - Throws: ``DatabaseError`` when the session is lost.
  func searchPath() throws(DatabaseError) -> [String]
}
