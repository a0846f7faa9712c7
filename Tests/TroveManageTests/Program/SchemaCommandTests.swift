import Foundation
import Testing
import TroveManage

@Suite struct SchemaCommandTests {
  /// A database with a conf file whose core has three versions, up and down.
  private final class Site {
    let database: TestDatabase
    let conf: String

    init(_ engine: Engine, options: String = "") throws {
      database = try TestDatabase(engine)
      let scripts = (1...3).flatMap { number in
        [
          ("00\(number)_t_default_upgrade.sql", "CREATE TABLE t\(number) (id INTEGER);"),
          ("00\(number)_t_default_downgrade.sql", "DROP TABLE t\(number);"),
        ]
      }
      try database.folder.writeRepository(
        "core", scripts: Dictionary(uniqueKeysWithValues: scripts))
      conf = try database.folder.write(
        "trove.conf",
        """
        [database]
        connection = \(database.urlText)
        [migrate]
        core_repo_path = core
        \(options)
        """)
    }

    func run(_ arguments: String...) throws -> TestProgram.Outcome {
      try run(arguments)
    }

    func run(_ arguments: [String]) throws -> TestProgram.Outcome {
      try TestProgram.run(["--config-file", conf] + arguments)
    }

    func version() throws -> String? {
      try database.rows("SELECT version FROM core_version").first?[0]
    }
  }

  @Test(arguments: Engine.allCases)
  func `upgrades and downgrades go to the version that is asked for`(engine: Engine) throws {
    let site = try Site(engine)
    #expect(try site.run("db_version_control").status == 0)
    for (arguments, version) in [
      (["db_upgrade", "--version", "2"], "2"), (["db_upgrade", "--version", " 002 "], "2"),
      (["db_upgrade"], "3"), (["db_downgrade", "2"], "2"),
      (["db_downgrade", "--version", "1"], "1"),
    ] {
      let outcome = try site.run(arguments)
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(try site.version() == version)
    }
    #expect(try site.run("db_version").output == "1\n")
  }

  @Test(arguments: Engine.allCases)
  func `a version that cannot be reached is refused, and nothing changes`(engine: Engine) throws {
    let site = try Site(engine)
    #expect(try site.run("db_upgrade").messages.contains("not under version control"))
    #expect(try site.database.tables() == [])
    #expect(try site.run("db_version_control", "--version", "2").status == 0)
    for (arguments, status, word) in [
      (["db_upgrade", "--version", "1"], Int32(1), "db_downgrade"),
      (["db_upgrade", "--version", "4"], 1, "no version 4"),
      (["db_downgrade", "3"], 1, "db_upgrade"), (["db_downgrade", "9"], 1, "no version 9"),
      (["db_version_control"], 1, "already, at version 2"),
      (["db_upgrade", "--version", "abc"], 2, "abc"),
      (["db_upgrade", "--version="], 2, "--version"),
      (["db_upgrade", "--version=-1"], 2, "-1"), (["db_downgrade"], 2, "once"),
      (["db_downgrade", "1", "--version", "1"], 2, "once"),
    ] {
      let outcome = try site.run(arguments)
      #expect(outcome.status == status, "\(arguments)")
      #expect(outcome.messages.contains(word), "\(outcome.messages)")
      #expect(try site.version() == "2")
    }
  }

  @Test(arguments: Engine.allCases)
  func `recreating keeps what is not ours, and a protected database`(engine: Engine) throws {
    let site = try Site(engine)
    #expect(try site.run("db_sync").status == 0)
    try site.database.execute("CREATE TABLE mine (id INTEGER)", "INSERT INTO t1 VALUES (1)")
    let outcome = try site.run("db_recreate")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("Left alone: mine"))
    #expect(try site.database.rows("SELECT id FROM t1") == [])

