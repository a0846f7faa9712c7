import Testing
import TroveManage

@Suite struct SettingsTests {
  private func settings(
    _ text: String, environment: [String: String] = [:]
  ) throws(ConfError) -> Settings {
    try Settings(try Conf(text, environment: environment))
  }

  private static let everything = """
    [DEFAULT]
    db_plugins = com.foo.dbaas.db.plugin.DBPlugins,
      ../other/repo
    db_plugins_path = ../migrate_repos, /srv/repos
    [database]
    connection = sqlite:///a.db
    [migrate]
    core_repo_path = ../core
    transaction = version
    lock_wait = 1.5
    connect_wait = 30
    lock_timeout = 2
    statement_timeout = 3
    protected = on

    """

  @Test func `every option is read as what it means`() throws {
    let file = try INIFile(Array(Self.everything.utf8), path: "etc/a.conf", grammar: .oslo)
    let settings = try Settings(Conf([file], environment: [:]))
    #expect(settings.plugins.map(\.text) == ["com.foo.dbaas.db.plugin.DBPlugins", "../other/repo"])
    #expect(
      settings.plugins.map(\.place)
        == ["etc/a.conf:2:14: [DEFAULT] db_plugins", "etc/a.conf:3: [DEFAULT] db_plugins"])
    #expect(settings.plugins.map { $0.path().text }.last == "etc/../other/repo")
    #expect(settings.pluginFolders?.map(\.text) == ["etc/../migrate_repos", "/srv/repos"])
    #expect(try settings.connection().text == "sqlite:///a.db")
    #expect(settings.coreRepository?.text == "etc/../core")
    #expect(settings.transaction == .version)
    #expect(settings.lockWait == .milliseconds(1500))
    #expect(settings.connectWait == .seconds(30))
    #expect(settings.lockTimeout == .seconds(2))
    #expect(settings.statementTimeout == .seconds(3))
    #expect(settings.isProtected)
  }

  @Test(arguments: [
    "",
    "[migrate]\nlock_wait =\ntransaction =\ncore_repo_path =\nlock_timeout =\n",
    "[DEFAULT]\ndb_plugins =\ndb_plugins_path = ,",
    "[migrate]\nlock_timeout = 0\nstatement_timeout = 0",
  ])
  func `an option that is not set, or set to nothing, has its default`(text: String) throws {
    let settings = try settings(text)
    #expect(settings.plugins.isEmpty)
    #expect(settings.pluginFolders == nil)
    #expect(settings.coreRepository == nil)
    #expect(settings.transaction == .run)
    #expect(settings.lockWait == .seconds(60))
    #expect(settings.connectWait == .zero)
    #expect(settings.lockTimeout == nil && settings.statementTimeout == nil)
    #expect(!settings.isProtected)
  }

  @Test(arguments: [
    ("protected = maybe", "3:13: [migrate] protected is 'maybe', which is not true or false"),
    ("protected =", "3:12: [migrate] protected is '', which is not true or false"),
    (
      "transaction = all",
      "3:15: [migrate] transaction is 'all', which is not one of run, repository, version"
    ),
    (
      "lock_wait = 1m",
      "3:13: [migrate] lock_wait is '1m', which is not a number of seconds from 0 to 2147483"
    ),
  ])
  func `an option that cannot be read is an error`(line: String, expected: String) {
    #expect(message { _ = try settings("[database]\n[migrate]\n\(line)") } == "a.conf:\(expected)")
  }

  @Test func `an option of the environment that cannot be read names its variable`() {
    #expect(
      message { _ = try settings("", environment: ["OS_MIGRATE__PROTECTED": "x"]) }
        == "environment variable OS_MIGRATE__PROTECTED is 'x', which is not true or false")
  }

  @Test(arguments: ["a,,b", ",a"])
  func `an empty item is an error`(text: String) {
    #expect(
      message { _ = try settings("[DEFAULT]\ndb_plugins = \(text)") }?
        .hasSuffix(": [DEFAULT] db_plugins has an empty item: a comma too many") == true)
  }

  @Test func `options that the program does not know are not looked at`() throws {
    let text = "[database]\nidle_timeout = abc\nconnection = x\n[x]\ny = $nothing\nz = $z"
    #expect(try settings(text).connection().text == "x")
  }

  @Test func `no connection is an error that tells what to add to which file`() throws {
    #expect(
      message { _ = try settings("").connection() } == """
        no database is set: read a.conf
        hint: add to a.conf:
        [database]
        connection = sqlite:////var/lib/trove/trove.sqlite
        """)
    let nothing = try Settings(Conf([], environment: [:]))
    #expect(
      message { _ = try nothing.connection() } == """
        no database is set: no conf file was found
        hint: pass --config-file FILE, holding:
        [database]
        connection = sqlite:////var/lib/trove/trove.sqlite
        """)
  }

  @Test(arguments: [
    ("[DEFAULT]\nconnection = a", "[DEFAULT] connection"),
    ("[database]\nsql_connection = a", "[database] sql_connection"),
    ("[default]\nsql_connection = a", "[default] sql_connection"),
    ("[ database ]\nconnection = a", "[ database ] connection"),
    ("[database]\nConnection = a", "[database] Connection"),
    ("[sql]\nconnection = a", "[sql] connection"),
  ])
  func `a connection in the wrong place is an error that names it`(text: String, found: String) {
    #expect(
      message { _ = try settings(text).connection() } == """
        a.conf:2:1: no database is set: \(found) is not read
        hint: the option is [database] connection
        """)
  }

  @Test func `an empty connection is an error that names the place`() throws {
    #expect(
      message { _ = try settings("[database]\nconnection =").connection() }
        == "a.conf:2:13: [database] connection is empty")
    let environment = ["OS_DATABASE__CONNECTION": ""]
    #expect(
      message {
        _ = try settings("[database]\nconnection = a", environment: environment).connection()
      } == "environment variable OS_DATABASE__CONNECTION is empty")
  }
}
