import Testing
import TroveManage

/// Plugins whose versions are written in Python.
@Suite struct PythonPluginTests {
  /// What a plugin's script does to core's tables, and what the message says that it does.
  struct Attack: Sendable, CustomTestStringConvertible {
    let statement: String
    let words: String
    var testDescription: String { statement }
  }

  private static let attacks = [
    Attack(statement: "DROP TABLE log", words: "drops log"),
    Attack(statement: "ALTER TABLE instances ADD COLUMN evil INTEGER", words: "alters instances"),
    Attack(statement: "INSERT INTO log VALUES (1)", words: "writes rows of log"),
    Attack(statement: "UPDATE core_version SET version = 0", words: "writes rows of core_version"),
  ]

  /// A site whose plugin's second version is `body`.
  private static func site(_ engine: Engine, _ body: String) throws -> TestSite {
    let site = try TestSite.withOwners(engine)
    let python = try PythonEnvironment.reference.interpreter
    try site.writeConf(plugins: "./plugin", options: "python = \(python)")
    try site.run("db_sync").expectSuccess()
    try site.folder.write("plugin/versions/002_x.py", TestSite.upgrade(body))
    return site
  }

  @Test(arguments: Engine.allCases, attacks)
  func `a plugin in Python cannot touch what core owns`(engine: Engine, attack: Attack) throws {
    let site = try Self.site(engine, "x = 1\nmigrate_engine.execute('\(attack.statement)')\nx = 2")
    let before = try site.everything()
    let path = site.folder.path("plugin/versions/002_x.py")
    try site.run("db_sync").expectFailure(
      1, naming: ["error: \(path):4: ", "plugin plugin version 2 \(attack.words), which "])
    #expect(try site.everything() == before)
  }

  @Test(arguments: Engine.allCases, attacks)
  func `a plugin in Python that goes on after a refusal has won nothing`(
    engine: Engine, attack: Attack
  ) throws {
    let site = try Self.site(
      engine, "try: migrate_engine.execute('\(attack.statement)')\nexcept BaseException: pass")
    let before = try site.everything()
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: [site.folder.path("plugin/versions/002_x.py"), attack.words])
    #expect(try site.everything() == before)
  }

  @Test(arguments: Engine.allCases)
  func `what a plugin in Python makes is its own`(engine: Engine) throws {
    let site = try Self.site(
      engine,
      """
      meta = sa.MetaData(bind=migrate_engine)
      core = sa.Table('instances', meta, autoload=True)
      key = sa.ForeignKey('instances.id')
      table = sa.Table('x', meta, sa.Column('id', sa.Integer), sa.Column('instance', sa.Integer, key))
      table.create()
      for row in core.select().execute().fetchall(): table.insert().execute(id=row.id, instance=row.id)
      """)
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT * FROM x ORDER BY id") == [["1", "1"], ["2", "2"]])
    try site.folder.write("core/versions/002_x_default_upgrade.sql", "DROP TABLE x;")
    try site.run("db_sync").expectFailure(1, naming: ["core version 2 drops x, which plugin owns"])
  }

  /// Both have `schema.py` in the repository's folder, `names.py` beside the script, and `001_init.py`.
  @Test(arguments: Engine.allCases)
  func `plugins with modules of the same names get their own`(engine: Engine) throws {
    let site = try TestSite.withPython(engine, plugins: "./one, ./two")
    for name in ["one", "two"] {
      try site.folder.writeRepository(name, scripts: [:])
      try site.folder.write("\(name)/schema.py", "TABLE = '\(name)'\n")
      try site.folder.write("\(name)/versions/names.py", "SUFFIX = '_of_\(name)'\n")
      let body = "migrate_engine.execute('CREATE TABLE ' + TABLE + names.SUFFIX + ' (id INTEGER)')"
      try site.folder.write(
        "\(name)/versions/001_init.py",
        "from schema import TABLE\nimport names\n" + TestSite.upgrade(body))
    }
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["one_of_one", "two_of_two"])
  }

  @Test(arguments: Engine.allCases)
  func `a dotted name finds a plugin's modules without __init__`(engine: Engine) throws {
    let site = try TestSite.withPython(engine, plugins: "com.foo.one.Plugin, com.foo.two.Plugin")
    for name in ["one", "two"] {
      let repository = "plugins/com/foo/\(name)/migrate_repo"
      try site.folder.writeRepository(repository, id: name, table: "\(name)_version", scripts: [:])
      try site.folder.write("\(repository)/schema.py", "TABLE = '\(name)'\n")
      let body = "migrate_engine.execute('CREATE TABLE %s (id INTEGER)' % TABLE)"
      try site.folder.write(
        "\(repository)/versions/001_init.py",
        "from com.foo.\(name).migrate_repo.schema import TABLE\n" + TestSite.upgrade(body))
    }
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["one", "two"])
  }
}
