/// A rule between repositories that a run keeps.
///
/// Rules are made in folders after this one, so that running does not know what they are about.
public protocol RunRule: AnyObject {
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
}

extension RunRule {
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
}

/// A rule that was broken; its `description` says which, by what, and what to do.
public protocol RuleViolation: Error, CustomStringConvertible {
  /// How the program is to end.
  var severity: RuleSeverity { get }
}

/// What a broken rule means for the caller.
public enum RuleSeverity: Hashable, Sendable {
  /// What was tried is not allowed.
  case refused
  /// The database or the repositories are not what they should be.
  case difference
}
