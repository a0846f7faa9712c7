/// What a run would do, for somebody who decides about it: nothing has been run.
public struct PlanSummary: Sendable {
  /// Steps that would be committed together, or one that no transaction can hold.
  public struct Part: Sendable {
    /// How the steps stand to transactions.
    public enum Kind: Hashable, Sendable {
      /// All of them are committed, or none.
      case transaction
      /// Statement by statement.
      case outside
    }

    /// How the steps stand to transactions.
    public let kind: Kind
    /// The steps, in order.
    public let steps: [Step]
  }

  /// Where the repositories stand.
  public let standings: [Standing]
  /// What would be committed, in order; none when there is nothing to do.
  public let parts: [Part]
  /// Where the run would go.
  let target: Target
  /// How much would be committed together.
  let scope: TransactionScope
  /// What the database says.
  let state: DatabaseState

  init(
    _ units: [Plan.Unit], from state: DatabaseState, to target: Target, scope: TransactionScope
  ) {
    standings = state.standings
    parts = units.map { unit in
      switch unit {
      case .transaction(let steps), .group(let steps): Part(kind: .transaction, steps: steps)
      case .outside(let step): Part(kind: .outside, steps: [step])
      }
    }
    self.state = state
    self.target = target
    self.scope = scope
  }

  /// Every step, in order.
  public var steps: [Step] { parts.flatMap(\.steps) }
  /// How many transactions would be committed, scripts outside of one aside.
  public var transactionCount: Int { parts.count { $0.kind == .transaction } }

  /// The repositories that would be moved, with the versions before and after; a late version moves none.
  public var moves: [(standing: Standing, version: Int)] {
    standings.compactMap { standing in
      let last = steps.last {
        $0.member.isSame(as: standing.member) && !$0.isLate && $0.operation.isOfVersion
      }
      return last.map { (standing, $0.to) }
    }
  }
}

extension Step {
  /// Whether the script is in Python, so that its statements are known only once they have run.
  public var isPython: Bool { python != nil }

  /// What the script is about, by its file's name, with blanks in the place of `_`.
  public var title: String {
    let name = Path(script.path).name
    let stem = name.prefix { $0 != "." }.drop { $0.isNumber }
    let words = stem.split(separator: "_")
    let ending = isPython ? 0 : operation.isOfVersion ? 2 : 1
    return words.dropLast(ending).joined(separator: " ")
  }
}
