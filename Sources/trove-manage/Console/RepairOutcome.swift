import TroveManage

/// What became of scripts that are not any more what ran, and of schemas that are not what they left.
struct RepairOutcome {
  /// Whether a person wants what can be accepted to be accepted.
  enum Consent: Hashable {
    case given
    case refused
    /// Nobody could be asked.
    case unasked
  }

  /// All that was found.
  let repairs: [Repair]
  /// What was changed outside migrations.
  var drifts: [Drift] = []
  /// What was said to those that can be accepted; `nil` when there was none.
  var consent: Consent?

  /// Those that were accepted.
  var accepted: [Repair] { consent == .given ? repairs.filter(\.isAcceptable) : [] }
  /// Those that cannot be accepted.
  var hopeless: [Repair] { repairs.filter { !$0.isAcceptable } }

  /// The schemas that were accepted.
  var acceptedDrifts: [Drift] { consent == .given ? drifts : [] }
  /// How much can be accepted.
  var acceptableCount: Int { repairs.count(where: \.isAcceptable) + drifts.count }

  /// How the program ends.
  var status: ExitStatus {
    accepted.count == repairs.count && acceptedDrifts.count == drifts.count ? .done : .difference
  }

  /// Why something is left; `nil` when nothing is, or a person knows.
  var complaint: String? {
    if consent == .unasked {
      return """
        nothing was accepted: there is nobody to ask
        hint: look at the differences, and run db_repair --yes
        """
    }
    guard !hopeless.isEmpty else { return nil }
    let count = "\(hopeless.count) script\(hopeless.count == 1 ? "" : "s")"
    return """
      \(count) cannot be accepted, since there is nothing to read
      hint: put the file back as it ran; what a version made is taken away by a new version, or undone by \
      db_downgrade
      """
  }
}
