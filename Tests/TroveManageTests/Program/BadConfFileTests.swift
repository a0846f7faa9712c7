import Foundation
import Testing
import TroveManage

@Suite struct BadConfFileTests {
  /// A conf file that cannot be used.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// What the message names besides the file.
    let facts: [String]

    init(_ testDescription: String, _ text: String, naming facts: String...) {
      self.testDescription = testDescription
      self.text = text
      self.facts = facts
    }
  }

  private static let remedy = ["[database]", "connection"]

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a conf file that is not there is named`(command: String) throws {
    let folder = try TestFolder()
    let path = folder.path("no.conf")
    try TestProgram.run("--config-file", path, command, folder: folder.path).expectFailure(
      1, naming: [path, "no such file"])
    #expect(try folder.contents().isEmpty)
  }

  @Test func `a folder is no conf file, and a file is no folder of them`() throws {
    let folder = try TestFolder()
    let file = try folder.write("trove.conf", "[DEFAULT]")
    try TestProgram.run("--config-file", folder.path, "db_sync")
      .expectFailure(1, naming: [folder.path, "folder"])
    try TestProgram.run("--config-dir", file, "db_sync").expectFailure(1, naming: [file, "folder"])
    try TestProgram.run("--config-dir", folder.path("no.d"), "db_sync")
      .expectFailure(1, naming: [folder.path("no.d"), "no such"])
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `without a connection nothing is made, not even a default database`(
    command: String
  ) throws {
    let folder = try TestFolder()
    try folder.writeRepository("core", scripts: ["001_a_default_upgrade.sql": "SELECT 1;"])
    let conf = try folder.write("trove.conf", "[migrate]\ncore_repo_path = core\n")
    let before = try folder.contents()
    try TestProgram.run("--config-file", conf, command, folder: folder.path)
      .expectFailure(1, naming: [conf] + Self.remedy)
    #expect(try folder.contents() == before)
  }

  @Test(
    .enabled(if: ["/etc/trove", "/etc/trove.conf"].allSatisfy { FileSystem.kind(of: $0) == nil }))
  func `without a conf file the message says how to name one`() throws {
    let folder = try TestFolder()
    try TestProgram.run("db_sync", folder: folder.path)
      .expectFailure(1, naming: ["--config-file"] + Self.remedy)
    #expect(try folder.contents().isEmpty)
  }

  static let cases = [
    Case("an empty connection", "[database]\nconnection =\n", naming: ":2", "connection"),
    Case("another option", "[DEFAULT]\n\nconnection = x\n", naming: ":3", "[database]"),
    Case(
      "a section that does not end", "[database\nconnection = sqlite:////x.db\n", naming: ":1:1",
      "]"),
    Case(
      "a line without a separator", "[database]\nconnection /secretpw\n", naming: ":2:1",
      "="),
    Case("an option above the sections", "connection = sqlite:///x\n", naming: ":1:1", "[DEFAULT]"),
    Case(
      "an unknown name", "[database]\nconnection = postgresql://u:secretpw@h/$nowhere\n",
      naming: ":2", "connection", "$$"),
    Case(
      "an unknown scope",
      "[database]\nconnection = sqlite:///x\n[migrate]\ntransaction = sometimes\n",
      naming: ":4", "transaction", "'sometimes'", "run", "repository", "version"),
    Case(
      "a wait that is no number",
      "[database]\nconnection = sqlite:///x\n[migrate]\nlock_wait = soon\n", naming: ":4",
      "lock_wait", "'soon'", "seconds"),
    Case(
      "a negative wait", "[database]\nconnection = sqlite:///x\n[migrate]\nconnect_wait = -1\n",
      naming: ":4", "connect_wait", "'-1'", "seconds"),
    Case(
      "an empty plugin", "[DEFAULT]\ndb_plugins = a.b,,c.d\n[database]\nconnection = sqlite:///x\n",
      naming: ":2", "db_plugins", "empty"),
    Case(
      "an option that leads back to itself", "[database]\nconnection = $connection\n", naming: ":2",
      "connection"),
  ]

  @Test(arguments: cases)
  func `a mistake in a conf file is named by its line`(sample: Case) throws {
    let folder = try TestFolder()
    let conf = try folder.write("trove.conf", sample.text)
    let before = try folder.contents()
    let facts = sample.facts.map { $0.hasPrefix(":") ? conf + $0 : $0 }
    try TestProgram.run("--config-file", conf, "db_sync", folder: folder.path)
      .expectFailure(1, naming: facts)
    #expect(try folder.contents() == before)
  }

  @Test func `a conf file that is not UTF-8 is named by its line`() throws {
    let folder = try TestFolder()
    let bytes = Array("[DEFAULT]\n# caf".utf8) + [0xE9, 0x0A]
    let conf = try folder.write("trove.conf", bytes: bytes)
    try TestProgram.run("--config-file", conf, "db_sync")
      .expectFailure(1, naming: ["\(conf):2:6", "UTF-8"])
  }

  @Test func `a mistake in the environment is named by its variable`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let variable = "OS_DATABASE__CONNECTION"
    try site.expectFailure(
      1, "db_sync", environment: [variable: "nonsense:secretpw"], naming: [variable, "sqlite://"])
    try site.expectFailure(
      1, "db_sync", environment: ["OS_MIGRATE__LOCK_WAIT": "soon"],
      naming: ["OS_MIGRATE__LOCK_WAIT", "'soon'", "seconds"])
  }
}