    let protected = try Site(engine, options: "protected = true")
    #expect(try protected.run("db_sync").status == 0)
    try protected.database.execute("INSERT INTO t1 VALUES (1)")
    for command in [["db_recreate"], ["db_downgrade", "0"]] {
      let outcome = try protected.run(command)
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains("[migrate] protected = true"))
    }
    #expect(try protected.database.rows("SELECT id FROM t1") == [["1"]])
  }

  @Test(arguments: Engine.allCases)
  func `debug shows every statement, without values`(engine: Engine) throws {
    let site = try Site(engine)
    let outcome = try site.run("--debug", "db_sync")
    #expect(outcome.messages.contains("CREATE TABLE t3 (id INTEGER)"))
    #expect(!outcome.messages.contains("'core'"))
    #expect(try !site.run("-d", "--nodebug", "db_sync").messages.contains("SELECT"))
  }

  @Test func `a log file takes the progress, and a copy of errors`() throws {
    let site = try Site(.sqlite)
    let log = site.database.folder.path("logs/trove-manage.log")
    try site.database.folder.write("logs/x", "")
    let outcome = try site.run("--log-dir", site.database.folder.path("logs"), "db_sync")
    #expect(outcome.status == 0 && outcome.messages.isEmpty)
    _ = try site.run("--log-file", log, "db_upgrade", "--version", "9")
    let lines = try String(contentsOfFile: log, encoding: .utf8)
    #expect(lines.contains(" INFO [3/3] core 2 -> 3: 003_t_default_upgrade.sql\n"))
    #expect(lines.contains(" ERROR "))
    let failed = try site.run("--log-file", "/nowhere/at.log", "db_sync")
    #expect(failed.status == 1 && failed.messages.contains("/nowhere/at.log"))
  }

  @Test func `options of the reference that mean nothing here are taken`() throws {
    let site = try Site(.sqlite)
    let outcome = try site.run(
      "--use-syslog", "--nouse-journal", "--use-json", "--watch-log-file", "--log-date-format",
      "%Y", "--syslog-log-facility", "LOG_USER", "--log-config-append", "/nowhere", "db_sync")
    #expect(outcome.status == 0, "\(outcome.messages)")
  }

  @Test func `conf files and folders count in the order of the command line`() throws {
    let folder = try TestFolder()
    for name in ["a", "b"] {
      try folder.write("\(name).d/x.conf", "[database]\nconnection = \(name)://folder\n")
      try folder.write("\(name).conf", "[database]\nconnection = \(name)://file\n")
    }
    func scheme(_ arguments: [String]) throws -> String {
      let paths = arguments.map { $0.hasPrefix("--") ? $0 : folder.path($0) }
      return try TestProgram.run(paths + ["db_sync"]).messages
    }
    let last = try scheme([
      "--config-file", "a.conf", "--config-dir", "b.d", "--config-file", "b.conf",
    ])
    #expect(last.contains("b.conf:2"))
    #expect(
      try scheme(["--config-file", "a.conf", "--config-dir", "b.d"]).contains("b.d/x.conf:2"))
    #expect(try scheme(["--config-dir", "b.d", "--config-file", "a.conf"]).contains("a.conf:2"))
  }

  @Test func `a password that others can read is warned about`() throws {
    let site = try Site(.sqlite)
    let environment = ProcessInfo.processInfo.environment
    let port = try #require(environment["TROVE_TEST_PGPORT"])
    let password = try #require(environment["TROVE_TEST_PGPASSWORD"])
    let conf = try site.database.folder.write(
      "password.conf",
      """
      [database]
      connection = postgresql://trove:\(password)@127.0.0.1:\(port)/postgres
      [migrate]
      core_repo_path = core
      """)
    for (mode, isWarned) in [(0o644, true), (0o640, false)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: conf)
      let outcome = try TestProgram.run("--config-file", conf, "db_status")
      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(outcome.messages.contains("others can read it") == isWarned)
      #expect(!outcome.messages.contains(password) && !outcome.output.contains(password))
    }
  }

  @Test func `a repository that is missing is a difference to a check`() throws {
    let site = try Site(.sqlite)
    let outcome = try site.run("db_status", "--repo_path", "/nowhere")
    #expect(outcome.status == 4)
    #expect(outcome.messages.contains("/nowhere"))
  }

  @Test func `a result that cannot be printed is a failure`() throws {
    let site = try Site(.sqlite)
    #expect(try site.run("db_sync").status == 0)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec \"$0\" \"$@\" >/dev/full 2>/dev/null", TestProgram.path]
    process.arguments? += ["--config-file", site.conf, "db_version"]
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 1)
  }
}
