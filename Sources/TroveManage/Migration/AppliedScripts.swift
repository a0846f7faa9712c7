/// What the journal knows of the scripts that brought a repository up to its version.
///
/// Downgrades need no look: what they undid lies above the version, or was upgraded anew.
struct AppliedScripts {
  /// A version, and the text that brought it or was accepted in that one's place.
  struct Applied: Hashable {
    let version: Int
    let checksum: String
    /// The name of the script's file.
    let script: String
  }

  /// In the order of the versions.
  private(set) var all: [Applied] = []

  /// Follows the rows of ``Journal/ups(of:)`` that are about one repository, in their order.
  init(_ rows: some Sequence<Row>) {
    for row in rows {
      guard let from = row[3].integer, let to = row[4].integer else { continue }
      switch row[2].text {
      case "upgrade", "repair":
        follow(
          Applied(version: Int(to), checksum: row[5].text ?? "", script: row[6].text ?? ""),
          from: Int(from))
      default: all = []
      }
    }
  }

  private mutating func follow(_ applied: Applied, from: Int) {
    let to = applied.version
    guard let last = all.last, last.version >= to else {
      // What an upgrade jumped over was not there then.
      while let last = all.last, last.version > from { all.removeLast() }
      all.append(applied)
      return
    }
    all.removeAll { $0.version == to || from < $0.version && $0.version < to }
    all.insert(applied, at: all.firstIndex { $0.version > to } ?? all.endIndex)
  }

  /// Whether the journal knows that `version` was applied.
  func contains(_ version: Int) -> Bool { all.contains { $0.version == version } }

  /// The last version below `version` that was applied; 0 when there is none.
  func last(below version: Int) -> Int { all.last { $0.version < version }?.version ?? 0 }
}

extension Journal {
  /// The query for what brought `repositories` up, and for where that begins anew, as version table, id,
  /// operation, from, to, checksum, script; `nil` while there is no table.
  func ups(of repositories: [Repository]) -> String? {
    guard table.exists, !repositories.isEmpty else { return nil }
    let ids = Set(repositories.map(\.id)).sorted().map { dialect.literal($0) }
    return """
      SELECT version_table, repository_id, operation, from_version, to_version, checksum, script
      FROM \(table.qualifiedName)
      WHERE operation IN ('upgrade', 'repair', 'stamp', 'drop', 'detach')
        AND repository_id IN (\(ids.joined(separator: ", ")))
      ORDER BY id
      """
  }

  /// Those of `rows`, which ``ups(of:)`` has found, that are about `repository`.
  func rows(_ rows: [Row], of repository: Repository) -> [Row] {
    rows.filter { $0[0].text == repository.versionTable && $0[1].text == repository.id }
  }
}
