internal import FoundationEssentials

/// The statements that record steps, for one transaction: tables are made, rows begun and columns
/// widened by the first step that needs it.
struct Bookkeeping {
  private let state: DatabaseState
  private let identity: RunIdentity
  private var madeTables: Set<String> = []
  private var controlled: Set<String> = []
  private var widened: Set<String> = []

  /// The bookkeeping of a transaction that begins with the database in `state`.
  init(state: DatabaseState, identity: RunIdentity) {
    self.state = state
    self.identity = identity
  }

  /// What records `step`: its version row and its journal row.
  mutating func commands(recording step: Step, taking time: Journal.Time) -> [Command] {
    commands(recording: step, movingFrom: step.rowBefore, taking: time)
  }

  /// What records `step`: its journal row, and its version row, which has `version`; `nil` for a row that a later
  /// step moves.
  mutating func commands(
    recording step: Step, movingFrom version: Int?, taking time: Journal.Time
  ) -> [Command] {
    guard let table = state.versionTable(of: step.repository) else { return [] }
    var commands: [Command] = []
    if madeTables.insert(table.name).inserted { commands += table.creation }
    if madeTables.insert(state.journal.table.qualifiedName).inserted {
      commands += state.journal.creation + state.texts.creation
    }
    let isControlled = state.standing(of: step.member)?.version != nil
    if !isControlled, controlled.insert(step.repository.folder.text).inserted {
      commands.append(table.control(step.repository, at: 0))
    }
    if let widening = table.widening(for: step.rowAfter), widened.insert(table.name).inserted {
      commands.append(widening)
    }
    if let version {
      commands.append(table.move(step.repository, from: version, to: step.rowAfter))
    }
    commands.append(state.journal.record(.step(step), of: identity, taking: time))
    if step.script.long == nil {
      commands += [state.texts.keep(step.script.text, checksum: step.checksum)].compactMap(\.self)
    }
    return commands
  }

  /// What puts a repository under version control at `version`.
  func commands(stamping repository: Repository, at version: Int) -> [Command] {
    guard let table = state.versionTable(of: repository) else { return [] }
    let journal = state.journal
    let entry = journal.record(
      .stamp(repository, at: version), of: identity, taking: .since(Date()))
    let widening = table.widening(for: version).map { [$0] } ?? []
    return table.creation + journal.creation + widening
      + [table.control(repository, at: version), entry]
  }

  /// What takes the files' texts for those that ran.
  func commands(accepting scripts: [EditedScript]) -> [Command] {
    state.texts.creation
      + scripts.flatMap { script in
        let entry = state.journal.record(
          .repair(script), of: identity, taking: .since(Date()))
        return [entry]
          + [script.text.flatMap { state.texts.keep($0, checksum: script.checksum) }]
          .compactMap(\.self)
      }
  }

  /// What says that the schema of a repository is accepted as it is.
  func commands(acceptingSchemaOf repository: Repository, at version: Int) -> [Command] {
    let entry = Journal.Entry.drift(repository, at: version)
    return state.journal.creation
      + [state.journal.record(entry, of: identity, taking: .since(Date()))]
  }

  /// What takes the repositories out of version control, before their tables are dropped.
  func commandsReleasingAll() -> [Command] {
    state.standings.flatMap { standing -> [Command] in
      let repository = standing.repository
      let forgotten = state.progressTable.forget(repository)
      guard let version = standing.version,
        let release = state.versionTable(of: repository)?.release(repository)
      else { return forgotten }
      // A database that was taken over has no journal yet; the first step makes it.
      guard state.journal.table.exists else { return forgotten + [release] }
      let entry = Journal.Entry.drop(repository, at: version)
      return forgotten
        + [release, state.journal.record(entry, of: identity, taking: .since(Date()))]
    }
  }
}
