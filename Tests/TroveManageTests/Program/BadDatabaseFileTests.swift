import Foundation
import Testing
import TroveManage

@Suite struct BadDatabaseFileTests {
  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a folder that does not exist is named, and how to make it`(command: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let folder = site.folder.path("no/such")
    try site.writeConf(url: "sqlite:///\(folder)/trove.sqlite")
    try site.expectFailure(1, command, naming: ["\(folder)/trove.sqlite", "mkdir -p \(folder)"])
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a file is no folder`(command: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let file = try site.folder.write("file", "text")
    try site.writeConf(url: "sqlite:///\(file)/trove.sqlite")
    try site.expectFailure(1, command, naming: ["\(file)/trove.sqlite", "\(file) is not a folder"])
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a folder is no database`(command: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.writeConf(url: "sqlite:///\(site.folder.path("core"))")
    try site.expectFailure(1, command, naming: [site.folder.path("core"), "folder"])
  }

  /// Below /proc nobody can make a file, not even root.
  @Test func `a folder that takes no file is named`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.writeConf(url: "sqlite:////proc/trove.sqlite")
    try site.expectFailure(1, "db_sync", naming: ["/proc/trove.sqlite"])
  }

  @Test func `a folder that may only be read is named, and asking is not writing`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let folder = site.folder.path("closed")
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o555])
    try site.writeConf(url: "sqlite:///\(folder)/trove.sqlite")
    let before = try site.contents()
    try HumbleProgram.run("--config-file", site.conf, "db_sync")
      .expectFailure(1, naming: ["\(folder)/trove.sqlite", "hint:"])
    try HumbleProgram.run("--config-file", site.conf, "db_status").expectSuccess()
    #expect(try site.contents() == before)
  }

  @Test func `a file that may only be read is named, and asking is not writing`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    let file = site.folder.path("test.sqlite")
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file)
    let before = try site.contents()
    let outcome = try HumbleProgram.run("--config-file", site.conf, "db_sync")
    outcome.expectFailure(1, naming: ["error: \(file): ", "hint:", "core: 2"])
    #expect(!outcome.messages.contains(".sql:"), "no script is to blame: \(outcome.messages)")
    try HumbleProgram.run("--config-file", site.conf, "db_version").expectSuccess("2\n")
    #expect(try site.contents() == before)
  }

  @Test func `a file that may not be read is named`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.run("db_sync").expectSuccess()
    let file = site.folder.path("test.sqlite")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file)
    for command in ["db_sync", "db_status", "db_version"] {
      try HumbleProgram.run("--config-file", site.conf, command)
        .expectFailure(1, naming: [file, "hint:"])
    }
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a conf file and a script that may not be read are named`(command: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let script = site.script("001_a_default_upgrade.sql")
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: script)
    let outcome = try HumbleProgram.run("--config-file", site.conf, "db_sync")
    outcome.expectFailure(1, naming: [script, "permission denied"])
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: site.conf)
    try HumbleProgram.run("--config-file", site.conf, command)
      .expectFailure(1, naming: [site.conf, "permission denied"])
  }

  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a file that is no database is named and left alone`(command: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let text = String(repeating: "This is a letter, not a database.\n", count: 200)
    let file = try site.folder.write("test.sqlite", text)
    try site.expectFailure(1, command, naming: [file, "not a database"])
  }

  @Test func `a damaged database is named`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.run("db_sync").expectSuccess()
    let file = site.folder.path("test.sqlite")
    let bytes = try Data(contentsOf: URL(filePath: file))
    let damaged = bytes.prefix(100) + Data(repeating: 0x5A, count: bytes.count - 100)
    try damaged.write(to: URL(filePath: file))
    try site.expectFailure(1, "db_sync", naming: [file, "malformed"])
    try site.expectFailure(1, "db_status", naming: [file, "malformed"])
  }

  @Test func `an empty file is an empty database`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.folder.write("test.sqlite", "")
    try site.run("db_status").expectSuccess()
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b"])
  }
}
