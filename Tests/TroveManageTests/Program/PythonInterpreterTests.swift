import Foundation
import Testing
import TroveManage

/// Which interpreter runs Python versions, and what it must have.
@Suite struct PythonInterpreterTests {
  private static let waysOut = ["hint: ", "python", "[migrate]", "repo_convert"]

  @Test(arguments: Engine.allCases)
  func `an interpreter that is not there is named before anything runs`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(engine, TestSite.upgrade("pass"))
    let interpreter = site.folder.path("nowhere/python3")
    try site.writeConf(options: "python = \(interpreter)")
    try site.expectFailure(
      1, "db_sync", naming: [site.script("002_b.py"), interpreter] + Self.waysOut)
  }

  @Test(arguments: Engine.allCases)
  func `an interpreter that is none is named before anything runs`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(engine, TestSite.upgrade("pass"))
    for interpreter in ["/bin/true", site.folder.path, site.conf] {
      try site.writeConf(options: "python = \(interpreter)")
      try site.expectFailure(1, "db_sync", naming: [site.script("002_b.py"), interpreter])
    }
  }

  @Test(arguments: Engine.allCases)
  func `an interpreter without SQLAlchemy is named with the package`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(engine, TestSite.upgrade("pass"), in: .bare)
    let interpreter = try PythonEnvironment.bare.interpreter
    let outcome = try site.expectFailure(
      1, "db_sync", naming: [site.script("002_b.py"), interpreter] + Self.waysOut)
    #expect(outcome.messages.lowercased().contains("sqlalchemy"), "\(outcome.messages)")
  }

  @Test(arguments: Engine.allCases)
  func `SQLAlchemy 2.0 alone runs a script that needs no more`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade(
        """
        meta = sa.MetaData()
        table = sa.Table('c', meta, sa.Column('id', sa.Integer), sa.Column('word', sa.String(9)))
        with migrate_engine.begin() as connection:
            meta.create_all(connection)
            connection.execute(table.insert(), [{'id': 1, 'word': 'é'}, {'id': 2, 'word': None}])
            connection.execute(table.update().where(table.c.id == 2).values(word="'%s'"))
        with migrate_engine.connect() as connection:
            connection.execute(table.delete())
        assert sa.inspect(migrate_engine).has_table('c')
        """), in: .later)
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c"])
    let rows = try site.database.rows("SELECT id, word FROM c ORDER BY id")
    #expect(rows == [["1", "é"], ["2", "'%s'"]])
  }

  @Test(
    arguments: Engine.allCases,
    ["import migrate", "from migrate.changeset import *", "from migrate import changeset as c"])
  func `a script that imports sqlalchemy-migrate where it is missing is told so`(
    engine: Engine, line: String
  ) throws {
    let site = try TestSite.withThirdVersion(
      engine, "\(line)\n" + TestSite.upgrade("pass"), in: .later)
    let interpreter = try PythonEnvironment.later.interpreter
    try site.expectFailure(
      1, "db_sync",
      naming: [site.thirdVersion, interpreter, "sqlalchemy-migrate"] + Self.waysOut)
  }

  @Test(arguments: Engine.allCases)
  func `a script that uses what sqlalchemy-migrate adds is told that it is missing`(
    engine: Engine
  ) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade(
        """
        table = sa.Table('b', sa.MetaData(), autoload_with=migrate_engine)
        sa.Column('more', sa.Integer).create(table)
        """), in: .later)
    try site.run("db_sync").expectFailure(
      1, naming: ["\(site.thirdVersion):4: ", "sqlalchemy-migrate", "nothing was changed"])
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `Python is not started for versions that are SQL`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, options: "python = /nonexistent/python3")
    // SQL wins over Python.
    try site.write("002_b.py", TestSite.upgrade("raise Exception()"))
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b"])
  }

  @Test(arguments: Engine.allCases)
  func `Python is not started when nothing is pending`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(engine, TestSite.upgrade("pass"))
    try site.run("db_sync").expectSuccess()
    try site.writeConf(options: "python = /nonexistent/python3")
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 3\n")
    try site.run("db_status").expectSuccess()
  }
}
