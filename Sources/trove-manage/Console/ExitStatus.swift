import ArgumentParser
import TroveManage

/// How the program ends.
enum ExitStatus: Hashable {
  /// Done, or nothing to do.
  case done
  /// Failed; the message says what stands now.
  case failed
  /// The arguments are wrong.
  case usage
  /// A check found versions that are pending.
  case pending
  /// A check found a difference.
  case difference
  /// The lock or the database could not be had in time: trying again may help.
  case tryAgain
  /// A signal ended the program, after what had begun was rolled back.
  case interrupted(signal: Int32)

  /// The code for the shell; 75 is sysexits.h's EX_TEMPFAIL.
  var code: Int32 {
    switch self {
    case .done: 0
    case .failed: 1
    case .usage: 2
    case .pending: 3
    case .difference: 4
    case .tryAgain: 75
    case .interrupted(let signal): 128 + signal
    }
  }

  /// How the program ends after `error`.
  init(_ error: any Error) {
    switch error {
    case let failure as RunFailure: self.init(failure.error)
    case MigrationError.journal, MigrationError.progress, MigrationError.sideTable:
      self = .difference
    case MigrationError.edited: self = .difference
    case MigrationError.rule(let violation):
      self = violation.severity == .difference ? .difference : .failed
    case let error as MigrationError: self = error.databaseError.map(Self.init) ?? .failed
    case let error as DatastoreError: self = error.databaseError.map(Self.init) ?? .failed
    case let error as ScratchError: self = error.databaseError.map(Self.init) ?? .failed
    case AdoptionError.migration(let error): self.init(error)
    case let error as AdoptionError: self = error.databaseError.map(Self.init) ?? .failed
    case let error as ToolClaimError:
      self = error.databaseError.map(Self.init) ?? .difference
    case let error as DatabaseError: self.init(error)
    case let error as AuthoringError: self = error.isMisuse ? .usage : .failed
    case is CheckFailure: self = .difference
    case is Misuse, is Unconfirmed, is UsageError: self = .usage
    default: self.init(TroveManageCommand.exitCode(for: error))
    }
  }

  /// How a check ends.
  init(_ verdict: CheckReport.Verdict) {
    switch verdict {
    case .clean: self = .done
    case .pending: self = .pending
    case .difference: self = .difference
    }
  }

  private init(_ code: ExitCode) {
    switch code {
    case .success: self = .done
    case .validationFailure: self = .usage
    default: self = .failed
    }
  }

  private init(_ error: DatabaseError) {
    switch error.kind {
    case .unreachable, .lockTimeout: self = .tryAgain
    case .interrupted(let signal): self = .interrupted(signal: signal)
    default: self = .failed
    }
  }
}

/// A check found that a repository cannot be used.
struct CheckFailure: Error, CustomStringConvertible {
  let error: any Error

  var description: String { "\(error)" }
}

/// The database is not under the version control of the repository whose version is asked for.
struct NotControlled: Error, CustomStringConvertible {
  let repository: Repository

  var description: String {
    """
    the database is not under version control of \(repository.id)
    hint: db_sync brings it there
    """
  }
}
