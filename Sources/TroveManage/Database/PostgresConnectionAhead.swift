internal import CPostgres

extension PostgresConnection {
  /// Sends statements of our own, and does not wait: whoever needs the session next, or ``settle()``, hears what
  /// became of them.
  ///
  /// They are sent at once, apart from those that follow, and the server works while its client does something
  /// else.
  func execute(ahead commands: [Command]) throws(DatabaseError) {
    try settle()
    let batch = PostgresBatch(deferred + commands)
    forgetDeferred()
    try dispatch(batch)
    unanswered = batch
  }

  /// Sends the statements at once.
  public func sendAhead(_ commands: [Command]) throws(DatabaseError) -> [Command] {
    if !commands.isEmpty { try execute(ahead: commands) }
    return []
  }

  /// Hears what became of what was sent ahead, which leaves the transaction as it was.
  public func settle() throws(DatabaseError) {
    guard let batch = unanswered.take() else { return }
    let commands = batch.commands
    try collect(batch) { (result, index) throws(DatabaseError) in
      try result.check(commands[index], at: index)
    }
    guard unsafe PQtransactionStatus(handle) == PQTRANS_INTRANS else { throw .transactionEnded }
  }

  /// How the session stands to transactions, now that everything that was sent is answered.
  func transactionStatus() throws(DatabaseError) -> PGTransactionStatusType {
    try settle()
    return unsafe PQtransactionStatus(handle)
  }
}

extension PostgresResult {
  /// Makes sure that the command with that number has changed as many rows as it must.
  func check(_ command: Command, at index: Int) throws(DatabaseError) {
    guard let required = command.requiredChanges, changes != required else { return }
    throw .unexpectedChanges(required: required, actual: changes).at(.init(command: index))
  }
}
