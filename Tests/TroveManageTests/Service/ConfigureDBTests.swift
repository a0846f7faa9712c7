import Foundation
import Testing

@testable import TroveManage

@Suite struct ConfigureDBTests {
  private struct Refusal: Error, CustomStringConvertible { let description = "not today" }

  private struct Other: DBPlugin {
    var mapper: any Mapper { MapperOf("extra") }
  }

  private struct Careless: DBPlugin {
    struct Opening: Mapper {
      func map(_ engine: TroveManage.Engine) throws {
        let plans = try engine.table("backup_plan", autoload: true)
        try engine.transaction {
          try plans.insert(["name": "left over"])
          throw Refusal()
        }
      }
    }
    var mapper: any Mapper { Opening() }
  }

  private struct Leaving: DBPlugin {
    struct Closing: Mapper {
      func map(_ engine: TroveManage.Engine) throws { engine.close() }
    }
    var mapper: any Mapper { Closing() }
  }

  private struct Unmade: DBPlugin {
    init() throws { throw Refusal() }
    var mapper: any Mapper { MapperOf() }
  }

  private struct Greedy: DBPlugin {
    var mapper: any Mapper { MapperOf("instances") }
  }

  private struct Borrowing: DBPlugin {
    struct Looking: Mapper {
      func map(_ engine: TroveManage.Engine) throws { _ = try engine.table("instances") }
    }
    var mapper: any Mapper { Looking() }
  }

  private struct Missing: DBPlugin {
    var mapper: any Mapper { MapperOf("nowhere") }
  }

