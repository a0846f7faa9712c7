import Glibc
import TroveManage

/// Questions to the person at the terminal.
enum Confirmation {
  /// Whether there is somebody to ask.
  static var isPossible: Bool { isatty(STDIN_FILENO) == 1 }

  /// Whether the person at the terminal says yes; `nil` where there is no terminal.
  static func answer(to question: String, on output: Output) -> Bool? {
    guard isPossible else { return nil }
    output.message("\(question) [y/N]")
    return ["y", "yes"].contains(readLine()?.lowercased())
  }

  /// Whether the person at the terminal names the database; where there is no terminal, nobody is asked.
  static func isGiven(for database: Database, on output: Output) throws -> Bool {
    guard isPossible else { return true }
    let name = try database.name()
    output.message("All rows of core and its plugins in \(database.url) will be gone.")
    output.message("Type the database's name, \(name), to go on:")
    guard readLine() == name else {
      output.message("that is not its name; nothing was changed", .error)
      return false
    }
    return true
  }

  /// Whether the person at the terminal accepts so many scripts and schemas as they are.
  static func consent(to count: Int, on output: Output) -> RepairOutcome.Consent {
    guard isPossible else { return .unasked }
    output.message(
      "The journal will say that \(count == 1 ? "this is" : "these are") as it should be.")
    output.message("Type yes to accept:")
    return readLine() == "yes" ? .given : .refused
  }

  /// Whether the person at the terminal types the id of the plugin that is to go.
  ///
  /// - Parameters:
  ///   - holdings: what there is of it.
  ///   - counts: how many rows its tables have that will be gone; `nil` when they stay.
  ///   - output: where the question goes.
  /// - Returns: whether the id was typed.
  static func isGiven(
    for holdings: PluginHoldings, rowCounts counts: [Int64]?, on output: Output
  ) -> Bool {
    let id = holdings.key.id
    output.message(
      counts == nil
        ? "The database will forget \(id). What it owns stays and will be nobody's:"
        : "All that \(id) owns will be gone:")
    for (table, count) in zip(holdings.tables, counts ?? []) {
      output.message("  table \(table) with \(count) row\(count == 1 ? "" : "s")")
    }
    for object in holdings.objects where counts == nil || object.kind != .table {
      output.message("  \(object.kind.rawValue) \(object)")
    }
    output.message("Type its id, \(id), to go on:")
    guard readLine() == id else {
      output.message("that is not its id; nothing was changed", .error)
      return false
    }
    return true
  }
}
