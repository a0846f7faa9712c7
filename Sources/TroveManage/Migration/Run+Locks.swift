extension Run {
  /// Refuses, before anything runs, a transaction that would keep more relations locked than the server has
  /// room for: it would be rolled back for that, be it after an hour.
  func checkLocks(of units: [Plan.Unit]) throws(MigrationError) {
    let connection = try migrator.connection(for: .reading)
    guard let harmless = connection.harmlessLocks, let most = units.map(\.locks).max(),
      most > harmless
    else { return }
    let room = try MigrationError.catching { () throws(DatabaseError) in
      try connection.lockRoom()
    }
    if let room, most > room.locks { throw .tooManyLocks(count: most, room) }
  }
}

extension Plan.Unit {
  /// How many relations the unit's scripts lock at least; those that are longer than memory are about rows.
  fileprivate var locks: Int {
    switch self {
    case .transaction(let steps), .group(let steps):
      steps.reduce(0) { $0 + $1.script.statements.reduce(0) { $0 + $1.locks } }
    case .outside: 0
    }
  }
}
