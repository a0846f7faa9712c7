import Testing
import TroveManage

@Suite struct DatabaseURLTests {
  private static func url(_ text: String) throws(DatabaseURLError) -> DatabaseURL {
    try DatabaseURL(text, relativeTo: Path("etc"))
  }

  /// The parameters of a PostgreSQL URL as `keyword=value`, passwords in the clear.
  private func parameters(_ text: String) throws -> [String]? {
    guard case .postgresql(let database) = try Self.url(text) else { return nil }
    return database.parameters.map { "\($0.keyword)=\($0.value)" }
  }

  private func reason(_ text: String) -> DatabaseURLError.Reason? {
    do throws(DatabaseURLError) {
      _ = try Self.url(text)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test(arguments: [
    ("sqlite://", DatabaseURL.SQLite.Storage.memory),
    ("sqlite:///", .memory),
    ("sqlite:///:memory:", .memory),
    ("sqlite:///a.db", .file(Path("etc/a.db"))),
    ("sqlite:///../var/a.db", .file(Path("etc/../var/a.db"))),
    ("sqlite:////srv/a.db", .file(Path("/srv/a.db"))),
    ("sqlite+pysqlite:///db/core.db", .file(Path("etc/db/core.db"))),
    ("SQLite:///a.db", .file(Path("etc/a.db"))),
    ("sqlite:///a%20b+c@d:e#f.db", .file(Path("etc/a%20b+c@d:e#f.db"))),
    ("  sqlite:///a.db\n", .file(Path("etc/a.db"))),
    ("sqlite:///a.db?check_same_thread=false&detect_types=", .file(Path("etc/a.db"))),
  ])
  func `a SQLite URL is a path`(text: String, storage: DatabaseURL.SQLite.Storage) throws {
    let url = try Self.url(text)
    #expect(url == .sqlite(DatabaseURL.SQLite(storage)))
    #expect(url.dialect == .sqlite)
  }

  @Test func `a SQLite URL may have a timeout`() throws {
    for text in ["sqlite:///db/q.db?timeout=1.5", "sqlite:///db/q.db?timeout=9&timeout=1.5"] {
      guard case .sqlite(let database) = try Self.url(text) else {
        Issue.record("\(text) is no SQLite URL")
        continue
      }
      #expect(database.storage == .file(Path("etc/db/q.db")))
      #expect(database.timeout == .milliseconds(1500))
      #expect(database.description == "sqlite:///etc/db/q.db?timeout=1.5")
    }
    #expect(try Self.url("sqlite://?timeout=2").description == "sqlite://?timeout=2")
  }

  @Test(arguments: [
    ("postgresql://", []),
    ("postgresql:///d", ["dbname=d"]),
    ("postgresql://h", ["host=h"]),
    ("postgresql://u@/d", ["user=u", "dbname=d"]),
    ("postgresql://u:p@h:5432/d", ["user=u", "password=p", "host=h", "port=5432", "dbname=d"]),
    ("postgresql+psycopg2://u:p@h/d", ["user=u", "password=p", "host=h", "dbname=d"]),
    ("postgresql+asyncpg://u@h/d", ["user=u", "host=h", "dbname=d"]),
    ("PostgreSQL://h/d", ["host=h", "dbname=d"]),
    ("postgresql://u:@h", ["user=u", "host=h"]),
    ("postgresql://:p@h", ["password=p", "host=h"]),
    ("postgresql://u@:5433/d", ["user=u", "port=5433", "dbname=d"]),
    ("postgresql://h:/d", ["host=h", "dbname=d"]),
    ("postgresql://h/a/b", ["host=h", "dbname=a/b"]),
    ("postgresql://ü@h/é", ["user=ü", "host=h", "dbname=é"]),
    ("postgresql://u@[::1]:5432/d", ["user=u", "host=::1", "port=5432", "dbname=d"]),
    ("postgresql://[fe80::1%25eth0]", ["host=fe80::1%eth0"]),
    ("postgresql://%2Frun%2Fpostgresql/d", ["host=/run/postgresql", "dbname=d"]),
    ("postgresql://h1:1,h2:2/d", ["host=h1,h2", "port=1,2", "dbname=d"]),
    ("postgresql://h1,h2:2/d", ["host=h1,h2", "port=,2", "dbname=d"]),
    ("postgresql://h1,[::1]/d", ["host=h1,::1", "dbname=d"]),
  ])
  func `a PostgreSQL URL is user, password, hosts, ports and database`(
    text: String, expected: [String]
  ) throws {
    #expect(try parameters(text) == expected)
  }

  @Test(arguments: [
    ("s%33cret", "s3cret"), ("p%40q", "p@q"), ("100%", "100%"), ("%zz", "%zz"), ("%4", "%4"),
    ("a+b", "a+b"), ("%C3%A9", "é"), ("a:b", "a:b"), ("s3@cret", "s3@cret"), ("@@", "@@"),
    ("a#b", "a#b"), ("a/b", "a/b"), ("a?b", "a?b"), ("a/b@c", "a/b@c"), ("1/2", "1/2"),
    ("/", "/"), ("a&b=c", "a&b=c"), ("a,b", "a,b"), ("[a]", "[a]"), ("a b", "a b"),
  ])
  func `a password has escapes, and works with most characters as they are`(
    text: String, password: String
  ) throws {
    #expect(
      try parameters("postgresql://u:\(text)@h:5432/d?application_name=me@home")
        == [
          "user=u", "password=\(password)", "host=h", "port=5432", "dbname=d",
          "application_name=me@home",
        ])
  }

  @Test(arguments: [
    ("postgresql:///d?host=/run/postgresql", ["host=/run/postgresql", "dbname=d"]),
    ("postgresql://u@/d?host=run&port=5433", ["user=u", "host=run", "port=5433", "dbname=d"]),
    ("postgresql://?host=h1:1&host=h2:2", ["host=h1,h2", "port=1,2"]),
    ("postgresql://?host=h1:1&host=h2", ["host=h1,h2", "port=1,"]),
    ("postgresql://?host=h1&host=h2", ["host=h1,h2"]),
    ("postgresql://?host=h1,h2&port=1,2", ["host=h1,h2", "port=1,2"]),
    ("postgresql://?host=h1:1,h2:2", ["host=h1,h2", "port=1,2"]),
    ("postgresql://?host=[::1]:1&host=/run", ["host=::1,/run", "port=1,"]),
    ("postgresql://?host=h:1&port=2", ["host=h:1", "port=2"]),
    ("postgresql://?host=[::1]&port=2", ["host=::1", "port=2"]),
    ("postgresql://?host=::1", ["host=::1"]),
    ("postgresql://?host=h:1", ["host=h", "port=1"]),
    ("postgresql://a/d?host=b&dbname=e&user=u", ["user=u", "host=b", "dbname=e"]),
    ("postgresql:///d?database=e", ["dbname=e"]),
    ("postgresql:///d?sslmode=require&bogus=1", ["dbname=d", "sslmode=require", "bogus=1"]),
    ("postgresql://?sslmode=&&application_name=a+b%2Bc", ["application_name=a b+c"]),
    ("postgresql://?options=-c%20a=b", ["options=-c a=b"]),
    ("postgresql://?sslmode=a&sslmode=b", ["sslmode=b"]),
    ("postgresql://?password=p", ["password=p"]),
    (
      "postgresql://h1,h2/d?target_session_attrs=read-write",
      ["host=h1,h2", "dbname=d", "target_session_attrs=read-write"]
    ),
    ("postgresql://h:5432/d?application_name=a@b", ["host=h", "port=5432", "dbname=d"]),
    ("postgresql://[::1]:5432/d?application_name=a@b", ["host=::1", "port=5432", "dbname=d"]),
  ])
  func `an option of a PostgreSQL URL is a parameter`(text: String, expected: [String]) throws {
    let added = text.hasSuffix("a@b") ? ["application_name=a@b"] : []
    #expect(try parameters(text) == expected + added)
  }

  @Test(arguments: [
    ("", DatabaseURLError.Reason.notURL),
    ("not a url s3cret", .notURL),
    ("//s3cret", .notURL),
    ("://s3cret", .notURL),
    ("u:s3cret@h/d", .notURL),
    ("postgresql:s3cret", .notURL),
    ("postgresql:/s3cret", .notURL),
    ("postgresql//s3cret", .notURL),
    ("é://s3cret", .notURL),
    ("postgres://u:s3cret@h/d", .scheme("postgres")),
    ("mysql+pymysql://u:s3cret@h/d", .scheme("mysql+pymysql")),
    ("+sqlite://s3cret", .scheme("+sqlite")),
    ("postgresql://u:s3cret\n@h/d", .controlCharacter),
    ("postgresql://u:s3cret\0@h/d", .controlCharacter),
    ("sqlite://s3cret.db", .sqliteHost),
    ("sqlite://u:s3cret@/a.db", .sqliteHost),
    ("sqlite:///file:s3cret?mode=ro&uri=true", .sqliteURI),
    ("sqlite:///a.db?mode=s3cret", .sqliteOption("mode")),
    ("sqlite:///a.db?timeout=s3cret", .timeout),
    ("sqlite:///a.db?s3cret", .option),
    ("postgresql://u:s3cret", .port),
    ("postgresql://u:s3cret/d", .port),
    ("postgresql://u@h:0", .port),
    ("postgresql://u@h:65536", .port),
    ("postgresql://u@::1/d", .port),
    ("postgresql://u@[::1/d", .host),
    ("postgresql://u@[]/d", .host),
    ("postgresql://u@[::1]s3cret/d", .host),
    ("postgresql://u:p@s3/cret@h/d", .strayAt),
    ("postgresql:///s3@cret", .strayAt),
    ("postgresql://u:12?s3cret@h/d", .option),
    ("postgresql://u:12?s3cret@h/d?sslmode=require", .option),
    ("postgresql://h?=s3cret", .option),
    ("postgresql://h?s3 cret=1", .option),
    ("postgresql://u:s3cret%E9@h", .escape),
    ("postgresql://u:s3cret%00@h", .escape),
    ("postgresql://h?password=s3cret%00", .escape),
    ("postgresql://?host=h&host=h&port=1,1&password=s3cret", .hostsAndPort),
    ("postgresql://u:s3cret@h:1/d?host=a&host=b", .hostsAndPort),
  ])
  func `what is not a URL of the two engines is an error that does not show it`(
    text: String, expected: DatabaseURLError.Reason
  ) {
    #expect(reason(text) == expected)
    let text = message { _ = try Self.url(text) } ?? ""
    #expect(!text.contains("s3") && !text.contains("cret"))
    #expect(text.split(separator: "\n").count == 2 && text.contains("\nhint: "))
  }

  @Test func `an error tells the scheme's right name, and where the option stands`() throws {
    let file = try INIFile(
      Array("[database]\nconnection = postgres://u:p@h/d".utf8), path: "a.conf", grammar: .oslo)
    let value = try #require(
      try Conf([file], environment: [:]).value("connection", group: "database"))
    #expect(
      message { _ = try DatabaseURL(value) } == """
        a.conf:2:14: [database] connection: there is no database engine 'postgres'
        hint: the name is postgresql: postgresql://user:password@host:5432/trove
        """)
  }

  @Test func `an option's URL is relative to its conf file`() throws {
    let file = try INIFile(
      Array("[database]\nconnection = sqlite:///../var/a.db".utf8), path: "etc/a.conf",
      grammar: .oslo)
    let value = try #require(
      try Conf([file], environment: [:]).value("connection", group: "database"))
    #expect(try DatabaseURL(value) == .sqlite(.init(.file(Path("etc/../var/a.db")))))
  }

  @Test(arguments: [
    ("postgresql://u:s3cret@h:5432/d", "postgresql://u:***@h:5432/d"),
    ("postgresql://u:s3@cret@h/d", "postgresql://u:***@h/d"),
    ("postgresql://h/d?password=s3cret&user=u", "postgresql://u:***@h/d"),
    ("postgresql://h/d?sslpassword=s3cret", "postgresql://h/d?sslpassword=***"),
    ("postgresql://h/d?oauth_client_secret=s3cret", "postgresql://h/d?oauth_client_secret=***"),
    (
      "postgresql://u%40x@h/a%20b?options=-c+a%3Db", "postgresql://u%40x@h/a%20b?options=-c%20a%3Db"
    ),
    ("postgresql://h1:1,[::1]:2/d", "postgresql://h1:1,[::1]:2/d"),
    ("postgresql:///d?host=/run", "postgresql:///d?host=/run"),
    ("postgresql://?host=/run", "postgresql:///?host=/run"),
    ("postgresql://?host=h1,h2&port=1", "postgresql:///?host=h1,h2&port=1"),
    ("postgresql://", "postgresql://"),
    ("sqlite+pysqlite:////a.db", "sqlite:////a.db"),
    ("sqlite:///", "sqlite://"),
  ])
  func `a description is the URL without passwords`(text: String, expected: String) throws {
    let url = try Self.url(text)
    #expect(url.description == expected)
    var dumped = ""
    dump(url, to: &dumped)
    if case .postgresql(let database) = url { dump(database, to: &dumped) }
    dumped += "\(url) \(String(reflecting: url)) \([url])"
    #expect(!dumped.contains("s3") && !dumped.contains("cret@"))
  }

  @Test func `a parameter can be replaced or added`() throws {
    guard case .postgresql(let database) = try Self.url("postgresql://u:p@h?sslmode=require") else {
      Issue.record("it is no PostgreSQL URL")
      return
    }
    let other = database.setting("dbname", to: "scratch").setting("user", to: "v")
      .setting("application_name", to: "a")
    #expect(
      other.description == "postgresql://v:***@h/scratch?sslmode=require&application_name=a")
    #expect(other["password"] == "p" && other["port"] == nil)
  }

  @Test(arguments: 0..<8)
  func `any text is a URL that its description leads back to, or one error`(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    let pieces = [
      "@", ":", "/", "?", "&", "=", "[", "]", "::1", "%40", "%", "+", ",", "host=", "#", "é", "\0",
    ]
    let texts = [
      "postgresql+psycopg2://user:pass@host:5432/db?sslmode=require&host=a:1&host=b:2",
      "postgresql://u:p@[::1]:5432,h2/db?password=x&options=-c%20a",
      "sqlite:////srv/a.db?timeout=5",
    ]
    for index in 0..<1500 {
      let bytes = numbers.mutation(of: texts[index % texts.count], pieces: pieces)
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(DatabaseURLError) {
        let url = try Self.url(text)
        if case .postgresql(let database) = url { expectRoundTrip(database) }
      } catch {
        #expect("\(error)".split(separator: "\n").count == 2)
      }
    }
  }

  private func expectRoundTrip(_ database: DatabaseURL.PostgreSQL) {
    // A description shows no password, so the one that it leads back to has none to compare.
    var database = database
    for parameter in database.parameters where parameter.isSecret {
      database = database.setting(parameter.keyword, to: "***")
    }
    let again = try? Self.url(database.description)
    #expect(again == .postgresql(database))
  }
}
