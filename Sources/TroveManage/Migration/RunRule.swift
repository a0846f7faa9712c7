/// A rule between repositories that a run keeps.
///
/// Rules are made in folders after this one, so that running does not know what they are about. In a
/// transaction ``begin(from:on:)`` comes first, then ``willRun(_:on:)`` and ``didRun(_:recordedBy:)``
/// around each script or part of one, then ``end(on:)``, behind which only the commit comes.
public protocol RunRule: AnyObject {
  /// The tables of its own that it looks up when a transaction begins: so it need not ask once more.
  var tableNames: [String] { get }

  /// Checks a plan before anything of it runs.
  ///
  /// - Parameters:
  ///   - plan: what the run will do.
  ///   - standings: where the repositories of the run stand.
  ///   - connection: a session outside a transaction, for questions.
  /// - Throws: ``MigrationError/rule(_:)`` for a plan that breaks the rule.
  func check(
    _ plan: Plan, from standings: [Standing], on connection: any Connection
  ) throws(MigrationError)

  /// Checks a stamp: before the lock is taken, and once more under it.
  ///
  /// - Parameters:
  ///   - standings: where the repositories stand that are put at `version`.
  ///   - version: the version that they are to have.
  ///   - connection: a session for questions.
  /// - Throws: ``MigrationError/rule(_:)`` for a stamp that breaks the rule.
  func check(
    stamping standings: [Standing], at version: Int, on connection: any Connection
  ) throws(MigrationError)

  /// Whether something has changed that the check of the plan relied on; the run plans and checks anew
  /// then.
  ///
  /// - Parameter connection: the session, in a transaction that holds the runners' lock.
  /// - Returns: whether it has.
  /// - Throws: ``MigrationError`` when the database cannot say.
  func isOutdated(on connection: any Connection) throws(MigrationError) -> Bool

  /// A transaction has begun, and the repositories stand at `standings`.
  func begin(from standings: [Standing], on connection: any Connection) throws(MigrationError)

  /// What the repositories own, when everything of theirs is about to be dropped in the transaction.
  ///
  /// - Throws: ``MigrationError`` when the database cannot say.
  func clearance(
    of repositories: [Repository], on connection: any Connection
  ) throws(MigrationError) -> Clearance

  /// What the repositories' scripts make was dropped in the transaction.
  func cleared(_ repositories: [Repository])

  /// A script, or a part of one, is about to run in the transaction.
  func willRun(_ part: ScriptPart, on connection: any Connection) throws(MigrationError)

  /// The part has run, and so has `bookkeeping`, which recorded it.
  func didRun(_ part: ScriptPart, recordedBy bookkeeping: [Command])

  /// The rule that a statement of the part broke, when `error` says that it did.
  func violation(behind error: DatabaseError, in part: ScriptPart) -> (any RuleViolation)?

  /// The transaction is about to be committed.
  ///
  /// - Throws: ``MigrationError/rule(_:)`` for a transaction that breaks the rule.
  func end(on connection: any Connection) throws(MigrationError)

  /// The transaction was rolled back because of `error`; `nil` for one that was only tried.
  func rolledBack(after error: MigrationError?, on connection: any Connection)

  /// A statement is about to run that no transaction can hold, and that nothing can undo.
  ///
  /// - Throws: ``MigrationError/rule(_:)`` for one that would break the rule.
  func willRunAlone(_ part: ScriptPart, on connection: any Connection) throws(MigrationError)

  /// The statement is done, which the open transaction records.
  func didRunAlone(_ part: ScriptPart)
}

extension RunRule {
  /// None.
  public var tableNames: [String] { [] }

