/// What became of the versions that were found for repositories.
enum AdoptionOutcome: String {
  /// They are recorded.
  case recorded
  /// There was nothing to record.
  case nothing
  /// One could not be found, so that none is recorded.
  case unresolved
  /// Nobody said that they should be recorded.
  case unconfirmed
  /// Somebody said that they should not.
  case declined

  /// How the program ends.
  var status: ExitStatus {
    switch self {
    case .recorded, .nothing: .done
    case .unresolved: .difference
    case .unconfirmed: .pending
    case .declined: .failed
    }
  }
}
