/// Asks an engine's catalog what the schema is.
public protocol SchemaReading: AnyObject {
  /// The objects of the user's schema, sorted, in a form in which equal ones have equal texts.
  ///
  /// SQLite's is `main` without its own `sqlite_…`; PostgreSQL's is every schema but its own, without what
  /// extensions brought and what is temporary. What a column owns, and what backs a constraint, belongs to
  /// the table. Owners, privileges, comments, statistics, tablespaces and the order of columns are no part
  /// of it.
  ///
  /// Can be asked in a transaction and outside; nothing of the session changes.
  ///
  /// - Parameter names: what to look for, each found when it is there; `nil` for everything.
  /// - Returns: the objects, sorted by their names.
  /// - Throws: ``DatabaseError`` when the catalog cannot be read.
  func schema(of names: [ObjectName]?) throws(DatabaseError) -> [SchemaObject]

  /// The foreign keys of all tables.
  ///
  /// - Throws: ``DatabaseError`` when the catalog cannot be read.
  func foreignKeys() throws(DatabaseError) -> [ForeignKeyReference]

  /// All tables of the user's with their columns in order, sorted by name; nothing else of the schema.
  ///
  /// Those of SQLite and of extensions, and the tables in which a virtual table keeps its rows, are left out.
  ///
  /// - Throws: ``DatabaseError`` when the catalog cannot be read.
  func tableShapes() throws(DatabaseError) -> [TableShape]
}
