import TroveManage

extension HumanReporter {
  func showRepairs(_ outcome: RepairOutcome) {
    for repair in outcome.repairs {
      output.result("\(repair.script)")
      guard repair.isAcceptable else { continue }
      let note = "the text that ran was not kept: it is too long, or it ran before texts were kept"
      for line in repair.difference ?? [note] { output.result("  \(line)") }
    }
    for line in outcome.drifts.flatMap(\.lines) { output.result(line.text) }
  }

  func finishRepair(_ outcome: RepairOutcome) {
    if outcome.repairs.isEmpty, outcome.drifts.isEmpty { output.result("Nothing to repair") }
    if !outcome.accepted.isEmpty {
      let count = outcome.accepted.count
      output.result("Accepted: \(count) script\(count == 1 ? "" : "s")")
    }
    for drift in outcome.acceptedDrifts {
      output.result("Accepted: the schema of \(drift.member.repository.id)")
    }
    if outcome.consent == .refused { output.message("nothing was accepted") }
    if let complaint = outcome.complaint { output.message(complaint, .error) }
  }
}
