/// What the database says about the repositories of a run, asked in two queries whatever their number.
struct DatabaseState: Sendable {
  /// In the order of the run.
  private(set) var standings: [Standing] = []
  /// Where the run is remembered.
  let journal: Journal
  /// Where scripts outside a transaction are remembered until they are done.
  let progressTable: ProgressTable
  /// Where the texts of scripts that ran are kept.
  let texts: ScriptTexts
  /// Whether the journal was asked again, for a version that was jumped over.
  private var hasSuspects = false
  private var tables: [String: VersionTable] = [:]

  /// Asks the database where the repositories of `members` stand.
  ///
  /// The tables `others` are looked up in passing, since they are asked for next.
  ///
  /// The rows of the journal are checked before a run takes the lock, not again and again under it.
  ///
  /// - Throws: ``MigrationError``, also for a version table that is not ours and a row without a version.
  init(
    of members: [Member], from connection: any Connection, for purpose: Database.Purpose,
    lookingUp others: [String] = []
  ) throws(MigrationError) {
    try self.init(asking: connection, about: members, for: purpose, lookingUp: others)
    // A step that was begun has a row. Without the lock, its table may have been made behind the look for
    // tables, and before that for rows.
    guard purpose == .reading,
      standings.contains(where: { $0.version == nil && $0.progress != nil })
    else { return }
    try self.init(asking: connection, about: members, for: purpose, lookingUp: others)
  }

  /// What a database is assumed to say that nobody asks: none of its tables counts as there.
  init(assuming standings: [Standing], dialect: Dialect) throws(MigrationError) {
    func table(_ name: String) -> Table { Table(unasked: name, dialect: dialect) }
    self.standings = standings
    do {
      journal = try Journal(table(Journal.tableName), dialect: dialect)
    } catch {
      throw .journal(error)
    }
    do {
      texts = try ScriptTexts(table(ScriptTexts.tableName), dialect: dialect)
    } catch {
      throw .sideTable(error)
    }
    progressTable = try ProgressTable(table(ProgressTable.tableName), dialect: dialect)
    for name in Set(standings.map(\.repository.versionTable)) {
      tables[name] = try VersionTable(table(name), dialect: dialect)
    }
  }

  private init(
    asking connection: any Connection, about members: [Member], for purpose: Database.Purpose,
    lookingUp others: [String]
  ) throws(MigrationError) {
    let names = Set(members.map(\.repository.versionTable)).sorted()
    let found = try MigrationError.catching { () throws(DatabaseError) in
      try connection.tables(
        named: names + [Journal.tableName, ProgressTable.tableName, ScriptTexts.tableName] + others)
    }
    do {
      journal = try Journal(found[names.count], dialect: connection.dialect)
    } catch {
      throw .journal(error)
    }
    do {
      texts = try ScriptTexts(found[names.count + 2], dialect: connection.dialect)
    } catch {
      throw .sideTable(error)
    }
    progressTable = try ProgressTable(found[names.count + 1], dialect: connection.dialect)
    for (name, table) in zip(names, found) {
      tables[name] = try VersionTable(table, dialect: connection.dialect)
    }
    var rows = try ask(connection, about: members, for: purpose)
    while true {
      do { try journal.checkRows(rows) } catch { throw .journal(error) }
      standings = []
      for member in members {
        standings.append(try standing(of: member, rows: rows, connection: connection))
      }
      guard purpose == .reading, hasSuspects else { return }
      // Without the lock, another runner may have gone on between the two questions.
      let now = try ask(connection, about: members, for: purpose)
      guard Set(now) != Set(rows) else { return }
      rows = now
    }
  }

  /// The table that holds the version of `repository`.
  func versionTable(of repository: Repository) -> VersionTable? {
    tables[repository.versionTable]
  }

  /// The condition that the database still waits for `step`: the row stands where it must, and a version
  /// that appeared late did not run meanwhile.
  func condition(for step: Step) -> String? {
    guard let table = versionTable(of: step.repository) else { return nil }
    let stands = table.condition(step.repository, standsAt: step.rowBefore)
    guard step.isLate else { return stands }
    let last = journal.lastUpgrade(past: step.version, of: step.repository)
    return "\(stands) AND coalesce((\(last)), 0) <> \(step.version)"
  }

  /// Where the repository of `member` stands.
  func standing(of member: Member) -> Standing? {
    standings.first { $0.member.isSame(as: member) }
  }

  /// Whether the repositories stand where `other` says.
  func agrees(with other: Self) -> Bool {
    standings.map(\.version) == other.standings.map(\.version)
      && standings.map(\.lateVersions) == other.standings.map(\.lateVersions)
      && standings.map(\.progress) == other.standings.map(\.progress)
      && standings.map(\.repeated) == other.standings.map(\.repeated)
      && standings.map(\.isHookOwed) == other.standings.map(\.isHookOwed)
  }

  /// A table of ours that another one of its name is found in place of, by their whole names.
  func movedTable(since other: Self) -> (String, String)? {
    for (name, table) in other.tables where table.exists {
      guard let now = tables[name], now.name != table.name else { continue }
      return (table.name, now.name)
    }
    let (old, now) = (other.journal.table, journal.table)
    guard old.exists, old.qualifiedName != now.qualifiedName else { return nil }
    return (old.qualifiedName, now.qualifiedName)
  }

