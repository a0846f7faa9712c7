import TroveManage

extension HumanReporter {
  func finishStatus(_ status: StatusReport, of database: DatabaseURL) {
    output.result("database: \(database)")
    var table = TextTable(
      "ROLE", "REPOSITORY", "VERSION TABLE", "VERSION", "LATEST", "PENDING", "LATE", "EDITED",
      "DRIFT", "CONTRACT")
    for standing in status.standings {
      let repository = standing.repository
      let drift = status.owners?.drift(of: standing.member)
      table.add(
        standing.member.roleWord, repository.id, repository.versionTable,
        standing.version.map(String.init) ?? "none", String(repository.latest),
        standing.pendingWords, Self.count(of: standing.late),
        standing.edited.map { String($0.count) } ?? "-",
        drift.map { String($0.lines.count) } ?? "-",
        Self.words(for: status.contracts.states(of: standing.member)))
    }
    let orphans = status.owners?.orphans ?? []
    for orphan in orphans {
      let version = orphan.version.map(String.init) ?? "none"
      table.add(
        "orphan", orphan.key.id, orphan.key.versionTable, version, "-", "-", "-", "-", "-", "-")
    }
    let drift = status.owners?.drifts.flatMap { Self.cut($0.lines.map(\.text)) } ?? []
    let lines = status.standings.flatMap(\.editLines) + drift + orphans.map(\.words)
    for line in table.lines + lines { output.result(line) }
  }

  /// The numbers themselves, as long as they are few.
  private static func count(of versions: [Int]) -> String {
    versions.isEmpty ? "0" : cut(versions.map(String.init), to: 5).joined(separator: ", ")
  }

  /// No more than `limit` of the lines, and how many there are beside them.
  private static func cut(_ lines: [String], to limit: Int = 20) -> [String] {
    guard lines.count > limit else { return lines }
    return lines.prefix(limit) + ["and \(lines.count - limit) more"]
  }
}

extension Standing {
  /// What is ahead, or what is wrong, in a few words.
  fileprivate var pendingWords: String {
    guard isKnown else { return "unknown version: newer code ran here" }
    let due = dueScripts.count
    let words = [
      String(pending.count), due > 0 ? "\(HumanReporter.count(due, "script")) to run" : nil,
      progress?.words,
    ]
    return words.compactMap(\.self).joined(separator: ", ")
  }
}
