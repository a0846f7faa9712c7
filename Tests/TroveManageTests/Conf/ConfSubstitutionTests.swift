import Testing
import TroveManage

@Suite struct ConfSubstitutionTests {
  private static let rest = """

    idle_timeout = 5
    [DEFAULT]
    dns_domain_name = h1
    a.b = dotted
    list = a,$dns_domain_name,c
    two = 1
      2
    [migrate]
    lock_wait = 7
    """

  private func connection(_ text: String) throws -> String? {
    try Conf("[database]\nconnection = \(text)\(Self.rest)")
      .value("connection", group: "database")?.text
  }

  @Test(arguments: [
    ConfCase("a://$dns_domain_name/x", "a://h1/x"),
    ConfCase("a://${dns_domain_name}x", "a://h1x"),
    ConfCase("a://$idle_timeout", "a://5"),
    ConfCase("a://${database.idle_timeout}", "a://5"),
    ConfCase("a://${Database.idle_timeout}", "a://5"),
    ConfCase("a://$database.idle_timeout", "a://5"),
    ConfCase("${DEFAULT.dns_domain_name}", "h1"),
    ConfCase("\"a$dns_domain_name\"", "ah1"),
    ConfCase("$a.b", "dotted"),
    ConfCase("$list", "a,h1,c"),
    ConfCase("$two", "1\n2"),
    ConfCase("$migrate.lock_wait $migrate.transaction", "7 run"),
    ConfCase("$db_plugins", ""),
  ])
  func `a name stands for the option's value or default`(_ test: ConfCase) throws {
    #expect(try connection(test.text) == test.expected)
  }

  @Test(arguments: [
    ConfCase("a://${.idle_timeout}", "a://${.idle_timeout}"),
    ConfCase("postgresql://u:pa$@h/d", "postgresql://u:pa$@h/d"),
    ConfCase("postgresql://u:pa$1@h/d", "postgresql://u:pa$1@h/d"),
    ConfCase("a$", "a$"),
    ConfCase("a${dns_domain_name", "a${dns_domain_name"),
    ConfCase("a${}b", "a${}b"),
    ConfCase("a${1}$-$é", "a${1}$-$é"),
    ConfCase("${dns_domain_name$idle_timeout}", "${dns_domain_name5}"),
  ])
  func `a dollar sign that no name follows stands for itself`(_ test: ConfCase) throws {
    #expect(try connection(test.text) == test.expected)
  }

  @Test(arguments: [
    ConfCase("postgresql://u:pa$$word@h/d", "postgresql://u:pa$word@h/d"),
    ConfCase("postgresql://u:pa\\$word@h/d", "postgresql://u:pa$word@h/d"),
    ConfCase("postgresql://u:pa$$w$$d@h/d", "postgresql://u:pa$w$d@h/d"),
    ConfCase("$$$idle_timeout", "$5"),
    ConfCase("$\\$idle_timeout", "$5"),
    ConfCase("\\\\$x", "\\$x"),
    ConfCase("$$$$", "$$"),
    ConfCase("$${idle_timeout}", "${idle_timeout}"),
  ])
  func `a doubled dollar sign, or one with a backslash, stands for one`(_ test: ConfCase) throws {
    #expect(try connection(test.text) == test.expected)
  }

  // The reference knows only options of its own, and stops with a traceback.
  @Test func `a name may be any that a conf file sets`() throws {
    let conf = try Conf("[DEFAULT]\nfoo = 1\n[x]\nbar = 2\n[y]\nz = a$foo${x.bar}")
    #expect(try conf.value("z", group: "y")?.text == "a12")
  }

  @Test func `what was inserted is not looked at again`() throws {
    let conf = try Conf("[x]\na = $$b\nc = <$a>")
    #expect(try conf.value("c", group: "x")?.text == "<$b>")
  }

  @Test(arguments: ["word", "HOME", "no.such", "dns_domain_name.", "core_repo_path"])
  func `an unknown name is an error that names the place and the remedy`(name: String) {
    let text = message { _ = try Conf("[x]\na =  b$\(name)").value("a", group: "x") }
    #expect(
      text == """
        a.conf:2:6: [x] a names '$\(name)', which no conf file sets
        hint: write $$ for a dollar sign, and ${name} where a letter, digit, '_' or '.' follows a name
        """)
  }

  @Test func `an unknown name in a secret is not shown`() throws {
    let text = message { _ = try connection("postgresql://u:pa$word@h/d") }
    #expect(
      text?.hasPrefix("a.conf:2:14: [database] connection names an option with '$', which") == true)
    #expect(text?.contains("word") == false)
  }

  @Test(arguments: [
    ConfCase("a = $a", "a.conf:2:5: [x] a leads back to itself: [x] a > [x] a"),
    ConfCase("a = $b\nb = $x.a", "a.conf:2:5: [x] a leads back to itself: [x] a > [x] b > [x] a"),
    ConfCase("a = $b\nb = ${b}", "a.conf:3:5: [x] b leads back to itself: [x] b > [x] b"),
  ])
  func `a value that leads back to itself is an error`(_ test: ConfCase) {
    #expect(message { _ = try Conf("[x]\n\(test.text)").value("a", group: "x") } == test.expected)
  }

  @Test func `a long chain is an error`() throws {
    let lines = (0..<10_000).map { "a\($0) = $a\($0 + 1)" }
    let conf = try Conf("[x]\n\(lines.joined(separator: "\n"))\na10000 = end")
    #expect(
      message { _ = try conf.value("a0", group: "x") }
        == "a.conf:66:7: [x] a64 leads from name to name more than 64 times")
    #expect(try conf.value("a9937", group: "x")?.text == "end")
  }

  @Test(arguments: ["", "x"])
  func `values that double again and again end soon`(end: String) throws {
    let lines = (0..<60).map { "a\($0) = $a\($0 + 1)$a\($0 + 1)" }
    let conf = try Conf("[x]\n\(lines.joined(separator: "\n"))\na60 = \(end)")
    let text = message { _ = try conf.value("a0", group: "x") }
    #expect(end.isEmpty ? text == nil : text?.contains("has more than 1048576 bytes") == true)
  }

  @Test func `what a secret was inserted into is one`() throws {
    let conf = try Conf("[x]\nadmin_password = s3cret\nlock_wait = a$admin_password")
    let value = try #require(try conf.value("lock_wait", group: "x"))
    #expect(message { _ = try value.seconds() }?.contains("s3cret") == false)
    #expect(!"\(value) \(String(reflecting: value))".contains("s3cret"))
    var dumped = ""
    dump(value, to: &dumped)
    #expect(!dumped.contains("s3cret"))
  }
}
