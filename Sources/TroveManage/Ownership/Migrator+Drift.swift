extension Migrator {
  /// What was changed outside migrations; nothing is locked or written.
  public func drifts() throws(MigrationError) -> [Drift] {
    let connection = try connection(for: .reading)
    return try OwnerReport(of: members, .members, on: connection).drifts
      .filter { !$0.difference.isEmpty }
  }

  /// Takes the schema of each repository, as it is, for what its scripts left: what is gone is nobody's any
  /// more, and what hangs on its tables belongs to it.
  ///
  /// All of it is one transaction under the runners' lock.
  ///
  /// - Parameter drifts: those that were shown.
  /// - Throws: ``MigrationError/rule(_:)`` when the schema is not any more what was shown.
  public func accept(_ drifts: [Drift]) throws(MigrationError) {
    try underLock { (connection) throws(MigrationError) in
      let bookkeeping = Bookkeeping(
        state: try state(for: .writing), identity: options.identity())
      let now = try OwnerReport(of: members, .members, on: connection)
      for drift in drifts {
        let repository = drift.member.repository
        guard now.drift(of: drift.member)?.difference == drift.difference else {
          throw .rule(SchemaChangedMeanwhile(repository: repository, lost: "it was not accepted"))
        }
        try drift.accept(on: connection)
        try MigrationError.catching { () throws(DatabaseError) in
          try connection.execute(
            bookkeeping.commands(acceptingSchemaOf: repository, at: drift.version))
        }
      }
    }
  }
}

extension Drift {
  /// Records the schema as it is.
  fileprivate func accept(on connection: any Connection) throws(MigrationError) {
    let table = try OwnerTable(on: connection)
    var owners = try table.owners(on: connection)
    let owner = Owner(member.repository)
    for entry in difference.entries {
      switch entry.change {
      case .missing: owners.entries[entry.object] = nil
      case .added: owners.entries[entry.object] = Owners.Entry(owner: owner, fingerprint: "")
      case .changed: break
      }
    }
    let record = OwnerRecord(
      changed: Set(difference.entries.map(\.object)), refreshed: [owner],
      versions: [owner: version], table: table)
    try record.write(&owners, on: connection)
  }
}

/// The schema of a repository changed between the look at it and what was to be recorded of it.
struct SchemaChangedMeanwhile: RuleViolation {
  let repository: Repository
  /// What was not done, in a few words.
  let lost: String
  let severity = RuleSeverity.difference

  var description: String {
    """
    somebody has changed the schema of \(repository.id) while it was looked at; \(lost)
    hint: run the command again
    """
  }
}
