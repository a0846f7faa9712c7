import Foundation
import Testing
import TroveManage

/// A conf file as deployments have it: hundreds of options that are not ours, passwords with `$` and `%`,
/// lists over several lines, odd spacing.
@Suite struct DeploymentConfTests {
  private let database: TestDatabase
  private let role: String

  init() throws {
    database = try TestDatabase(.postgresql)
    role = "real_" + database.roleSuffix
    try database.execute(
      "CREATE ROLE \(role) LOGIN PASSWORD 'p$w%d'", "GRANT ALL ON SCHEMA public TO \(role)")
    try database.folder.writeRepository(
      "core", scripts: ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);"])
  }

  private func conf(password: String) throws -> String {
    let port = try #require(ProcessInfo.processInfo.environment["TROVE_TEST_PGPORT"])
    let name = try #require(try database.rows("SELECT current_database()::text")[0][0])
    let foreign = (1...40).map { section in
      (1...10).map { "option_\(section)_\($0)   =value \($0), with = and : and #" }
        .joined(separator: "\n")
    }
    let sections = foreign.enumerated().map { "[section_\($0)]\n\($1)\n" }.joined(separator: "\n")
    let path = try database.folder.write(
      "trove.conf",
      """
      # trove.conf
      ; both kinds of comments

      [DEFAULT]
      debug = True
      verbose=true
      log_dir = /var/log/trove
      bind_port : 8779
      transport_url = rabbit://trove:r$$bbit%2F@rabbit1:5672,rabbit2:5672/
      trove_auth_url = http://controller:5000/v3/
      admin_roles = admin,
        trove_admin
      default_password_length = 36
      format = %(asctime)s %(levelname)s %(name)s [-] %(message)s
      db_plugins =

      [keystone_authtoken]
      password = "pa$$$$word"
      memcached_servers = controller:11211

      [database]
      connection    =   postgresql+psycopg2://\(role):\(password)@127.0.0.1:\(port)/\(name)
      idle_timeout = 3600

      [service_credentials]
      region_name= RegionTwo

      [migrate]
      core_repo_path = core

      \(sections)
      """)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    return path
  }

  @Test func `a deployment's conf file is read without a word`() throws {
    let conf = try conf(password: "p$$w%25d")
    let outcome = try TestProgram.run("--config-file", conf, "db_sync")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages == "[1/1] core 0 -> 1: 001_a_default_upgrade.sql\n")
    #expect(try TestProgram.run("--config-file", conf, "db_status").messages.isEmpty)
    try database.execute("REASSIGN OWNED BY \(role) TO trove", "DROP OWNED BY \(role)")
    try database.execute("DROP ROLE \(role)")
  }

  @Test func `a dollar sign that names no option is told to be doubled`() throws {
    let conf = try conf(password: "p$w%25d")
    let outcome = try TestProgram.run("--config-file", conf, "db_sync")
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("\(conf):"))
    #expect(outcome.messages.contains("$$"))
    #expect(!outcome.messages.contains("p$w"))
    try database.execute("DROP OWNED BY \(role)")
    try database.execute("DROP ROLE \(role)")
  }
}
