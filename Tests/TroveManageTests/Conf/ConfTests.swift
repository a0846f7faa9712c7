import Testing
import TroveManage

@Suite struct ConfTests {
  @Test(arguments: [
    ConfCase("[DEFAULT]\nsql_connection = old", "old"),
    ConfCase("[DEFAULT]\nsql_connection = old\n[database]\nconnection = new", "new"),
    ConfCase("[database]\nconnection = new\n[DEFAULT]\nsql_connection = old", "new"),
    ConfCase("[DEFAULT]\nconnection = a", nil),
    ConfCase("[database]\nsql_connection = old", nil),
    ConfCase("[DATABASE]\nsql_connection = old", nil),
    ConfCase("[sql]\nconnection = old", nil),
    ConfCase("[default]\nsql_connection = old", nil),
  ])
  func `the connection has one deprecated name`(_ test: ConfCase) throws {
    #expect(try Conf(test.text).value("connection", group: "database")?.text == test.expected)
  }

  @Test func `a deprecated name in a later file wins over the new one in an earlier`() throws {
    let texts = ["[database]\nconnection = new", "[DEFAULT]\nsql_connection = old"]
    let files = try texts.enumerated().map { index, text in
      try INIFile(Array(text.utf8), path: "\(index).conf", grammar: .oslo)
    }
    let value = try #require(
      try Conf(files, environment: [:]).value("connection", group: "database"))
    #expect(value.text == "old")
    #expect(value.place == "1.conf:2:18: [DEFAULT] sql_connection")
  }

  @Test(arguments: [
    ConfCase("OS_DATABASE__CONNECTION", "env"),
    ConfCase("os_database__connection", "a"),
    ConfCase("OS_DEFAULT__SQL_CONNECTION", "a"),
    ConfCase("OS_DATABASE_CONNECTION", "a"),
  ])
  func `the environment wins over all files`(_ test: ConfCase) throws {
    let conf = try Conf("[database]\nconnection = a", environment: [test.text: "env"])
    #expect(try conf.value("connection", group: "database")?.text == test.expected)
  }

  @Test func `an empty variable sets an option to nothing, and names in one are replaced`() throws {
    let text = "[DEFAULT]\ndns_domain_name = zz\n[database]\nconnection = a"
    let empty = try Conf(text, environment: ["OS_DATABASE__CONNECTION": ""])
    #expect(try empty.value("connection", group: "database")?.text == "")
    let named = try Conf(text, environment: ["OS_DATABASE__CONNECTION": "x$dns_domain_name"])
    #expect(try named.value("connection", group: "database")?.text == "xzz")
  }

  @Test func `an option that nothing sets has no value, but a variable has its default`() throws {
    let conf = try Conf("[DEFAULT]\nregion = r$$1\n[migrate]\nlock_wait = 5")
    #expect(try conf.value("transaction", group: "migrate") == nil)
    #expect(try conf.variable("transaction", group: "migrate") == "run")
    #expect(try conf.variable("lock_wait", group: "migrate") == "5")
    #expect(try conf.variable("region") == "r$1")
    #expect(try conf.variable("region", group: "migrate") == nil)
  }

  @Test func `a value knows the folder that its paths start from`() throws {
    let folder = try FolderOfFiles(["a.conf": "[x]\np = r/s\n", "sub/b.conf": "[x]\nq = ../t\n"])
    let conf = try Conf(
      files: [folder("a.conf"), folder("sub/b.conf")], folders: [],
      environment: ["OS_X__E": "e"])
    #expect(try conf.value("p", group: "x")?.path().text == folder("r/s"))
    #expect(try conf.value("q", group: "x")?.path().text == folder("sub/../t"))
    #expect(try conf.value("e", group: "x")?.path() == Path.currentFolder.appending("e"))
  }
}
