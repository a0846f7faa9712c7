/// How the schema of a repository differs from what its scripts left.
public struct Drift: Sendable {
  /// The repository in its role.
  public let member: Member
  /// What was recorded when a run last touched it.
  let record: Owners.Record
  /// How the schema differs from that now.
  public let difference: SchemaDifference

  /// The digest over all that the repository owned when it was recorded.
  public var fingerprint: String { record.fingerprint }
  /// The version at which it was recorded.
  public var version: Int { record.version }

  /// A line for everything that differs: `core.instances: column hostname was removed outside migrations
  /// since version 48`.
  public var lines: [(object: ObjectName, text: String)] {
    difference.entries.flatMap { entry in
      let label =
        "\(member.label).\(entry.object.tableName?.description ?? entry.object.description)"
      return entry.driftWords.map {
        (entry.object, "\(label): \($0) outside migrations since version \(version)")
      }
    }
  }
}

extension SchemaDifference.Entry {
  fileprivate var driftWords: [String] {
    let title = object.table == nil ? object.kind.rawValue : "trigger \(object.name)"
    return switch change {
    case .missing: ["\(title) was removed"]
    case .added: ["\(title) was added"]
    case .changed(let changes): changes.map { object.table == nil ? "\($0)" : "\(title): \($0)" }
    }
  }
}

extension Member {
  /// What the repository is called in a line about one of its objects: `core`, or its id.
  public var label: String { role == .core ? "core" : repository.id }
}
