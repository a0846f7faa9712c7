import Foundation
import Testing
import TroveManage

/// What an operator has: a folder with a conf file and repositories, and an empty database.
struct TestSite {
  /// Stands for every password in conf files; no message may show it.
  static let password = "secretpw"

  let database: TestDatabase

  var engine: Engine { database.engine }
  var folder: TestFolder { database.folder }
  var conf: String { folder.path("trove.conf") }

  /// A site whose conf file names core in the folder `core`.
  ///
  /// `scripts` are core's, by name; dotted names of `plugins` are looked up in the folder `plugins`;
  /// `options` are more lines of the section `[migrate]`.
  init(
    _ engine: Engine, _ scripts: [String: String] = [:], plugins: String = "", options: String = ""
  ) throws {
    database = try TestDatabase(engine)
    try folder.writeRepository("core", scripts: scripts)
    try writeConf(plugins: plugins, options: options)
  }

  /// A site whose core makes the tables `a` and `b` in two versions.
  static func withTwoVersions(
    _ engine: Engine, plugins: String = "", options: String = ""
  ) throws -> Self {
    let scripts = [
      "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);",
      "002_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
    ]
    return try Self(engine, scripts, plugins: plugins, options: options)
  }

  /// Writes the conf file anew, for its owner's eyes.
  func writeConf(url: String? = nil, plugins: String = "", options: String = "") throws {
    try folder.write(
      "trove.conf",
      """
      [DEFAULT]
      db_plugins = \(plugins)
      db_plugins_path = plugins
      [database]
      connection = \((url ?? database.urlText).replacing("$", with: "$$"))
      [migrate]
      core_repo_path = core
      \(options)
      """)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: conf)
  }

  /// Writes a script of core.
  func write(_ script: String, _ text: String) throws {
    try folder.write("core/versions/\(script)", text)
  }

  /// The path of a script of core.
  func script(_ name: String) -> String { folder.path("core/versions/\(name)") }

  /// Runs the program with the conf file, in the folder.
  func run(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> TestProgram.Outcome {
    try run(arguments, environment: environment)
  }

  /// Runs the program with the conf file, in the folder.
  func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> TestProgram.Outcome {
    try start(arguments, environment: environment).outcome(within: .seconds(100))
  }

  /// Starts the program with the conf file, in the folder.
  func start(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> TestProgram.Running {
    try TestProgram.start(
      ["--config-file", conf] + arguments, environment: environment, folder: folder.path)
  }

  /// Runs the program, which must fail with one message that holds all of `facts`, and must leave the
  /// folder and the database as they are.
  @discardableResult
  func expectFailure(
    _ status: Int32, _ arguments: String..., environment: [String: String] = [:],
    naming facts: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TestProgram.Outcome {
    try expectFailure(
      status, arguments, environment: environment, naming: facts, sourceLocation: sourceLocation)
  }

  /// The same, with the arguments as a list.
  @discardableResult
  func expectFailure(
    _ status: Int32, _ arguments: [String], environment: [String: String] = [:],
    naming facts: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TestProgram.Outcome {
    let before = try contents()
    let outcome = try run(arguments, environment: environment)
    outcome.expectFailure(status, naming: facts, sourceLocation: sourceLocation)
    let after = try contents()
    #expect(after.keys.sorted() == before.keys.sorted(), sourceLocation: sourceLocation)
    #expect(after == before, sourceLocation: sourceLocation)
    return outcome
  }

  /// Everything in the folder and, on PostgreSQL, the tables.
  func contents() throws -> [String: Data] {
    var contents = try folder.contents()
    if engine == .postgresql {
      for table in try database.tables() {
        contents["table \(table)"] = Data(
          try database.rows("SELECT t::text FROM \"\(table)\" t ORDER BY 1").description.utf8)
      }
    }
    return contents
  }

  /// The tables that scripts made.
  ///
  /// A SQLite database that is not there is not made to be asked.
  func ownTables() throws -> [String] {
    if engine == .sqlite, FileSystem.kind(of: folder.path("test.sqlite")) == nil { return [] }
    return try database.tables().filter {
      !$0.hasPrefix("trove_migrate_") && !$0.hasSuffix("_version")
    }
  }

  /// Where the repository stands, by its version table; `nil` when there is none.
  func version(_ repository: String = "core") throws -> Int? {
    guard try database.tables().contains("\(repository)_version") else { return nil }
    let rows = try database.rows(
      "SELECT version FROM \(repository)_version WHERE repository_id = '\(repository)'")
    return rows.first?[0].flatMap { Int($0) }
  }
}

extension TestFolder {
  /// The files and folders below, by their paths in it; what a folder holds is nothing.
  func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      contents[name] = FileManager.default.contents(atPath: self.path(name)) ?? Data()
    }
    return contents
  }

  /// Makes `name` a symbolic link to `target`.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path(name), withDestinationPath: target)
  }

  /// Removes the file or folder `name`.
  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path(name))
  }
}