  /// Nothing.
  public func check(
    _ plan: Plan, from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {}

  /// Nothing.
  public func check(
    stamping standings: [Standing], at version: Int, on connection: any Connection
  ) throws(MigrationError) {}

  /// Never.
  public func isOutdated(on connection: any Connection) throws(MigrationError) -> Bool { false }

  /// Nothing.
  public func begin(
    from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {}

  /// Nothing is remembered.
  public func clearance(
    of repositories: [Repository], on connection: any Connection
  ) throws(MigrationError) -> Clearance { Clearance() }

  /// Nothing.
  public func cleared(_ repositories: [Repository]) {}

  /// Nothing.
  public func willRun(_ part: ScriptPart, on connection: any Connection) throws(MigrationError) {}

  /// Nothing.
  public func didRun(_ part: ScriptPart, recordedBy bookkeeping: [Command]) {}

  /// None.
  public func violation(
    behind error: DatabaseError, in part: ScriptPart
  ) -> (any RuleViolation)? { nil }

  /// Nothing.
  public func end(on connection: any Connection) throws(MigrationError) {}

  /// Nothing.
  public func rolledBack(after error: MigrationError?, on connection: any Connection) {}

  /// Nothing.
  public func willRunAlone(
    _ part: ScriptPart, on connection: any Connection
  ) throws(MigrationError) {}

  /// Nothing.
  public func didRunAlone(_ part: ScriptPart) {}
}

/// Statements of a step's script that follow each other.
public struct ScriptPart: Sendable {
  /// The step.
  public let step: Step
  /// The numbers of the statements, counted from 0; empty for all of a script that is too long to be held in
  /// memory.
  public let statements: Range<Int>

  /// The statements themselves, as many at a time as are held in memory.
  var pieces: ScriptPieces {
    step.script.long.map { ScriptPieces($0) }
      ?? ScriptPieces(Array(step.script.statements[statements]))
  }

  /// The whole script of `step`.
  init(_ step: Step) {
    self.step = step
    statements = step.script.statements.indices
  }

  /// One statement of the script of `step`.
  init(_ step: Step, statement index: Int) {
    self.step = step
    statements = index..<index + 1
  }
}

/// A rule that was broken; its `description` says which, by what, and what to do.
public protocol RuleViolation: Error, CustomStringConvertible {
  /// How the program is to end.
  var severity: RuleSeverity { get }
  /// The step whose script is to blame, and the line when it is known; `nil` when no script is.
  var blame: (step: Step, line: Int?)? { get }
}

extension RuleViolation {
  /// No script.
  public var blame: (step: Step, line: Int?)? { nil }
}

/// What a broken rule means for the caller.
public enum RuleSeverity: Hashable, Sendable {
  /// What was tried is not allowed.
  case refused
  /// The database or the repositories are not what they should be.
  case difference
}

/// The rules of a run, asked one after the other.
struct RunRules {
  private let rules: [any RunRule]
  private let connection: any Connection

  init(_ rules: [any RunRule], on connection: any Connection) {
    self.rules = rules
    self.connection = connection
  }

  func begin(from standings: [Standing]) throws(MigrationError) {
    for rule in rules { try rule.begin(from: standings, on: connection) }
  }

  func clearance(of repositories: [Repository]) throws(MigrationError) -> Clearance {
    var whole = Clearance()
    for rule in rules {
      whole = whole.joined(with: try rule.clearance(of: repositories, on: connection))
    }
    return whole
  }

  func cleared(_ repositories: [Repository]) {
    for rule in rules { rule.cleared(repositories) }
  }

  func willRun(_ part: ScriptPart) throws(MigrationError) {
    for rule in rules { try rule.willRun(part, on: connection) }
  }

  func didRun(_ part: ScriptPart, recordedBy bookkeeping: [Command]) {
    for rule in rules { rule.didRun(part, recordedBy: bookkeeping) }
  }

  func willRunAlone(_ part: ScriptPart) throws(MigrationError) {
    for rule in rules { try rule.willRunAlone(part, on: connection) }
  }

  func didRunAlone(_ part: ScriptPart) {
    for rule in rules { rule.didRunAlone(part) }
  }

  /// Throws for a statement that was refused by a rule.
  func check(_ error: DatabaseError, in part: ScriptPart) throws(MigrationError) {
    for rule in rules {
      if let violation = rule.violation(behind: error, in: part) { throw .rule(violation) }
    }
  }

  func end() throws(MigrationError) {
    for rule in rules { try rule.end(on: connection) }
  }

  func rolledBack(after error: MigrationError?) {
    for rule in rules { rule.rolledBack(after: error, on: connection) }
  }
}
