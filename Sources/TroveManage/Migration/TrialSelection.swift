/// The steps of a plan that one transaction can try, and those that it cannot.
struct TrialSelection {
  /// Those that it can, in order.
  private(set) var steps: [Step] = []
  /// The rest, in order.
  private(set) var untried: [UntriedStep] = []

  /// Sorts the steps of `plan`.
  ///
  /// What follows in a repository needs what was before it; what another one needs, its contracts say.
  init(_ plan: Plan) {
    for step in plan.steps {
      if let reason = reason(against: step) {
        untried.append(UntriedStep(step: step, reason: reason))
      } else {
        steps.append(step)
      }
    }
  }

  private func reason(against step: Step) -> UntriedStep.Reason? {
    let needed = untried.first { left in
      left.step.member.isSame(as: step.member)
        || step.repository.requires.contains { $0.repositoryID == left.step.repository.id }
    }
    if let needed { return .needs(needed.step) }
    if step.runsOutside { return .runsOutside }
    return step.addsTypeValue ? .addsTypeValue : nil
  }
}
