import Foundation
import Glibc
import Testing
import TroveManage

@Suite struct BadServerTests {
  /// Whose password it is, and where another one can be put.
  private static let passwordFacts = ["password", "\"trove\"", "hint:"]

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a wrong password is refused, and neither it nor the right one is shown`(
    command: String
  ) throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.writeConf(url: try site.tcpURL(user: "trove:secretpw"))
    try site.expectFailure(1, command, naming: Self.passwordFacts)
    try site.writeConf(url: try site.tcpURL(user: "trove") + "?password=secretpw")
    try site.expectFailure(1, command, naming: Self.passwordFacts)
    try site.writeConf(url: try site.tcpURL(user: "trove"))
    try site.expectFailure(1, command, naming: Self.passwordFacts)
  }

  @Test func `the right password leads to the database and is not shown`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let password = try #require(ProcessInfo.processInfo.environment["TROVE_TEST_PGPASSWORD"])
    try site.writeConf(url: try site.tcpURL(user: "trove:\(password)"))
    try site.run("db_sync").expectSuccess()
    let status = try site.run("db_status")
    status.expectSuccess()
    #expect(status.output.contains("trove:***@127.0.0.1"))
    try site.run("--json", "db_status").expectSuccess()
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a database that does not exist is named`(command: String) throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.writeConf(url: try TestDatabase.serverURL(database: "trove_is_not_here"))
    try site.expectFailure(1, command, naming: ["trove_is_not_here", "does not exist", "hint:"])
  }

  @Test func `a user that does not exist is named`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let url = site.database.urlText.replacing("trove@", with: "stranger@")
    try site.writeConf(url: url)
    try site.expectFailure(1, "db_sync", naming: ["stranger", "does not exist"])
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a port where nobody listens may be worth another try`(command: String) throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let port = try Socket.closedPort()
    try site.writeConf(url: "postgresql://trove:secretpw@127.0.0.1:\(port)/trove")
    try site.expectFailure(75, command, naming: ["127.0.0.1", "\(port)", "refused"])
  }

  @Test func `a folder without a socket may be worth another try`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.writeConf(url: "postgresql:///trove?host=\(site.folder.path)")
    try site.expectFailure(75, "db_sync", naming: [site.folder.path])
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a host that nobody knows is named`(command: String) throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.writeConf(url: "postgresql://trove:secretpw@nosuchhost.invalid/trove")
    try site.expectFailure(1, command, naming: ["nosuchhost.invalid"])
  }

  @Test func `a server that takes the call and says nothing is given up in time`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let socket = try Socket()
    try site.writeConf(
      url: "postgresql://trove:secretpw@127.0.0.1:\(socket.port)/trove?connect_timeout=2")
    let start = ContinuousClock.now
    try site.expectFailure(75, "db_sync", naming: ["127.0.0.1", "\(socket.port)"])
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test func `a server that is not up yet is waited for as long as connect_wait says`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let port = try Socket.closedPort()
    try site.writeConf(
      url: "postgresql://trove:secretpw@127.0.0.1:\(port)/trove", options: "connect_wait = 2")
    let start = ContinuousClock.now
    try site.expectFailure(75, "db_sync", naming: ["127.0.0.1", "\(port)"])
    let duration = ContinuousClock.now - start
    #expect(duration >= .seconds(2) && duration < .seconds(20))
  }

  @Test func `a session that may only read changes nothing and says so`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let url = site.database.urlText + "&options=-c%20default_transaction_read_only%3Don"
    try site.writeConf(url: url)
    try site.expectFailure(1, "db_sync", naming: ["read-only"])
    try site.run("db_status").expectSuccess()
  }

  @Test func `a user who may not make tables is told which schema it is`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let user = "reader_\(UUID().uuidString.prefix(8).lowercased())"
    try site.database.execute("CREATE ROLE \(user) LOGIN")
    defer { try? site.database.execute("DROP ROLE \(user)") }
    try site.writeConf(url: site.database.urlText.replacing("trove@", with: "\(user)@"))
    let facts = ["permission denied", "public", site.script("001_a_default_upgrade.sql")]
    try site.expectFailure(1, "db_sync", naming: facts)
    try site.run("db_status").expectSuccess()
  }
}

extension TestSite {
  /// The URL of the database by way of TCP, where the server asks for a password.
  fileprivate func tcpURL(user: String) throws -> String {
    guard case .postgresql(let server) = try database.url,
      let port = ProcessInfo.processInfo.environment["TROVE_TEST_PGPORT"]
    else { throw TestDatabase.NoServer() }
    return "postgresql://\(user)@127.0.0.1:\(port)/\(try #require(server["dbname"]))"
  }
}

/// A socket that listens on a free port of 127.0.0.1 and never answers.
final class Socket {
  let port: UInt16
  private let descriptor: Int32

  init() throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let descriptor = descriptor
    let code = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
        unsafe bind(descriptor, pointer, length) | listen(descriptor, 5)
          | getsockname(descriptor, pointer, &length)
      }
    }
    try #require(code == 0)
    port = UInt16(bigEndian: address.sin_port)
  }

  deinit { close(descriptor) }

  /// A port where nobody listens.
  static func closedPort() throws -> UInt16 { try Socket().port }
}
