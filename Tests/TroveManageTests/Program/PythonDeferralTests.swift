import Testing
import TroveManage

/// Modules that the interpreter does not load before a version asks for something of them.
@Suite struct PythonDeferralTests {
  private static func run(
    _ body: String, _ engine: Engine, in environment: PythonEnvironment = .reference
  ) throws {
    let site = try TestSite.withThirdVersion(engine, TestSite.upgrade(body), in: environment)
    try site.run("db_sync").expectSuccess()
  }

  @Test func `what no version uses is not loaded`() throws {
    let body = """
      import sys
      for name in ('asyncio', 'ssl', 'importlib.metadata', 'sqlalchemy.dialects.mssql'):
          assert name not in sys.modules, name
      """
    try Self.run(body, .sqlite)
  }

  @Test(arguments: [PythonEnvironment.reference, .later])
  func `a version finds the modules themselves`(environment: PythonEnvironment) throws {
    let body = """
      import asyncio.events
      import importlib.metadata
      import sqlalchemy.dialects.mssql.base
      from sqlalchemy.dialects import mssql, mysql
      from sqlalchemy.dialects.mssql import BIT
      from sqlalchemy.dialects.mysql import aiomysql
      import types
      for module in (asyncio, importlib.metadata, sqlalchemy.dialects.mssql, mssql):
          assert type(module) is types.ModuleType and module.__file__, module
      assert asyncio.AbstractEventLoop is asyncio.events.AbstractEventLoop
      assert importlib.metadata.version('sqlalchemy') == sa.__version__
      assert mssql.base.BIT is mssql.BIT is BIT
      assert mysql.pymysql.dialect.driver == 'pymysql' and aiomysql.dialect.driver == 'aiomysql'
      import sqlalchemy.dialects.mysql.aiomysql as itself
      assert itself.dialect is aiomysql.dialect
      """
    try Self.run(body, .sqlite, in: environment)
  }

  @Test func `what SQLAlchemy and sqlalchemy-migrate have of them is the same`() throws {
    let body = """
      import sqlalchemy.dialects, sqlalchemy.databases, sqlalchemy.util.concurrency as concurrency
      assert sqlalchemy.dialects.mssql.BIT(), 'not imported by the script'
      from sqlalchemy.dialects.mssql import BIT
      assert sqlalchemy.databases.mssql.BIT is BIT
      import asyncio, importlib.metadata, migrate
      assert concurrency.asyncio.Lock is asyncio.Lock
      assert migrate.__version__ == importlib.metadata.version('sqlalchemy-migrate')
      url = sa.engine.make_url('mssql+pymssql://nobody@nowhere/nothing')
      assert url.get_dialect().name == 'mssql'
      """
    try Self.run(body, .sqlite)
  }

  @Test(arguments: Engine.allCases)
  func `a statement may fail and be caught, which needs asyncio`(engine: Engine) throws {
    let body = """
      try:
          with migrate_engine.begin() as c: c.execute(sa.text('SELECT nothing FROM nowhere'))
      except sa.exc.DBAPIError as error:
          assert 'nowhere' in str(error), error
      else:
          raise AssertionError
      """
    try Self.run(body, engine)
  }
}
