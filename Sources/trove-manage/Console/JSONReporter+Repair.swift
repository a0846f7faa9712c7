import TroveManage

extension JSONReporter {
  func showRepairs(_ outcome: RepairOutcome) {}

  func finishRepair(_ outcome: RepairOutcome) {
    var document = JSONDocument(ok: outcome.status == .done)
    document.repairs = outcome.repairs.map { repair in
      JSONDocument.Repair(repair, accepted: outcome.consent == .given && repair.isAcceptable)
    }
    document.drift = outcome.drifts.flatMap(\.lines).map {
      JSONDocument.Drifted(object: "\($0.object)", text: $0.text)
    }
    if let complaint = outcome.complaint {
      document.error = JSONDocument.Failure(
        message: complaint, exitCode: outcome.status.code, engineCode: nil)
    }
    document.print(to: output)
  }
}

extension JSONDocument {
  /// A script that is not any more what ran, and what became of it.
  struct Repair: Encodable {
    let repository: String
    let version: Int
    let script: String
    let state: String
    let difference: [String]?
    let accepted: Bool

    init(_ repair: TroveManage.Repair, accepted: Bool) {
      repository = repair.script.repository.id
      version = repair.script.version
      script = repair.script.path.text
      state = repair.script.state.rawValue
      difference = repair.difference
      self.accepted = accepted
    }
  }
}
