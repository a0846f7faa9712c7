import Foundation
import Testing
import TroveManage

/// What the commands refuse: with which code, in which words, and that nothing is changed then.
@Suite struct DatastoreRefusalTests {
  /// A command and how it fails; `<12>` stands for the id of the version 12 of postgresql.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    let message: String

    init(_ status: Int32, _ message: String, _ arguments: String...) {
      self.status = status
      self.message = message
      self.arguments = arguments
    }

    var testDescription: String {
      arguments.map { $0.count > 40 ? "\($0.prefix(40))…" : $0 }.joined(separator: " ")
    }
  }

  private static let ambiguous = """
    Multiple datastore versions found for '5.7', use an UUID or specify both the name and version number \
    to be more specific.
    hint: they are 5.7(5.7) with the id
    """
  private static let long = String(repeating: "é", count: 256)

  static let lookups = [
    Refusal(1, "Datastore version '9' cannot be found.", "datastore_update", "mysql", "9"),
    Refusal(1, "Datastore version '12' cannot be found.", "datastore_update", "mysql", "12"),
    Refusal(1, "Datastore version '5.7' cannot be found.", "datastore_update", "new", "5.7"),
    Refusal(1, "Datastore version '8.0' is not active.", "datastore_update", "mysql", "8.0"),
    Refusal(1, ambiguous, "datastore_update", "mysql", "5.7"),
    Refusal(
      1, "Datastore 'nosuch' cannot be found.", "datastore_version_update", "nosuch", "1", "mysql",
      "img", "", "1"),
    Refusal(1, "Datastore 'nosuch' cannot be found.", "datastore_version_list", "nosuch"),
    Refusal(
      1, "Datastore 'nosuch' cannot be found.", "datastore_version_flavor_add", "nosuch", "1", "1"),
    Refusal(
      1, "Datastore version '99' cannot be found.", "datastore_version_flavor_add", "mysql", "99",
      "1"),
    Refusal(1, ambiguous, "datastore_version_flavor_add", "mysql", "5.7", "1"),
    Refusal(
      1, "Datastore version '5.7(9.9)' cannot be found.", "datastore_version_flavor_add", "mysql",
      "5.7", "1", "--version", "9.9"),
    Refusal(1, ambiguous, "datastore_version_flavor_delete", "mysql", "5.7", "1"),
    Refusal(1, ambiguous, "datastore_version_volume_type_list", "mysql", "5.7"),
    Refusal(
      1, "Datastore 'nosuch' cannot be found.", "datastore_version_volume_type_list", "nosuch",
      "12"),
    Refusal(
      1, "Datastore 'nosuch' cannot be found.", "db_remove_datastore_config_parameters", "nosuch",
      "12"),
    Refusal(1, ambiguous, "db_remove_datastore_config_parameters", "mysql", "5.7"),
    Refusal(
      1, "Datastore version '' cannot be found.", "db_remove_datastore_config_parameters", "mysql",
      ""),
  ]

  static let associations = [
    Refusal(
      1, "Flavor 2 is already associated with datastore version <12>",
      "datastore_version_flavor_add", "postgresql", "12", "4,2,5"),
    Refusal(
      1, "Flavor 4 is already associated with datastore version <12>",
      "datastore_version_flavor_add", "postgresql", "12", "4,4"),
    Refusal(
      1, "Flavor 3 is not supported for datastore version <12>", "datastore_version_flavor_delete",
      "postgresql", "12", "3"),
    Refusal(
      1, "Flavor 1 is not supported for datastore version <12>", "datastore_version_flavor_delete",
      "postgresql", "12", "1"),
    Refusal(
      1, "Datastore version <12> and volume-type lvm mapping already exists.",
      "datastore_version_volume_type_add", "postgresql", "12", "ceph,lvm"),
    Refusal(
      1, "The volume type ceph is not valid for datastore version <12>.",
      "datastore_version_volume_type_delete", "postgresql", "12", "ceph"),
    Refusal(
      1, "datastore_version_metadata.value must not be empty; it takes 1 to 128 characters",
      "datastore_version_flavor_add", "postgresql", "12", ""),
    Refusal(
      1, "datastore_version_metadata.value must not be empty", "datastore_version_volume_type_add",
      "postgresql", "12", " 7 , 8,"),
    Refusal(
      1, "datastore_version_metadata.value takes at most 128 characters, not 129",
      "datastore_version_flavor_add", "postgresql", "12",
      "6," + String(repeating: "x", count: 129)),
  ]

  static let values = [
    Refusal(
      1, "datastores.name must not be empty; it takes 1 to 255 characters", "datastore_update", "",
      ""),
    Refusal(
      1, "datastores.name takes at most 255 characters, not 256", "datastore_update", long, ""),
    Refusal(
      1, "datastore_versions.name must not be empty", "datastore_version_update", "mysql", "",
      "mysql", "img", "", "1"),
    Refusal(
      1, "datastore_versions.name takes at most 255 characters, not 256",
      "datastore_version_update", "mysql", long, "mysql", "img", "", "1", "--version", "1"),
    Refusal(
      1, "datastore_versions.version takes at most 255 characters, not 256",
      "datastore_version_update", "mysql", "1", "mysql", "img", "", "1", "--version", long),
    Refusal(
      1, "datastore_versions.manager must not be empty", "datastore_version_update", "mysql", "1",
      "", "img", "", "1"),
    Refusal(
      1, "datastore_versions.manager takes at most 255 characters, not 256",
      "datastore_version_update", "mysql", "1", long, "img", "", "1"),
    Refusal(
      1, "datastore_versions.image_id takes at most 36 characters, not 37",
      "datastore_version_update", "mysql", "1", "mysql", String(repeating: "i", count: 37), "",
      "1"),
    Refusal(
      1, "datastore_versions.packages takes at most 511 characters, not 512",
      "datastore_version_update", "mysql", "1", "mysql", "img", long + long, "1"),
    Refusal(
      1, "datastore_versions.image_tags takes at most 255 characters, not 256",
      "datastore_version_update", "mysql", "1", "mysql", "img", "", "1", "--image-tags", long),
  ]

  static let arguments = [
    Refusal(
      2, "The value 'yes' is invalid for '<active>'", "datastore_version_update", "mysql",
      "1", "mysql", "img", "", "yes"),
    Refusal(
      2, "The value '7' is invalid for '<active>'", "datastore_version_update", "mysql", "1",
      "mysql", "img", "", "7"),
    Refusal(
      2, "The value '' is invalid for '<active>'", "datastore_version_update", "mysql", "1",
      "mysql", "img", "", ""),
    Refusal(2, "<packages>", "datastore_version_update", "mysql", "1", "mysql", "img"),
    Refusal(2, "<default-version>", "datastore_update", "mysql"),
    Refusal(2, "<version-name>", "datastore_version_volume_type_list", "postgresql"),
    Refusal(2, "<flavor-ids>", "datastore_version_flavor_add", "postgresql", "12"),
    Refusal(2, "<file>", "db_load_datastore_config_parameters", "postgresql", "12"),
    Refusal(2, "3", "datastore_version_flavor_delete", "postgresql", "12", "2", "3"),
    Refusal(1, "set_nova_tags needs Nova and is left out", "set_nova_tags", "--force", "true"),
  ]

  /// Two datastores; the version 5.7 is there twice, 8.0 is inactive, 12 has flavors and volume types,
  /// one of them deleted.
  private func bench(_ engine: Engine) throws -> DatastoreBench {
    let bench = try DatastoreBench(engine)
    let catalog = try bench.catalog()
    _ = try catalog.updateDatastore(named: "mysql", defaultVersion: nil)
    _ = try catalog.updateDatastore(named: "postgresql", defaultVersion: nil)
    func add(_ datastore: String, _ name: String, _ number: String, active: Bool) throws {
      _ = try catalog.updateVersion(
        VersionSelector(datastore: datastore, version: name, number: number),
        to: .init(
          manager: datastore, imageID: "img", packages: "", activity: active ? .active : .inactive))
    }
    try add("mysql", "5.7", "5.7", active: true)
    try add("mysql", "5.7", "5.7.30", active: true)
    try add("mysql", "8.0", "8.0", active: false)
    try add("postgresql", "12", "12", active: true)
    let version = VersionSelector(datastore: "postgresql", version: "12")
    _ = try catalog.add(["1", "2"], as: .flavor, to: version)
    _ = try catalog.remove("1", as: .flavor, from: version)
    _ = try catalog.add(["lvm"], as: .volumeType, to: version)
    return bench
  }

  @Test(arguments: Engine.allCases, [lookups, associations, values, arguments])
  func `what cannot be done is said with an exit code, and changes nothing`(
    engine: Engine, refusals: [Refusal]
  ) throws {
    let bench = try bench(engine)
    let before = try bench.snapshot()
    let id = try bench.value("SELECT id FROM datastore_versions WHERE name = '12'") ?? ""
    for refusal in refusals {
      let outcome = try bench.start(refusal.arguments).outcome()
      let message = refusal.message.replacing("<12>", with: id)

      #expect(outcome.status == refusal.status, "\(refusal.testDescription)")
      #expect(outcome.output == "", "\(refusal.testDescription)")
      #expect(outcome.messages.contains(message), "\(outcome.messages)")
      if refusal.status == 1 { #expect(outcome.messages.hasPrefix("error: \(message)")) }
    }
    #expect(try bench.snapshot() == before)
  }

  /// The longest values are taken, so that the limits above are the columns' own.
  @Test(arguments: Engine.allCases)
  func `a value may fill its column`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    let name = String(repeating: "é", count: 255)
    let image = String(repeating: "i", count: 36)
    let packages = String(repeating: "p", count: 511)
    let flavor = String(repeating: "f", count: 128)
    try bench.succeed("datastore_update", name, "")
    try bench.succeed(
      "datastore_version_update", name, name, name, image, packages, "1", "--image-tags", name,
      "--version", name)
    try bench.succeed("datastore_version_flavor_add", name, name, flavor)
    #expect(try bench.versions() == [[name, name, image, packages, "1", name, name, name]])
    #expect(try bench.metadata().map { $0[2] } == [flavor])
  }

  private static let everyCommand = [
    ["datastore_list"], ["datastore_version_list"], ["datastore_version_list", "mysql"],
    ["datastore_update", "mysql", ""],
    ["datastore_version_update", "mysql", "5.7", "mysql", "img", "", "1"],
    ["datastore_version_flavor_add", "mysql", "5.7", "1"],
    ["datastore_version_flavor_delete", "mysql", "5.7", "1"],
    ["datastore_version_volume_type_add", "mysql", "5.7", "1"],
    ["datastore_version_volume_type_delete", "mysql", "5.7", "1"],
    ["datastore_version_volume_type_list", "mysql", "5.7"],
    [
      "db_load_datastore_config_parameters", "mysql", "5.7",
      Checkout.fixtures.appending("rules/mysql-validation-rules.json").text,
    ],
    ["db_remove_datastore_config_parameters", "mysql", "5.7"],
  ]

  @Test(arguments: Engine.allCases, everyCommand)
  func `an empty database is named as such, and stays empty`(
    engine: Engine, arguments: [String]
  ) throws {
    let bench = try DatastoreBench(engine, at: nil)
    let outcome = try bench.start(arguments).outcome()
    #expect(outcome.status == 1)
    #expect(
      outcome.messages == "error: the database has no table datastores\nhint: db_sync makes it\n")
    if engine == .sqlite {
      #expect(FileSystem.kind(of: bench.database.folder.path("test.sqlite")) == nil)
    }
    #expect(try bench.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `a database before version 49 is told to be synced where its columns do not do`(
    engine: Engine
  ) throws {
    let bench = try DatastoreBench(engine, at: 48)
    try bench.succeed("datastore_update", "mysql", "")

    let outcome = try bench.run(
      "datastore_version_update", "mysql", "5.7", "mysql", "img", "", "1")

    #expect(outcome.status == 1)
    #expect(
      outcome.messages == """
        error: the database is at core version 48, in which datastore_versions has no column registry_ext
        hint: run db_sync

        """)
    #expect(try bench.run("datastore_version_list").status == 1)
    try bench.database.execute("DROP TABLE migrate_version")
    let unknown = try bench.run("datastore_version_list")
    #expect(
      unknown.messages.hasPrefix("error: datastore_versions has no column registry_ext\nhint:"))
    #expect(try bench.datastores() == [["mysql", nil]])
    #expect(try bench.versions() == [])
  }

  @Test func `a server that does not answer, and a wrong password, are told apart`() throws {
    let folder = try TestFolder()
    let environment = ProcessInfo.processInfo.environment
    let port = try #require(environment["TROVE_TEST_PGPORT"])
    for (url, status) in [
      ("postgresql://trove:wrong@127.0.0.1:\(port)/postgres", Int32(1)),
      ("postgresql://trove:wrong@127.0.0.1:1/postgres", 75),
    ] {
      let conf = try folder.write("trove.conf", "[database]\nconnection = \(url)\n")
      let outcome = try TestProgram.run("--config-file", conf, "datastore_update", "mysql", "")
      #expect(outcome.status == status, "\(outcome.messages)")
      #expect(outcome.output == "")
      #expect(!outcome.messages.contains("wrong"), "\(outcome.messages)")
    }
  }
}
