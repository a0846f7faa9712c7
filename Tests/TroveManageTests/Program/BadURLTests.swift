import Foundation
import Testing
import TroveManage

@Suite struct BadURLTests {
  /// A URL that cannot be used, with a password where one can stand.
  struct Case: Sendable, CustomTestStringConvertible {
    let url: String
    let facts: [String]
    var testDescription: String { url }

    init(_ url: String, naming facts: String...) {
      self.url = url
      self.facts = facts
    }
  }

  static let cases = [
    Case("secretpw", naming: "sqlite://", "postgresql://"),
    Case("trove:secretpw@localhost/trove", naming: "sqlite://", "postgresql://"),
    Case("postgresql:/trove:secretpw@localhost/trove", naming: "postgresql://"),
    Case("mysql+pymysql://root:secretpw@db/trove", naming: "mysql", "sqlite", "postgresql"),
    Case("mysql://root:secretpw@db/trove", naming: "mysql", "sqlite", "postgresql"),
    Case("postgres://trove:secretpw@db/trove", naming: "'postgres'", "postgresql://"),
    Case("postgresql://trove:secretpw@db:port/trove", naming: "port", "65535"),
    Case("postgresql://trove:secretpw@db:99999/trove", naming: "port", "65535"),
    Case("postgresql://trove:secretpw@[::1/trove", naming: "[::1]"),
    Case("postgresql://trove:secretpw@db/trove?sslmode", naming: "name=value"),
    Case("postgresql://trove:secretpw%ff@db/trove", naming: "%25"),
    Case("sqlite://trove.sqlite", naming: "sqlite:///"),
    Case("sqlite:///trove.sqlite?mode=ro", naming: "'mode'"),
    Case("sqlite:///trove.sqlite?timeout=soon", naming: "timeout", "seconds"),
    Case("sqlite:///file:trove.sqlite", naming: "file:"),
  ]

  @Test(arguments: cases)
  func `a URL that cannot be used is named by its line, but not shown`(sample: Case) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.writeConf(url: sample.url)
    try site.expectFailure(
      1, "db_sync", naming: ["\(site.conf):5", "[database] connection"] + sample.facts)
  }

  @Test(arguments: ["db_status", "db_version", "db_upgrade", "db_version_control", "db_recreate"])
  func `no command goes on with a URL of another engine`(command: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.writeConf(url: "mysql+pymysql://root:secretpw@db/trove")
    let facts = ["\(site.conf):5", "mysql", "sqlite://", "postgresql://"]
    try site.expectFailure(1, command, naming: facts)
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `an option that libpq does not know is named`(command: String) throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.writeConf(url: "postgresql://trove:secretpw@127.0.0.1/trove?nosuchoption=1")
    try site.expectFailure(1, command, naming: ["nosuchoption"])
  }
}
