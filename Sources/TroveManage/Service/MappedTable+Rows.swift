/// A type that can be made of a row.
public protocol RowDecodable {
  /// Made of the row's values.
  init(_ row: MappedRow) throws(ServiceError)
}

extension MappedTable {
  /// The rows that meet a condition.
  ///
  /// - Parameters:
  ///   - condition: which rows.
  ///   - order: by what they are sorted; the order of the engine otherwise, which is any.
  ///   - limit: how many at most; `nil` for all.
  /// - Returns: the rows, all in memory.
  /// - Throws: ``ServiceError``.
  public func select(
    where condition: Condition = .everything, orderBy order: [SortOrder] = [], limit: Int? = nil
  ) throws(ServiceError) -> [MappedRow] {
    var draft = StatementDraft(self)
    draft.append("SELECT \(columnList) FROM \(sqlName)")
    try draft.append(where: condition)
    try draft.append(orderBy: order)
    if let limit { draft.append(" LIMIT \(max(limit, 0))") }
    return try session.run(draft, on: self).rows.map { MappedRow($0, of: self) }
  }

  /// The rows that meet a condition, each as a value of `type`.
  ///
  /// - Parameters:
  ///   - type: what to make of each row.
  ///   - condition: which rows.
  ///   - order: by what they are sorted; the order of the engine otherwise, which is any.
  ///   - limit: how many at most; `nil` for all.
  /// - Returns: the values, all in memory.
  /// - Throws: ``ServiceError``, also the one with which `type` refuses a row.
  public func select<Result: RowDecodable>(
    _ type: Result.Type, where condition: Condition = .everything, orderBy order: [SortOrder] = [],
    limit: Int? = nil
  ) throws(ServiceError) -> [Result] {
    var results: [Result] = []
    for row in try select(where: condition, orderBy: order, limit: limit) {
      results.append(try Result(row))
    }
    return results
  }

  /// How many rows meet a condition.
  ///
  /// - Throws: ``ServiceError``.
  public func count(where condition: Condition = .everything) throws(ServiceError) -> Int {
    var draft = StatementDraft(self)
    draft.append("SELECT count(*) FROM \(sqlName)")
    try draft.append(where: condition)
    return try session.run(draft, on: self).rows.first?.first?.integer.map { Int($0) } ?? 0
  }

  /// Adds a row.
  ///
  /// - Parameter values: the values by column; what is left out gets its default.
  /// - Returns: the row with what the engine made up; on SQLite without what its triggers do, which comes later
  ///   (lang_returning.html §2).
  /// - Throws: ``ServiceError``.
  @discardableResult
  public func insert(_ values: [String: (any ColumnValue)?]) throws(ServiceError) -> MappedRow {
    var draft = StatementDraft(self)
    let names = values.keys.sorted()
    if names.isEmpty {
      draft.append("INSERT INTO \(sqlName) DEFAULT VALUES")
    } else {
      var columns: [Column] = []
      for name in names { columns.append(try requiredColumn(name)) }
      let list = columns.map { session.dialect.identifier($0.name) }.joined(separator: ", ")
      draft.append("INSERT INTO \(sqlName) (\(list)) VALUES (")
      for (index, column) in columns.enumerated() {
        if index > 0 { draft.append(", ") }
        try draft.append(values[column.name] ?? nil, for: column)
      }
      draft.append(")")
    }
    draft.append(" RETURNING \(columnList)")
    let rows = try session.run(draft, on: self).rows
    guard let row = rows.first else { throw .noRow(table: name) }
    return MappedRow(row, of: self)
  }

  /// Changes the rows that meet a condition.
  ///
  /// - Parameters:
  ///   - values: the new values by column; without any, nothing happens.
  ///   - condition: which rows; ``Condition/everything`` has to be said.
  /// - Returns: how many rows there were.
  /// - Throws: ``ServiceError``.
  @discardableResult
  public func update(
    _ values: [String: (any ColumnValue)?], where condition: Condition
  ) throws(ServiceError) -> Int {
    guard !values.isEmpty else { return 0 }
    var draft = StatementDraft(self)
    draft.append("UPDATE \(sqlName) SET ")
    for (index, name) in values.keys.sorted().enumerated() {
      let column = try requiredColumn(name)
      draft.append("\(index == 0 ? "" : ", ")\(session.dialect.identifier(column.name)) = ")
      try draft.append(values[name] ?? nil, for: column)
    }
    try draft.append(where: condition)
    return try session.run(draft, on: self).count ?? 0
  }

  /// Deletes the rows that meet a condition.
  ///
  /// - Parameter condition: which rows; ``Condition/everything`` has to be said.
  /// - Returns: how many rows there were.
  /// - Throws: ``ServiceError``.
  @discardableResult
  public func delete(where condition: Condition) throws(ServiceError) -> Int {
    var draft = StatementDraft(self)
    draft.append("DELETE FROM \(sqlName)")
    try draft.append(where: condition)
    return try session.run(draft, on: self).count ?? 0
  }

  private var columnList: String {
    columns.map { sqlName(of: $0) }.joined(separator: ", ")
  }
}
