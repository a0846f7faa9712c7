extension PostgresConnection {
  /// Drops what nothing depends on, again and again, until nothing is left.
  ///
  /// A function may need the row type of a table and a table a function, a view a materialized view and the
  /// other way round: only the server knows (5.14 "Dependency Tracking"), and tells by refusing.
  public func drop(_ objects: [ObjectName], and statements: [Command]) throws(DatabaseError) {
    var waiting = drops(of: objects) + statements
    while !waiting.isEmpty {
      var refused: [Command] = []
      var first: DatabaseError?
      for statement in waiting {
        guard let error = try refusal(of: statement) else { continue }
        refused.append(statement)
        if first == nil { first = error }
      }
      if let first, refused.count == waiting.count { throw first }
      waiting = refused
    }
    for schema in objects where schema.kind == .schema {
      _ = try refusal(of: Command("DROP SCHEMA \(dialect.identifier(schema.name))"))
    }
  }

  /// Executes a statement, unless something depends on what it drops: the error that says so then.
  private func refusal(of statement: Command) throws(DatabaseError) -> DatabaseError? {
    setReturn()
    do throws(DatabaseError) {
      try execute([statement])
      forgetReturn()
      return nil
    } catch {
      guard error.code == Self.dependentObjects else { throw error }
      try goBack()
      forgetReturn()
      return error
    }
  }

  private static let dependentObjects = "2BP01"

  /// A statement for each object, but one for all tables; schemas are left out.
  ///
  /// A trigger goes with its table.
  private func drops(of objects: [ObjectName]) -> [Command] {
    let doomed = Set(objects)
    let triggers = objects.filter { name in
      name.kind == .trigger && name.tableName.map(doomed.contains) != true
    }
    let order: [[ObjectName]] =
      [triggers, of(.view, objects), of(.materializedView, objects)].flatMap { $0.map { [$0] } }
      + [of(.table, objects)].filter { !$0.isEmpty }
      + [of(.function, objects), of(.sequence, objects), of(.type, objects)].flatMap {
        $0.map { [$0] }
      }
    return order.map { names in
      // A partition's copy of a trigger goes with the original.
      // DROP TYPE takes domains as well, DROP ROUTINE functions, procedures and aggregates.
      let kind = names[0].kind == .function ? "routine" : names[0].kind.rawValue
      let list = names.map(quoted).joined(separator: ", ")
      return Command("DROP \(kind.uppercased()) IF EXISTS \(list)")
    }
  }

  private func of(_ kind: ObjectName.Kind, _ objects: [ObjectName]) -> [ObjectName] {
    objects.filter { $0.kind == kind }.sorted()
  }

  /// The name as `DROP` takes it.
  private func quoted(_ name: ObjectName) -> String {
    let schema = dialect.identifier(name.schema)
    switch name.kind {
    case .trigger:
      return "\(dialect.identifier(name.name)) ON \(schema).\(dialect.identifier(name.table ?? ""))"
    case .function:
      let arguments = name.name.firstIndex(of: "(") ?? name.name.endIndex
      let bare = dialect.identifier(String(name.name[..<arguments]))
      return "\(schema).\(bare)\(name.name[arguments...])"
    default: return "\(schema).\(dialect.identifier(name.name))"
    }
  }
}
