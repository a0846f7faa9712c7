internal import FoundationEssentials

/// The statements that record steps, for one transaction: tables are made, rows begun and columns widened
/// by the first step that needs it.
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

  /// What records `step`, begun at `start`: its version row and its journal row.
  mutating func commands(recording step: Step, begunAt start: Date) -> [Command] {
    guard let table = state.versionTable(of: step.repository) else { return [] }
    var commands: [Command] = []
    if madeTables.insert(table.name).inserted { commands += table.creation }
    if madeTables.insert(state.journal.table.qualifiedName).inserted {
      commands += state.journal.creation
    }
    let isControlled = state.standing(of: step.member)?.version != nil
    if !isControlled, controlled.insert(step.repository.folder.text).inserted {
      commands.append(table.control(step.repository))
    }
    if let widening = table.widening(for: step.to), widened.insert(table.name).inserted {
      commands.append(widening)
    }
    commands.append(table.move(step.repository, from: step.from, to: step.to))
    let text = start.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    commands.append(state.journal.record(step, of: identity, start: text))
    return commands
  }
}
