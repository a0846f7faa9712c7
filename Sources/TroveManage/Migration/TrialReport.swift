/// What a run did that was only tried, and undone.
public struct TrialReport: Sendable {
  /// Where the repositories stand; none when the database did not say.
  public let standings: [Standing]
  /// The versions that were begun, in order.
  public let steps: [TriedStep]
  /// The versions that were left out, in order.
  public let untried: [UntriedStep]
  /// The schema before and at the end; `nil` when nothing ran, or not to its end.
  public let schemas: (before: [SchemaObject], after: [SchemaObject])?
  /// The sequences that stood elsewhere after the rollback, which does not bring them back.
  public let sequences: [MovedSequence]
  /// Why it could not go on; `nil` when it came to its end.
  public let failure: RunFailure?
  /// From the first question to the last answer.
  public let duration: Duration
}

/// A version that was tried.
public struct TriedStep: Sendable {
  /// The step.
  public let step: Step
  /// The statements that ran, in order.
  public internal(set) var statements: [TriedStatement] = []
  /// How long it took, bookkeeping included; `nil` when it did not come to its end.
  public internal(set) var duration: Duration?

  init(_ step: Step) { self.step = step }
}

/// A statement that was tried.
public struct TriedStatement: Sendable {
  /// How it ended.
  public enum Ending: String, Hashable, Sendable {
    case done, failed
  }

  /// The statement.
  public let statement: Statement
  /// How it ended.
  public let ending: Ending
  /// How long it took, with the way to the server.
  public let duration: Duration
  /// How many rows it changed; `nil` where that is no question, or the engine does not count.
  public internal(set) var changedRows: Int?
  /// The locks that the transaction did not hold before, on what was there before it began.
  public internal(set) var locks: [TakenLock] = []
  /// The tables whose rows were written to a new file.
  public internal(set) var rewritten: [ObjectName] = []
}

/// A lock that a statement took.
public struct TakenLock: Hashable, Sendable {
  /// The relation; the table, where an index of it was locked.
  public let object: ObjectName
  /// The index that was locked; `nil` for the relation itself.
  public let index: String?
  /// How strong it is.
  public let mode: LockMode
}

/// A version that cannot be tried.
public struct UntriedStep: Sendable {
  /// Why not.
  public enum Reason: Sendable {
    /// Its script cannot run in a transaction, of which it would have to be a part.
    case runsOutside
    /// It adds a value to a type, which can be used only once it is committed.
    case addsTypeValue
    /// It may need another one, which was not tried.
    case needs(Step)
  }

  /// The step.
  public let step: Step
  /// Why it was not tried.
  public let reason: Reason
}

/// A sequence that was moved while a run was tried.
public struct MovedSequence: Sendable {
  /// The sequence.
  public let name: ObjectName
  /// Where it stood before.
  public let before: SequencePosition
  /// Where it stood after the rollback.
  public let moved: SequencePosition
  /// Where it stands now; `nil` when the database did not say.
  public let after: SequencePosition?
  /// What became of it, for a person.
  public let note: String
}
