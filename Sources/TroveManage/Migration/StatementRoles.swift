/// How a script's statements stand to transactions: kept of those that are not ordinary, which are few.
struct StatementRoles: Sendable {
  /// The roles that are not ordinary, by the statements' numbers, counted from 0; in their order.
  private(set) var special: [(index: Int, role: TransactionRole)] = []

  /// The roles of ordinary statements.
  init() {}

  /// The roles of `statements`, now that it can be known what is partitioned.
  init(
    _ statements: [Statement], _ isPartitioned: (CatalogName) throws(MigrationError) -> Bool
  ) throws(MigrationError) {
    for (index, statement) in statements.enumerated() {
      if case .ordinary = statement.role { continue }
      special.append((index, try statement.role.settled(isPartitioned)))
    }
  }

  /// The role of the statement with that number.
  subscript(index: Int) -> TransactionRole {
    special.first { $0.index == index }?.role ?? .ordinary
  }

  /// The numbers of the statements that the engine refuses inside a transaction.
  var lone: [Int] { special.filter(\.role.isLone).map(\.index) }

  func contains(_ role: TransactionRole) -> Bool { special.contains { $0.role == role } }
}

extension TransactionRole {
  /// The role, now that it can be known what is partitioned.
  func settled(
    _ isPartitioned: (CatalogName) throws(MigrationError) -> Bool
  ) throws(MigrationError) -> Self {
    guard case .rebuild(let name, let lone) = self else { return self }
    return try isPartitioned(name) ? .lone(lone) : .ordinary
  }
}
