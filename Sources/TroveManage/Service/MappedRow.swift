/// A row of a mapped table.
public struct MappedRow {
  private let table: MappedTable
  private let values: Row

  init(_ values: Row, of table: MappedTable) {
    self.table = table
    self.values = zip(values, table.columns).map { MappedTable.value($0, of: $1) }
  }

  /// The value of a column, as a value of the type that is wanted; `nil` only where that is an optional one.
  ///
  /// - Parameters:
  ///   - name: the column.
  ///   - type: what is wanted; mostly inferred.
  /// - Returns: the value.
  /// - Throws: ``ServiceError/noColumn(_:table:columns:)``, ``ServiceError/noValue(column:)`` for NULL, and
  ///   ``ServiceError/valueKind(_:column:wanted:)``.
  public func value<Wanted: ColumnValue>(
    _ name: String, as type: Wanted.Type = Wanted.self
  ) throws(ServiceError) -> Wanted {
    guard let value: Wanted = try value(name, as: Wanted?.self) else {
      throw table.session.explained(.noValue(column: "\(table.name).\(name)"), on: table)
    }
    return value
  }

  /// The value of a column, as a value of the type that is wanted, or `nil` for NULL.
  ///
  /// - Parameters:
  ///   - name: the column.
  ///   - type: what is wanted; mostly inferred.
  /// - Returns: the value.
  /// - Throws: ``ServiceError/noColumn(_:table:columns:)`` and ``ServiceError/valueKind(_:column:wanted:)``.
  public func value<Wanted: ColumnValue>(
    _ name: String, as type: Wanted?.Type = Wanted?.self
  ) throws(ServiceError) -> Wanted? {
    guard let index = table.columns.firstIndex(where: { $0.name == name }) else {
      throw .noColumn(name, table: table.name, columns: table.columns.map(\.name))
    }
    if values[index] == .null { return nil }
    guard let value = Wanted(values[index]) ?? Self.number(values[index], of: table.columns[index])
    else {
      let wrong = ServiceError.valueKind(
        values[index], column: "\(table.name).\(name)", wanted: "\(Wanted.self)")
      throw table.session.explained(wrong, on: table)
    }
    return value
  }

  /// An exact number, for whoever wants no exact one.
  private static func number<Wanted: ColumnValue>(
    _ value: Value, of column: MappedTable.Column
  ) -> Wanted? {
    guard column.family == .decimal, let number = value.text.flatMap(Double.init) else {
      return nil
    }
    return Wanted(.real(number))
  }

  /// The value of a column as the engine has it, for whoever knows no more of the column; `nil` when there is none.
  public subscript(name: String) -> Value? {
    table.columns.firstIndex { $0.name == name }.map { values[$0] }
  }
}
