import TroveManage

extension HumanReporter {
  func finishComparison(
    _ result: DatabaseComparison.Result, of database: DatabaseURL, with standard: String,
    owner: (ObjectName) -> String?
  ) {
    output.result("database: \(database)")
    output.result("compared with: \(standard)")
    for line in Self.lines(of: result.difference, owner: owner) { output.result(line) }
    let count = result.difference.entries.count
    output.result(
      count == 0
        ? "equal: \(Self.count(result.count, "object"))"
        : "\(Self.count(count, "object")) \(count == 1 ? "differs" : "differ")")
  }

  /// Each object with what is wrong with it below.
  static func lines(
    of difference: SchemaDifference, owner: (ObjectName) -> String? = { _ in nil }
  ) -> [String] {
    difference.entries.flatMap { entry in
      let label = owner(entry.object).map { " (\($0))" } ?? ""
      let title = "\(entry.object.title)\(label)"
      guard case .changed = entry.change else { return entry.words.map { "\(title) \($0)" } }
      return [title] + entry.words.map { "  \($0)" }
    }
  }
}
