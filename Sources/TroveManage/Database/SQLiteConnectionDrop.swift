extension SQLiteConnection {
  /// Drops triggers, views and tables.
  ///
  /// Nothing here depends on an order: foreign keys are off in our transactions, and the commit finds rows of
  /// others that have lost their parents. A virtual table comes before those in which it keeps its rows,
  /// whose names begin with its own.
  public func drop(_ objects: [ObjectName], and statements: [Command]) throws(DatabaseError) {
    let drops = [ObjectName.Kind.trigger, .view, .table].flatMap { kind in
      objects.filter { $0.kind == kind }.sorted().map { name in
        Command(
          "DROP \(kind.rawValue.uppercased()) IF EXISTS main.\(dialect.identifier(name.name))")
      }
    }
    try execute(drops + statements)
  }
}
