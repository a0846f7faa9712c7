import Foundation
import Testing
import TroveManage

@Suite struct ScratchDatabaseTests {
  /// A database of a role that owns nothing else, so that its scratch databases can be told from others',
  /// and a folder for temporary files.
  private final class Place {
    let site: TestSite
    let temporary: TestFolder
    private let role: String

    init(_ engine: Engine, _ scripts: [String: String], rights: String = "CREATEDB") throws {
      site = try TestSite(engine, scripts)
      temporary = try TestFolder()
      role = "r_\(site.database.roleSuffix)"
      guard engine == .postgresql else { return }
      try site.database.execute("CREATE ROLE \(role) LOGIN \(rights)")
      let name = try site.database.rows("SELECT current_database()")[0][0] ?? ""
      try site.database.execute("ALTER DATABASE \(name) OWNER TO \(role)")
      try site.writeConf(url: site.database.urlText.replacing("//trove@", with: "//\(role)@"))
    }

    deinit {
      guard site.engine == .postgresql else { return }
      try? site.database.execute("REASSIGN OWNED BY \(role) TO trove", "DROP OWNED BY \(role)")
      try? site.database.execute("DROP ROLE \(role)")
    }

    /// The scratch databases that are there now.
    func scratches() throws -> [String] {
      switch site.engine {
      case .sqlite: try FileManager.default.contentsOfDirectory(atPath: temporary.path)
      case .postgresql:
        try site.database.rows(
          """
          SELECT datname FROM pg_database
          WHERE datname LIKE 'trove_migrate_scratch_%' AND datdba = '\(role)'::regrole
          """
        ).compactMap { $0[0] }
      }
    }

    func run(_ arguments: String...) throws -> TestProgram.Outcome {
      try site.run(arguments, environment: ["TMPDIR": temporary.path])
    }

    func start(_ arguments: String...) throws -> TestProgram.Running {
      try site.start(arguments, environment: ["TMPDIR": temporary.path])
    }
  }

  private static let table = ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);"]

  @Test(arguments: Engine.allCases)
  func `nothing is left of a scratch database`(engine: Engine) throws {
    let place = try Place(engine, Self.table)
    try place.run("db_sync").expectSuccess()
    for command in ["db_diff", "db_adopt"] { try place.run(command).expectSuccess() }
    #expect(try place.scratches() == [])
    try place.site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER;")
    let before = try place.site.contents()
    let location = "\(place.site.script("001_a_default_upgrade.sql")):1"
    for command in ["db_diff", "db_adopt"] {
      let outcome = try place.run(command)
      outcome.expectFailure(1, naming: ["in the scratch database: \(location)"])
      #expect(try place.scratches() == [])
    }
    #expect(try place.site.contents() == before)
  }

  @Test(arguments: zip(Engine.allCases + Engine.allCases, [SIGINT, SIGINT, SIGTERM, SIGTERM]))
  func `a signal ends it, and takes the scratch database away`(
    engine: Engine, signal: Int32
  ) throws {
    let place = try Place(engine, Self.table)
    try place.run("db_sync").expectSuccess()
    try place.site.write(
      "001_a_default_upgrade.sql",
      engine == .postgresql
        ? "SELECT pg_sleep(300);"
        : "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;")
    let before = try place.site.contents()
    let running = try place.start("--debug", "db_diff")
    try waitUntil("the scratch database") { try !place.scratches().isEmpty }
    running.send(signal)
    let outcome = try running.outcome(within: .seconds(60))
    #expect(outcome.status == 128 + signal, "\(outcome.messages)")
    #expect(try place.scratches() == [])
    #expect(try place.site.contents() == before)
  }

  @Test func `who may not make databases is told where else one can be`() throws {
    let place = try Place(.postgresql, Self.table, rights: "NOCREATEDB")
    try place.run("db_sync").expectSuccess()
    let before = try place.site.contents()
    for command in ["db_diff", "db_adopt"] {
      let outcome = try place.run(command)
      outcome.expectFailure(
        1,
        naming: ["permission denied to create database [42501]", "hint: --scratch postgresql://"])
    }
    #expect(try place.site.contents() == before)

    let server = try TestDatabase.serverURL(database: "postgres")
    try place.run("db_diff", "--scratch", server).expectSuccess()
    try place.site.database.execute("ALTER TABLE a ADD COLUMN b INTEGER")
    #expect(try place.run("db_diff", "--scratch", server).status == 4)
  }

  @Test func `a SQLite file can be named, which must not be there and goes again`() throws {
    let site = try TestSite(.sqlite, Self.table)
    try site.run("db_sync").expectSuccess()
    let before = try site.contents()
    try site.run("db_diff", "--scratch", "sqlite:///scratch.sqlite").expectSuccess()
    try site.run("db_diff", "--scratch", "sqlite://").expectSuccess()
    #expect(try site.contents() == before)
    try site.expectFailure(
      1, "db_diff", "--scratch", "sqlite:///test.sqlite",
      naming: ["\(site.folder.path("test.sqlite")) is there already", "hint: "])
    try site.expectFailure(
      1, "db_diff", "--scratch", "postgresql://u:\(TestSite.password)@h/d",
      naming: ["no place for a scratch database of SQLite", "hint: "])
    try site.expectFailure(2, "db_diff", "--scratch", "nonsense", naming: ["no URL"])
  }

  @Test func `a folder for temporary files that is not there is named`() throws {
    let site = try TestSite(.sqlite, Self.table)
    try site.run("db_sync").expectSuccess()
    let outcome = try site.run(["db_diff"], environment: ["TMPDIR": "/nowhere"])
    outcome.expectFailure(1, naming: ["/nowhere/", "cannot be made", "hint: ", "TMPDIR="])
  }

  @Test func `a scratch database is like the live one`() throws {
    let site = try TestSite(
      .postgresql,
      [
        "001_a_postgresql_upgrade.sql": """
        CREATE TABLE a (id INTEGER);
        DO $$ BEGIN
          IF (SELECT datcollate || pg_encoding_to_char(encoding) FROM pg_database
              WHERE datname = current_database()) <> 'CLATIN1' THEN
            RAISE 'another database';
          END IF;
        END $$;
        """
      ])
    let name = "l_\(site.database.roleSuffix)"
    try site.database.execute(
      """
      CREATE DATABASE \(name) TEMPLATE template0 ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C'
      """)
    defer { try? site.database.execute("DROP DATABASE \(name) WITH (FORCE)") }
    try site.database.execute("ALTER DATABASE \(name) SET search_path = \"Trove\", public")
    try site.writeConf(url: try TestDatabase.serverURL(database: name))
    let psql = try PostgresConnection(serverOf(name))
    try psql.execute([Command("CREATE SCHEMA \"Trove\"")])
    try site.run("db_sync").expectSuccess()
    let tables = try psql.schema(of: nil).filter { $0.name.kind == .table }.map(\.name.description)
    #expect(tables.contains("Trove.a"))
    let outcome = try site.run("db_diff")
    outcome.expectSuccess()
    #expect(outcome.output.contains("equal: 3 objects"))
  }

  private func serverOf(_ database: String) throws -> DatabaseURL.PostgreSQL {
    let url = try DatabaseURL(
      TestDatabase.serverURL(database: database), relativeTo: Path("/"))
    guard case .postgresql(let server) = url else { throw TestDatabase.NoServer() }
    return server
  }
}
