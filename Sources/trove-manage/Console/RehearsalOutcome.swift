import TroveManage

/// What a rehearsal has found.
struct RehearsalOutcome {
  /// What ran.
  let report: TrialReport
  /// What differs of the schema at the end from that before, by whom it belongs to; `nil` where it did not come
  /// so far.
  let differences: [(owner: String?, difference: SchemaDifference)]?
  /// Whom an object belongs to.
  let owner: (ObjectName) -> String?

  /// The outcome of `report`, in which the bookkeeping of `members` does not count.
  init(_ report: TrialReport, of members: [Member], owner: @escaping (ObjectName) -> String?) {
    self.report = report
    self.owner = owner
    differences = report.schemas.map { schemas in
      let whole = SchemaDifference(
        of: schemas.after.withoutBookkeeping(of: members),
        from: schemas.before.withoutBookkeeping(of: members))
      var owners: [String?] = []
      for name in whole.entries.map({ owner($0.object) }) where !owners.contains(name) {
        owners.append(name)
      }
      return owners.sorted { ($0 ?? "") < ($1 ?? "") }.map { name in
        (name, whole.filter { owner($0) == name })
      }
    }
  }
}

extension UntriedStep {
  /// Why the step was not tried, in a few words.
  var words: String {
    switch reason {
    case .runsOutside: "no transaction can hold it: \(step.outsideReasons.joined(separator: "; "))"
    case .addsTypeValue:
      "it adds a value to a type, which must be committed before it is used: \(step.script.path)"
    case .needs(let other):
      "it may need \(other.repository.id) \(other.from) -> \(other.to), which was not rehearsed"
    }
  }
}
