import TroveManage

extension HumanReporter {
  func showRepairs(_ repairs: [Repair]) {
    for repair in repairs {
      output.result("\(repair.script)")
      guard repair.isAcceptable else { continue }
      let note = "the text that ran was not kept: it is too long, or it ran before texts were kept"
      for line in repair.difference ?? [note] { output.result("  \(line)") }
    }
  }

  func finishRepair(_ outcome: RepairOutcome) {
    if outcome.repairs.isEmpty { output.result("Nothing to repair") }
    if !outcome.accepted.isEmpty {
      let count = outcome.accepted.count
      output.result("Accepted: \(count) script\(count == 1 ? "" : "s")")
    }
    if outcome.consent == .refused { output.message("nothing was accepted") }
    if let complaint = outcome.complaint { output.message(complaint, .error) }
  }
}