  @Test(arguments: Engine.allCases)
  func `core is mapped first, then the plugins in the order of db_plugins`(engine: Engine) throws {
    let bench = try ServiceBench(engine, plugins: "\(ServiceBench.entry), ./plugins/extra", at: nil)
    try bench.folder.writeRepository(
      "plugins/extra", scripts: ["001_x_default_upgrade.sql": "CREATE TABLE extra (id INTEGER);"])
    try bench.succeed("db_sync")

    let mapped = try configureDB(
      bench.conf(), registered: [ServiceBench.entry: Backups.self, "./plugins/extra": Other.self])

    #expect(mapped.tables.map(\.name) == ["instances", "backup_plan", "backup_run", "extra"])
    #expect(
      mapped.tables.map(\.owner) == [
        "core", ServiceBench.entry, ServiceBench.entry, "./plugins/extra",
      ])
  }

  @Test(arguments: Engine.allCases)
  func `plugins that the caller made map in the order in which they are given`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine, plugins: "")
    try bench.database.execute(
      "CREATE TABLE extra (id INTEGER)", "CREATE TABLE backup_plan (id INTEGER)")
    try bench.database.execute("CREATE TABLE backup_run (id INTEGER)")

    let mapped = try configureDB(bench.conf(), Other(), Backups())
    let error = #expect(throws: ServiceError.self) {
      try configureDB(bench.conf(), Other(), Backups(), Other())
    }

    #expect(mapped.tables.map(\.name) == ["instances", "extra", "backup_plan", "backup_run"])
    #expect("\(try #require(error))".hasSuffix("Other was given twice"))
  }

  @Test(arguments: Engine.allCases)
  func `a plugin that the caller made belongs to the entry that ends with its type's name`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine, at: 1)
    try bench.database.execute("CREATE TABLE extra (id INTEGER)")

    let error = #expect(throws: ServiceError.self) {
      try configureDB(bench.conf(), Other(), Backups())
    }
    #expect(
      "\(try #require(error))".hasPrefix("acme stands at version 1; this service was built for 2"))
    try bench.move(to: 2)
    let mapped = try configureDB(bench.conf(), Other(), Backups())

    #expect(mapped.tables.map(\.name) == ["instances", "backup_plan", "backup_run", "extra"])
    #expect(mapped.tables[1].owner == ServiceBench.entry)
  }

  @Test(arguments: Engine.allCases)
  func `without plugins core alone is mapped`(engine: Engine) throws {
    let bench = try ServiceBench(engine, plugins: "")

    #expect(try configureDB(bench.conf()).tables.map(\.name) == ["instances"])
    #expect(try configureDB(bench.conf(), registered: [:]).tables.map(\.name) == ["instances"])
  }

  @Test(arguments: Engine.allCases)
  func `core's tables are known where nobody recorded owners`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    for table in ["objects", "owners"] {
      try bench.database.execute("DROP TABLE trove_migrate_\(table)")
    }

    #expect(try bench.engine().tables.map(\.name) == ["instances", "backup_plan", "backup_run"])
  }

  @Test(arguments: Engine.allCases)
  func `a mapper that throws is named, and leaves no transaction and no session`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine)

    let words = try bench.refusal([ServiceBench.entry: Careless.self])

    #expect(words == "the mapper of com.acme.Backups failed: not today")
    #expect(try bench.sessions() == 0)
    #expect(try bench.database.rows("SELECT * FROM backup_plan").isEmpty)
    try bench.succeed("db_downgrade", "--repo_path", bench.repository, "0")
  }

  @Test func `a mapper that closes the engine is named`() throws {
    let words = try ServiceBench(.sqlite).refusal([ServiceBench.entry: Leaving.self])
    #expect(words == "the mapper of com.acme.Backups failed: the engine was closed")
  }

  @Test func `the server lists a service under its own name`() throws {
    let bench = try ServiceBench(.postgresql)
    let mapped = try bench.engine()

    let names = try bench.database.rows(
      """
      SELECT application_name FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
      """)

    let program = URL(filePath: CommandLine.arguments[0]).lastPathComponent
    #expect(names == [[String(program.prefix(63))]])
    #expect("\(mapped.url)" == bench.database.urlText)
  }

  @Test func `a plugin that cannot be made is named`() throws {
    let words = try ServiceBench(.sqlite).refusal([ServiceBench.entry: Unmade.self])
    #expect(words == "the plugin com.acme.Backups cannot be made: not today")
  }

  @Test(arguments: Engine.allCases)
  func `two that map one table are both named; the second may use it`(engine: Engine) throws {
    let bench = try ServiceBench(engine)

    #expect(
      try bench.refusal([ServiceBench.entry: Greedy.self]) == """
        the mapper of com.acme.Backups failed: core and com.acme.Backups both map the table instances
        hint: leave autoload away to use a table that another one maps
        """)
    let mapped = try configureDB(bench.conf(), registered: [ServiceBench.entry: Borrowing.self])
    #expect(mapped.tables.map(\.name) == ["instances"])
    #expect(try mapped.table("backup_plan", autoload: true).owner == nil)
    let error = #expect(throws: ServiceError.self) { try mapped.table("backup_run") }
    #expect(
      "\(try #require(error))" == """
        nobody has mapped the table backup_run; mapped are: instances, backup_plan
        hint: a mapper asks for a table of its own with autoload: true
        """)
  }

  @Test(arguments: Engine.allCases)
  func `a table that is missing is named with who maps it`(engine: Engine) throws {
    let bench = try ServiceBench(engine)

    #expect(
      try bench.refusal([ServiceBench.entry: Missing.self]) == """
        the mapper of com.acme.Backups failed: there is no table nowhere, which com.acme.Backups maps
        hint: bring the database to its latest version: trove-manage --config-file \(bench.site.conf) db_sync
        """)
    #expect(try bench.sessions() == 0)
  }

  @Test func `an entry that is neither registered nor a library lists what was looked for`() throws
  {
    let bench = try ServiceBench(.sqlite)
    let words = try bench.refusal(["com.acme.Backup": Backups.self])

    #expect(
      words == """
        \(bench.site.conf):2:14: [DEFAULT] db_plugins: 'com.acme.Backups' is no plugin of this service; looked for
          among the registered: com.acme.Backup
          \(bench.folder.path("plugins/com/acme/libBackups.so"))
          \(bench.folder.path("plugins/com/acme/Backups/libBackups.so"))
        hint: register it under this name, or install its shared library; db_plugins_path lists the folders
        """)
  }

  @Test func `two entries that lead to one plugin are refused`() throws {
    let bench = try ServiceBench(
      .sqlite, plugins: "\(ServiceBench.entry), ./plugins/extra", at: nil)
    let words = try bench.refusal(
      [ServiceBench.entry: Backups.self, "./plugins/extra": Backups.self])

    #expect(
      words == """
        \(bench.site.conf):2: [DEFAULT] db_plugins: './plugins/extra' is the plugin com.acme.Backups once more
        hint: name it once in db_plugins
        """)
  }
}
