extension DatabaseError {
  /// What PostgreSQL says of a transaction that it has given up.
  static let aborted = Self(
    .statement, code: "25P02",
    message: "current transaction is aborted, commands ignored until end of transaction block")

  /// The refusal to undo what another connection's work is built on.
  static let entangled = Self(
    .statement,
    message:
      "what this connection did cannot be undone without undoing what another one has committed since",
    hint:
      "all connections of a version share one transaction: commit them in the order in which they began"
  )
}