  /// Remembers that the repository of `step` was moved by it.
  mutating func apply(_ step: Step) {
    for index in standings.indices where standings[index].member.isSame(as: step.member) {
      standings[index] = standings[index].moved(by: step)
    }
  }

  /// Remembers how far the script of `step` has come.
  mutating func apply(_ progress: Progress, of step: Step) {
    for index in standings.indices where standings[index].member.isSame(as: step.member) {
      standings[index].progress = progress.entries.isEmpty ? nil : progress
    }
  }
  /// Whether steps were recorded, or made by the reference, but nobody knows which any more.
  var hasForgotten: Bool { !journal.table.exists && standings.contains { $0.version != nil } }

  /// Whether the table called `name` is one of ours.
  func isOwn(_ name: String) -> Bool {
    tables[name] != nil || name.hasPrefix("trove_migrate_")
  }

  /// The same, with no repository under version control.
  func cleared() -> Self {
    var cleared = self
    cleared.standings = standings.map { $0.cleared() }
    return cleared
  }

  /// The version rows, the upgrades that jumped over numbers, as table, id, from and to, and what else decides
  /// where a repository stands.
  private func ask(
    _ connection: any Connection, about members: [Member], for purpose: Database.Purpose
  ) throws(MigrationError) -> [Row] {
    let dialect = connection.dialect
    let hasRepeatables = members.contains(where: \.repository.hasRepeatables)
    let hasHooks = members.contains { $0.repository.hook(.afterSync, for: dialect) != nil }
    let members = Dictionary(grouping: members, by: \.repository.versionTable)
    var parts = tables.keys.sorted().compactMap { name in
      tables[name]?.query(for: members[name, default: []].map(\.repository.id))
    }
    // Without a version table, a journal says nothing; but the first script may have been interrupted.
    if !parts.isEmpty {
      parts +=
        [
          journal.jumps, hasRepeatables ? journal.repeated : nil, hasHooks ? journal.hooked : nil,
          purpose == .reading ? journal.damage : nil,
        ].compactMap(\.self)
    }
    if let progress = progressTable.query { parts.append(progress) }
    guard !parts.isEmpty else { return [] }
    return try MigrationError.catching { () throws(DatabaseError) in
      try connection.rows(parts.joined(separator: "\nUNION ALL\n"))
    }
  }
}

// MARK: - Reading the answers

extension DatabaseState {
  private mutating func standing(
    of member: Member, rows: [Row], connection: any Connection
  ) throws(MigrationError) -> Standing {
    let repository = member.repository
    let mine = rows.filter { $0[1].text == repository.id }
    let progress = try Progress(
      mine.filter { $0[0].text == progressTable.key(of: repository) }, of: repository,
      in: progressTable)
    let hasHook = repository.hook(.afterSync, for: connection.dialect) != nil
    var none = Standing(member: member, version: nil, late: [], progress: progress)
    none.isHookOwed = hasHook ? false : nil
    guard let table = versionTable(of: repository) else { return none }
    let own = mine.filter { $0[0].text == table.name }
    guard own.count < 2 else {
      throw .version(.severalRows(repository, table: table.name, values: own.map { $0[2] }))
    }
    guard let row = own.first else { return none }
    guard let version = row[2].integer.map(Int.init), version >= 0 else {
      throw .version(.badVersion(repository, table: table.name, value: row[2]))
    }
    let jumps = mine.filter { $0[0].text == journal.jumpKey(of: repository) }
    let late = try lateVersions(
      of: repository, below: version, jumps: jumps, connection: connection)
    var standing = Standing(member: member, version: version, late: late, progress: progress)
    standing.repeated = journal.repeated(in: mine, of: repository)
    standing.isHookOwed = hasHook ? journal.isHookOwed(in: mine, of: repository) : nil
    return standing
  }

  /// The versions that an upgrade jumped over, because they were not there yet, and none ran later.
  ///
  /// Only for a suspect is the journal asked again.
  private mutating func lateVersions(
    of repository: Repository, below version: Int, jumps: [Row], connection: any Connection
  ) throws(MigrationError) -> [LateVersion] {
    let ranges = jumps.compactMap { row -> Range<Int>? in
      guard let from = row[2].integer, let to = row[3].integer, from < to else { return nil }
      return Int(from) + 1..<Int(to)
    }
    let suspects = repository.versions(in: ranges).filter { $0 < version }
    guard !suspects.isEmpty, let query = journal.ups(of: [repository]) else { return [] }
    hasSuspects = true
    let rows = try MigrationError.catching { () throws(DatabaseError) in
      try connection.rows(query)
    }
    let applied = AppliedScripts(journal.rows(rows, of: repository))
    return suspects.filter { !applied.contains($0) }.map { number in
      let neighbour = repository.versions.last { $0 < number } ?? 0
      return LateVersion(
        number: number, predecessor: max(neighbour, applied.last(below: number)))
    }
  }
}
