import Foundation
import Testing

@testable import TroveManage

@Suite struct DatastoreCatalogTests {
  private static let odd = #"it's \ "é" 100% ${x} ; -- e\#u{301} \n 😀"#

  @Test(arguments: Engine.allCases)
  func `values reach the database as they are`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    let odd = Self.odd
    let version = VersionSelector(datastore: odd, version: odd, number: odd)
    try bench.succeed("datastore_update", odd, "")
    try bench.succeed(
      "datastore_version_update", odd, odd, odd, "\\", odd, "1", "--image-tags", odd, "--version",
      odd, "--registry-ext", odd, "--repl-strategy", odd)
    try bench.succeed("datastore_version_flavor_add", odd, odd, odd, "--version", odd)
    try bench.succeed("datastore_update", odd, odd)

    #expect(try exact(bench.versions()) == exact([[odd, odd, "\\", odd, "1", odd, odd, odd]]))
    let classes = "SELECT registry_ext, repl_strategy FROM datastore_versions"
    #expect(try exact(bench.database.rows(classes)) == exact([[odd, odd]]))
    #expect(try exact(bench.metadata()) == exact([[odd, "flavor", odd, "0", "", ""]]))
    #expect(try bench.catalog().associations(.flavor, of: version).map(\.value) == [odd])
    #expect(try bench.catalog().datastores().map(\.defaultVersion?.name) == [odd])
  }

  /// Rows whose texts are compared byte by byte.
  private func exact(_ rows: [[String?]]) -> [[[UInt8]?]] {
    rows.map { $0.map { $0.map { Array($0.utf8) } } }
  }

  @Test(arguments: Engine.allCases)
  func `names that only look alike are two`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    let catalog = try bench.catalog()
    for name in ["\u{E9}", "e\u{301}"] {
      _ = try catalog.updateDatastore(named: name, defaultVersion: nil)
      _ = try catalog.updateVersion(
        VersionSelector(datastore: name, version: "1"),
        to: .init(manager: "m", imageID: "", packages: "", activity: .active))
    }
    let version = VersionSelector(datastore: "\u{E9}", version: "1")
    #expect(try catalog.add(["\u{E9}", "e\u{301}"], as: .flavor, to: version).count == 2)
    #expect(try bench.metadata().count == 2)
    #expect(throws: DatastoreError.self) {
      try catalog.add(["e\u{301}"], as: .flavor, to: version)
    }
    _ = try catalog.remove("e\u{301}", as: .flavor, from: version)
    #expect(
      try exact(bench.metadata().filter { $0[3] == "0" }.map { [$0[2]] }) == [[[0xC3, 0xA9]]])
  }

  @Test(arguments: Engine.allCases)
  func `an id finds a datastore and a version, before a name does`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    let catalog = try bench.catalog()
    let content = DatastoreVersion.Content(
      manager: "m", imageID: "", packages: "", activity: .active)
    let one = try catalog.updateDatastore(named: "one", defaultVersion: nil)
    let first = try catalog.updateVersion(
      VersionSelector(datastore: one.id, version: "1"), to: content)
    #expect(first.datastoreName == "one")
    let masked = try catalog.updateVersion(
      VersionSelector(datastore: "one", version: first.identity.id), to: content)
    _ = try catalog.updateDatastore(named: one.id, defaultVersion: nil)

    let found = try catalog.updateDatastore(named: "one", defaultVersion: first.identity.id)

    #expect(masked.identity.id != first.identity.id)
    #expect(found.defaultVersion?.id == first.identity.id)
    #expect(try catalog.versions(of: one.id).count == 2)
    let selector = VersionSelector(datastore: one.id, version: first.identity.id)
    _ = try catalog.add(["1"], as: .flavor, to: selector)
    #expect(
      try bench.value("SELECT datastore_version_id FROM datastore_version_metadata")
        == first.identity.id)
  }

  @Test(arguments: Engine.allCases)
  func `the classes of a manager are those that version 49 gives`(engine: Engine) throws {
    let managers = [
      "mysql", "mariadb", "postgresql", "percona", "pxc", "redis", "cassandra", "couchbase",
      "mongodb", "couchdb", "vertica", "db2", "unknown",
    ]
    let bench = try DatastoreBench(engine, at: 48)
    for manager in managers {
      try bench.database.execute(
        "INSERT INTO datastores (id, name) VALUES ('\(manager)', '\(manager)')",
        """
        INSERT INTO datastore_versions (id, datastore_id, name, active, manager, version)
        VALUES ('\(manager)', '\(manager)', 'old', TRUE, '\(manager)', 'old')
        """)
    }
    try bench.database.migrate(Checkout.core.text)
    let catalog = try bench.catalog()
    for manager in managers {
      _ = try catalog.updateVersion(
        VersionSelector(datastore: manager, version: "new"),
        to: .init(manager: manager, imageID: "", packages: "", activity: .active))
    }
    let query = "SELECT manager, registry_ext, repl_strategy FROM datastore_versions WHERE name = "
    let old = try bench.database.rows("\(query)'old' ORDER BY manager")
    #expect(old.count == managers.count)
    #expect(try bench.database.rows("\(query)'new' ORDER BY manager") == old)
  }

  @Test(arguments: Engine.allCases)
  func `what an update leaves out is set back`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    let catalog = try bench.catalog()
    _ = try catalog.updateDatastore(named: "d", defaultVersion: nil)
    var content = DatastoreVersion.Content(
      manager: "redis", imageID: "", packages: "", activity: .active)
    content.imageTags = "a"
    content.registryExtension = "my.Extension"
    content.replicationStrategy = "my.Strategy"
    let selector = VersionSelector(datastore: "d", version: "1")
    _ = try catalog.updateVersion(selector, to: content)
    #expect(try catalog.versions().map(\.content) == [content])

    _ = try catalog.updateVersion(
      selector, to: .init(manager: "mysql", imageID: "i", packages: "", activity: .inactive))

    let now = try #require(catalog.versions().first).content
    #expect(now.imageTags == nil)
    #expect(now.activity == .inactive)
    #expect(now.registryExtension == "trove.guestagent.datastore.mysql.manager.Manager")
    #expect(now.replicationStrategy?.hasSuffix("mysql_gtid.MysqlGTIDReplication") == true)
  }

  @Test(arguments: Engine.allCases)
  func `a flavor that the reference stored with blanks can be deleted`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    let catalog = try bench.catalog()
    _ = try catalog.updateDatastore(named: "d", defaultVersion: nil)
    let version = try catalog.updateVersion(
      VersionSelector(datastore: "d", version: "1"),
      to: .init(manager: "m", imageID: "", packages: "", activity: .active))
    for value in ["", " 7 "] {
      try bench.database.execute(
        """
        INSERT INTO datastore_version_metadata
          (id, datastore_version_id, "key", value, created, deleted)
        VALUES ('\(value)', '\(version.identity.id)', 'flavor', '\(value)', '2026-11-22 00:00:00', FALSE)
        """)
      try bench.succeed("datastore_version_flavor_delete", "d", "1", value)
    }
    #expect(try bench.metadata().map { $0[3] } == ["1", "1"])
  }

  @Test(arguments: [
    (0, "1970-01-01 00:00:00.000000"), (1_795_383_550.000_25, "2026-11-22 21:39:10.000250"),
    (1_795_383_550.999_75, "2026-11-22 21:39:10.999750"),
  ])
  func `a time is told in UTC to the microsecond`(seconds: Double, text: String) {
    #expect(Date(timeIntervalSince1970: seconds).datastoreText == text)
  }
}
