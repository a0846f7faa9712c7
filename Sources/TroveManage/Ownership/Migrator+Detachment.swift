extension Migrator {
  /// Forgets a repository: its version, what it owns and where its scripts were interrupted.
  ///
  /// What it owns stays and belongs to nobody then. All of it is one transaction under the runners' lock.
  ///
  /// - Parameters:
  ///   - key: the repository, be it that its folder is gone.
  ///   - contracts: what others require of it; it keeps them from being broken.
  /// - Returns: what there was.
  /// - Throws: ``MigrationError``, and nothing is changed then.
  public func detach(
    _ key: RepositoryKey, heeding contracts: ContractRule
  ) throws(MigrationError) -> PluginHoldings {
    try underLock { (connection) throws(MigrationError) in
      if !members.isEmpty {
        try contracts.check(detaching: state(for: .writing).standings, on: connection)
      }
      let holdings = try PluginHoldings(
        of: key, among: members + contracts.neighbours, on: connection)
      let commands = try commands(detaching: holdings, on: connection)
      try MigrationError.catching { () throws(DatabaseError) in try connection.execute(commands) }
      return holdings
    }
  }

  private func commands(
    detaching holdings: PluginHoldings, on connection: any Connection
  ) throws(MigrationError) -> [Command] {
    let key = holdings.key
    let owner = Owner.repository(key)
    let found = try MigrationError.catching { () throws(DatabaseError) in
      try connection.tables(
        named: [key.versionTable, ProgressTable.tableName, Journal.tableName])
    }
    let table = try OwnerTable(on: connection)
    let owned = try table.owners(on: connection).objects(of: owner)
    var commands = [try VersionTable(found[0], dialect: connection.dialect).release(key.id)]
      .compactMap(\.self)
    commands += try ProgressTable(found[1], dialect: connection.dialect).forget(key)
    if table.exists { commands += table.forget(owned) + table.forget(owner) }
    guard let version = holdings.version else { return commands }
    do throws(JournalError) {
      let journal = try Journal(found[2], dialect: connection.dialect)
      // A database that was taken over has none yet; its history is not to begin with this.
      guard journal.table.exists else { return commands }
      return commands + [
        journal.record(.detach(key, at: version), of: options.identity(), taking: .measured(.zero))
      ]
    } catch {
      throw .journal(error)
    }
  }
}
