/// Which rows of a table are meant.
public indirect enum Condition {
  /// Every row.
  case everything
  /// Those whose column has the value; `nil` for those that have none.
  case equal(String, (any ColumnValue)?)
  /// Those whose column has another value, which is not those that have none; `nil` for those that have any.
  case unequal(String, (any ColumnValue)?)
  /// Those whose column has less than the value.
  case less(String, any ColumnValue)
  /// Those whose column has more than the value.
  case greater(String, any ColumnValue)
  /// Those whose column has one of the values; of none, no row.
  case among(String, [any ColumnValue])
  /// Those that meet all of the conditions; of none, every row.
  case all([Condition])
  /// Those that meet one of the conditions; of none, no row.
  case any([Condition])
  /// Those of which it is known that they do not meet the condition: as in SQL, a row whose column has no value meets
  /// neither a comparison of the column nor its opposite.
  case not(Condition)
}

/// By what rows are sorted; rows without a value come last.
public enum SortOrder: Sendable {
  /// By the column's values, least first.
  case ascending(String)
  /// By the column's values, greatest first.
  case descending(String)
}

/// A statement on its way, and the values that go with it.
struct StatementDraft {
  private(set) var text = ""
  private(set) var values: [Value] = []
  private let table: MappedTable

  /// How many values a statement can have on both engines (SQLite, limits.html §9; PostgreSQL has twice as many).
  private static let mostValues = 32_766

  /// A statement about `table`.
  init(_ table: MappedTable) { self.table = table }

  /// Appends SQL.
  mutating func append(_ sql: String) { text += sql }

  /// Appends a placeholder for the value of `column`.
  mutating func append(
    _ value: (any ColumnValue)?, for column: MappedTable.Column
  ) throws(ServiceError) {
    try append(try table.value(value, for: column))
  }

  /// Appends a placeholder for the value with which `column` is compared.
  private mutating func append(
    operand value: any ColumnValue, for column: MappedTable.Column
  ) throws(ServiceError) {
    try append(try table.operand(value, for: column))
  }

  private mutating func append(_ value: Value) throws(ServiceError) {
    guard values.count < Self.mostValues else { throw .tooManyValues(limit: Self.mostValues) }
    values.append(value)
    text += table.session.dialect.placeholder(values.count)
  }

  /// Appends ` WHERE …`, or nothing for every row.
  mutating func append(where condition: Condition) throws(ServiceError) {
    if case .everything = condition { return }
    text += " WHERE "
    try append(condition)
  }

  /// Appends ` ORDER BY …`, or nothing for any order.
  mutating func append(orderBy orders: [SortOrder]) throws(ServiceError) {
    var separator = " ORDER BY "
    for order in orders {
      let (name, word) =
        switch order {
        case .ascending(let name): (name, "ASC")
        case .descending(let name): (name, "DESC")
        }
      text += "\(separator)\(sqlName(try table.requiredColumn(name))) \(word) NULLS LAST"
      separator = ", "
    }
  }

  /// The column with its table.
  private func sqlName(_ column: MappedTable.Column) -> String { table.sqlName(of: column) }

  private mutating func append(_ condition: Condition) throws(ServiceError) {
    switch condition {
    case .everything: text += "1 = 1"
    case .equal(let name, let value): try append(name, value, "=", orNull: "IS NULL")
    case .unequal(let name, let value): try append(name, value, "<>", orNull: "IS NOT NULL")
    case .less(let name, let value): try append(name, value, "<", orNull: "")
    case .greater(let name, let value): try append(name, value, ">", orNull: "")
    case .among(let name, let values): try append(name, among: values)
    case .all(let parts): try append(parts, joinedBy: " AND ", none: "1 = 1")
    case .any(let parts): try append(parts, joinedBy: " OR ", none: "1 = 0")
    case .not(let part):
      text += "NOT ("
      try append(part)
      text += ")"
    }
  }

  private mutating func append(
    _ name: String, _ value: (any ColumnValue)?, _ operation: String, orNull words: String
  ) throws(ServiceError) {
    let column = try table.requiredColumn(name)
    text += "\(sqlName(column)) "
    guard let value else {
      text += words
      return
    }
    text += "\(operation) "
    try append(operand: value, for: column)
  }

  private mutating func append(
    _ name: String, among values: [any ColumnValue]
  ) throws(ServiceError) {
    let column = try table.requiredColumn(name)
    guard !values.isEmpty else {
      text += "1 = 0"
      return
    }
    text += "\(sqlName(column)) IN ("
    for (index, value) in values.enumerated() {
      if index > 0 { text += ", " }
      try append(operand: value, for: column)
    }
    text += ")"
  }

  private mutating func append(
    _ parts: [Condition], joinedBy word: String, none: String
  ) throws(ServiceError) {
    guard !parts.isEmpty else {
      text += none
      return
    }
    for (index, part) in parts.enumerated() {
      text += index == 0 ? "(" : "\(word)("
      try append(part)
      text += ")"
    }
  }
}
