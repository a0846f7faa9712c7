import Foundation
import Testing
import TroveManage

/// What a DBA does with the engine's own shell.
extension TestSite {
  /// Runs a script with psql or sqlite3.
  func runShell(_ script: String) throws -> (status: Int32, messages: String) {
    let file = folder.path("printed.sql")
    try folder.write("printed.sql", script)
    defer { try? folder.remove("printed.sql") }
    let process = Process()
    let errors = Pipe()
    process.standardError = errors
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    switch try database.url {
    case .postgresql(let server):
      process.executableURL = URL(filePath: "/usr/bin/psql")
      let place = server.parameters.map { "\($0.keyword)='\($0.value)'" }.joined(separator: " ")
      process.arguments = ["--no-psqlrc", "--quiet", "--file=\(file)", place]
    case .sqlite:
      process.executableURL = URL(filePath: "/usr/bin/sqlite3")
      process.arguments = ["-init", "/dev/null", folder.path("test.sqlite")]
      process.standardInput = try FileHandle(forReadingFrom: URL(filePath: file))
    }
    try process.run()
    let messages = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, messages)
  }

  /// Makes the database as empty as it was.
  func empty() throws {
    switch engine {
    case .sqlite: try? folder.remove("test.sqlite")
    case .postgresql:
      let schemas = try database.rows(
        "SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
      )
      for name in schemas.compactMap({ $0[0] }) {
        try database.execute("DROP SCHEMA \"\(name)\" CASCADE")
      }
      try database.execute("CREATE SCHEMA public")
    }
  }

  /// Everything in the database, apart from who ran what and when.
  func remembered() throws -> [String] {
    let columns = [
      "trove_migrate_journal":
        "repository_id, version_table, operation, from_version, to_version, script, checksum, statements",
      "trove_migrate_owners": "version_table, repository_id, version, fingerprint",
    ]
    var lines: [String] = []
    for table in try database.tables() where table != "sqlite_sequence" {
      lines += try database.rows("SELECT '\(table)', \(columns[table] ?? "*") FROM \"\(table)\"")
        .map(
          \.description)
      lines += try database.rows(shape(of: table)).map { "\(table) has \($0)" }
    }
    return lines.sorted()
  }

  private func shape(of table: String) -> String {
    switch engine {
    case .sqlite: "SELECT type, sql FROM sqlite_schema WHERE tbl_name = '\(table)'"
    case .postgresql:
      """
      SELECT column_name, data_type, is_nullable, column_default, is_identity
      FROM information_schema.columns WHERE table_name = '\(table)'
      """
    }
  }

  /// Checks that the script which `arguments` print does with the engine's shell what they do without `--sql`,
  /// from where `prepare` leaves an empty database.
  func expectSameByShell(
    _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation,
    prepare: () throws -> Void = {}
  ) throws {
    try prepare()
    let before = try contents()
    let printed = try run(arguments + ["--sql"])
    printed.expectSuccess(sourceLocation: sourceLocation)
    #expect(try contents() == before, sourceLocation: sourceLocation)
    try run(arguments).expectSuccess(sourceLocation: sourceLocation)
    let (image, rows) = (try database.image(), try remembered())
    try empty()
    try prepare()
    let shell = try runShell(printed.output)
    #expect(
      shell.status == 0, "\(shell.messages)\n\(printed.output)", sourceLocation: sourceLocation)
    #expect(try remembered() == rows, "\(printed.output)", sourceLocation: sourceLocation)
    #expect(try database.image().difference(from: image) == [], sourceLocation: sourceLocation)
  }
}
