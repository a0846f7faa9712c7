import Foundation
import Testing
import TroveManage

extension TestSite {
  /// A site in which core and its plugin, which owns the table `person` with a row, are at version 1.
  static func withPlugin(
    _ engine: Engine, down script: String? = nil, options: String = ""
  ) throws -> Self {
    let site = try Self.withOwners(engine)
    try site.writeConf(plugins: "./plugin", options: options)
    if let script { try site.writeDowngrade(script) }
    try site.run("db_sync").expectSuccess()
    return site
  }

  /// Writes the script that takes the plugin's version away.
  func writeDowngrade(_ script: String, of version: Int = 1) throws {
    let name = version == 1 ? "person" : "x"
    try folder.write("plugin/versions/00\(version)_\(name)_default_downgrade.sql", script)
  }

  /// Everything that the side tables and version tables say about the repository, but for history.
  func memory(of id: String) throws -> [[String?]] {
    var rows: [[String?]] = []
    for table in try database.tables() {
      let isHistory = ["_journal", "_failures", "_scripts"].contains { table.hasSuffix($0) }
      guard table.hasPrefix("trove_migrate_") || table.hasSuffix("_version"), !isHistory else {
        continue
      }
      rows += try database.rows("SELECT '\(table)' FROM \(table) WHERE repository_id = '\(id)'")
    }
    return rows
  }

  /// The last entries of the journal: operation, from and to.
  func lastEntries(_ count: Int) throws -> [[String?]] {
    try database.rows(
      """
      SELECT operation, from_version, to_version FROM trove_migrate_journal
      WHERE id > (SELECT max(id) FROM trove_migrate_journal) - \(count) ORDER BY id
      """)
  }

  /// Runs the program as a person does at a terminal, who types `answer` behind `question`.
  func ask(
    _ arguments: String..., question: String, answer: String
  ) throws -> TestProgram.Outcome {
    let terminal = try TestTerminal()
    let program = try TestProgram.start(
      ["--config-file", conf] + arguments, folder: folder.path, input: terminal.input)
    try waitUntil("the question") { try program.said().contains(question) }
    terminal.type("\(answer)\n")
    return try program.outcome(within: .seconds(30))
  }
}
