import Foundation
import Testing
import TroveManage

/// A pgbouncer of the test's own in front of the private server, on a free port of 127.0.0.1.
final class Pooler {
  /// What becomes of a server's session between two transactions of a client.
  enum Mode: String, CaseIterable, Sendable {
    case session
    case transaction
  }

  private let process = Process()
  private let folder: TestFolder
  private let port: Int

  /// Starts a pooler for `database`; `options` are lines of its section `[pgbouncer]`.
  init(_ mode: Mode, for database: TestDatabase, options: String = "") throws {
    let environment = ProcessInfo.processInfo.environment
    let host = try #require(environment["TROVE_TEST_PGHOST"], "no PostgreSQL server")
    let serverPort = try #require(environment["TROVE_TEST_PGPORT"])
    folder = try TestFolder()
    port = try Self.freePort()
    try folder.write(
      "pgbouncer.ini",
      """
      [databases]
      * = host=\(host) port=\(serverPort) user=trove
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = \(port)
      unix_socket_dir =
      auth_type = any
      pool_mode = \(mode.rawValue)
      \(options)
      """)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path)
    // It ends by itself, should the test be killed; and it refuses to run as root. It inherits a mask
    // that holds back every signal but this one.
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    let user = getuid() == 0 ? ["--user", "postgres"] : []
    process.arguments =
      ["--signal=KILL", "300", "/usr/sbin/pgbouncer", "--quiet"] + user
      + [folder.path("pgbouncer.ini")]
    process.standardError = FileHandle.nullDevice
    try process.run()
    let url = try DatabaseURL(urlText(of: database), relativeTo: Path("/"))
    try waitUntil("the pooler") { (try? Database(url).connection(for: .reading)) != nil }
  }

  deinit {
    // timeout is the leader of a group of two.
    kill(-process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// The URL of the database through the pooler.
  func urlText(of database: TestDatabase) throws -> String {
    guard case .postgresql(let server) = try database.url else { throw TestDatabase.NoServer() }
    let name = try #require(server["dbname"])
    return "postgresql://trove@127.0.0.1:\(port)/\(name)"
  }

  private static func freePort() throws -> Int {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0
      }
    }
    try #require(isBound)
    return Int(UInt16(bigEndian: address.sin_port))
  }
}
