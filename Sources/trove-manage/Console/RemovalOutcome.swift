import TroveManage

/// What became of a plugin that was to be taken away.
struct RemovalOutcome {
  /// How it went.
  enum Way {
    /// Its scripts went down and left nothing.
    case removed(RunReport)
    /// It was forgotten, and its tables stay.
    case detached
    /// There was nothing of it.
    case absent
  }

  /// How it went.
  let way: Way
  /// What there was of it before.
  let holdings: PluginHoldings
  /// The entry of `db_plugins` that leads to it.
  let entry: ConfValue?

  /// What is gone.
  var removed: [ObjectName] {
    if case .removed = way { holdings.objects } else { [] }
  }

  /// What is still there and belongs to nobody now.
  var left: [ObjectName] {
    if case .detached = way { holdings.objects } else { [] }
  }

  /// The entry and where it stands, as it is to be said; `nil` when there is none.
  var entryWords: String? {
    guard let entry else { return nil }
    return switch entry.origin {
    case .file(let location): "\(entry.text) out of db_plugins in \(location)"
    case .environment(let variable): "\(entry.text) out of the environment variable \(variable)"
    case .programDefault: nil
    }
  }
}

/// Nobody was asked whether something is to be done that cannot be undone.
struct Unconfirmed: Error, CustomStringConvertible {
  let description: String
}
