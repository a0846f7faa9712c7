/// Versions that share a commit where each is to have its own, since nobody can tell the difference.
///
/// A commit costs many times what it takes to make a table. Versions that make tables, and add to these alone,
/// hold no lock that anybody waits for, and are soon done; so they wait for each other. What could be told from
/// outside, or take its time, is committed at once, and so is what came before.
struct CommitGroup {
  private var unseen: UnseenTables
  private var versions = 0
  private var statements = 0
  private var bytes = 0

  /// A group that begins with `step`; `nil` for a step that is to be committed by itself.
  private init?(_ step: Step) {
    unseen = UnseenTables(step.script.dialect)
    guard take(step) else { return nil }
  }

  /// Steps of one repository in groups: those of each share a commit.
  static func groups(of steps: [Step]) -> [[Step]] {
    var groups: [[Step]] = []
    var last: CommitGroup?
    for step in steps {
      if last?.take(step) == true {
        groups[groups.count - 1].append(step)
      } else {
        groups.append([step])
        last = CommitGroup(step)
      }
    }
    return groups
  }

  /// Takes the step in.
  ///
  /// - Returns: whether it may wait for the others.
  private mutating func take(_ step: Step) -> Bool {
    guard step.operation == .upgrade, step.python == nil, step.script.long == nil else {
      return false
    }
    let size = step.script.statements.reduce(0) { $0 + $1.text.count }
    guard versions < Self.mostVersions, bytes + size <= Self.mostBytes,
      statements + step.script.statements.count <= Self.mostStatements
    else { return false }
    var unseen = unseen
    for statement in step.script.statements where !unseen.take(statement) { return false }
    self.unseen = unseen
    versions += 1
    statements += step.script.statements.count
    bytes += size
    return true
  }

  // What a crash can undo that was done, but not committed: a fraction of a second's work.
  private static let mostVersions = 100
  private static let mostBytes = 256 << 10
  /// With the indexes of their tables they lock fewer relations than any server has room for
  /// (``Connection/harmlessLocks``).
  private static let mostStatements = 300
}
