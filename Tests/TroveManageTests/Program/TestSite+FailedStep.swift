import Foundation
import Testing
import TroveManage

/// Steps that fail in a database that has a journal.
extension TestSite {
  /// Runs the program, in which a step must fail with one message that holds all of `facts`, and which must
  /// leave everything as it is but for the row that remembers the failure.
  func expectFailedStep(
    _ arguments: String..., naming facts: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try contentsBesidesFailures()
    let count = try failureCount()
    try run(arguments).expectFailure(1, naming: facts, sourceLocation: sourceLocation)
    let after = try contentsBesidesFailures()
    #expect(after.keys.sorted() == before.keys.sorted(), sourceLocation: sourceLocation)
    #expect(after == before, sourceLocation: sourceLocation)
    #expect(try failureCount() == count + 1, sourceLocation: sourceLocation)
  }

  /// How many failures are remembered.
  func failureCount() throws -> Int {
    guard try database.tables().contains("trove_migrate_failures") else { return 0 }
    return try database.rows("SELECT * FROM trove_migrate_failures").count
  }

  /// Every file but the database's, the rows of every table, and on SQLite the statements that made them.
  private func contentsBesidesFailures() throws -> [String: Data] {
    var contents = try folder.contents().filter { !$0.key.hasPrefix("test.sqlite") }
    var queries = try database.tables().map { ($0, "SELECT * FROM \"\($0)\" ORDER BY 1") }
    if engine == .sqlite {
      queries.append(("schema", "SELECT name, sql FROM sqlite_schema ORDER BY 1"))
    }
    for (table, query) in queries where table != "trove_migrate_failures" {
      let rows = try database.rows(query).filter { $0.first != "trove_migrate_failures" }
      contents["table \(table)"] = Data("\(rows)".utf8)
    }
    return contents
  }
}
