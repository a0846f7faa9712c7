import Foundation
import Testing
import TroveManage

/// The reference's commands in the order in which they were recorded, and the rows that it left.
///
/// Where the reference fails with exit code 0, or leaves half of its work, the rule here is ours.
@Suite struct DatastoreTranscriptTests {
  private let uuid = #/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#

  @Test(arguments: Engine.allCases)
  func `datastores and versions are added and updated as in the reference`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)

    let first = try bench.run("datastore_update", "mysql", "")
    #expect(first.status == 0)
    #expect(first.output == "Datastore 'mysql' updated.\n")
    #expect(first.messages == "")
    let id = try bench.value("SELECT id FROM datastores")
    #expect(try #require(id).wholeMatch(of: uuid) != nil)
    try bench.succeed("datastore_update", "mysql", "")
    #expect(try bench.value("SELECT id FROM datastores") == id)
    #expect(try bench.datastores() == [["mysql", nil]])

    let version = try bench.run(
      "datastore_version_update", "mysql", "5.7", "mysql", "img-1", "mysql-server-5.7", "1")
    #expect(version.status == 0)
    #expect(version.output == "Datastore version '5.7(5.7)' updated.\n")
    #expect(
      try bench.versions()
        == [["mysql", "5.7", "img-1", "mysql-server-5.7", "1", "mysql", nil, "5.7"]])
    let versionID = try bench.value("SELECT id FROM datastore_versions")
    #expect(try #require(versionID).wholeMatch(of: uuid) != nil)

    try bench.succeed(
      "datastore_version_update", "mysql", "5.7", "mysql", "img-2", "", "0", "--image-tags",
      "trove,mysql")
    #expect(
      try bench.versions() == [["mysql", "5.7", "img-2", "", "0", "mysql", "trove,mysql", "5.7"]])
    try bench.succeed("datastore_version_update", "mysql", "5.7", "mysql", "img-3", "", "1")
    #expect(try bench.value("SELECT id FROM datastore_versions") == versionID)

    let numbered = try bench.run(
      "datastore_version_update", "mysql", "5.7", "mysql", "img-4", "", "1", "--version", "5.7.30")
    #expect(numbered.output == "Datastore version '5.7(5.7.30)' updated.\n")
    #expect(
      try bench.versions() == [
        ["mysql", "5.7", "img-3", "", "1", "mysql", nil, "5.7"],
        ["mysql", "5.7", "img-4", "", "1", "mysql", nil, "5.7.30"],
      ])

    let numberedID = try bench.value("SELECT id FROM datastore_versions WHERE version = '5.7.30'")
    try bench.succeed("datastore_update", "mysql", try #require(numberedID))
    #expect(try bench.datastores() == [["mysql", "5.7.30"]])
    #expect(try bench.value("SELECT default_version_id FROM datastores") == numberedID)
    try bench.succeed("datastore_update", "mysql", "")
    #expect(try bench.value("SELECT default_version_id FROM datastores") == nil)
  }

  @Test(arguments: Engine.allCases)
  func `flavors come, go and come back as in the reference`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    try bench.succeed("datastore_update", "postgresql", "")
    try bench.succeed("datastore_version_update", "postgresql", "12", "postgresql", "img", "", "1")

    let added = try bench.run("datastore_version_flavor_add", "postgresql", "12", "1,2,3")
    #expect(added.status == 0)
    #expect(added.output == "Added flavors '1,2,3' to the 'postgresql' '12'.\n")
    #expect(
      try bench.metadata() == ["1", "2", "3"].map { ["12", "flavor", $0, "0", "", ""] })
    let times = #/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}/#
    for row in try bench.database.rows(created(engine)) {
      #expect(try #require(row[0]).wholeMatch(of: times) != nil)
      #expect(try #require(row[1]).wholeMatch(of: uuid) != nil)
    }
    let ids = try bench.database.rows("SELECT id FROM datastore_version_metadata ORDER BY value")

    let deleted = try bench.run("datastore_version_flavor_delete", "postgresql", "12", "2")
    #expect(deleted.output == "Deleted flavor '2' from 'postgresql' '12'.\n")
    #expect(try bench.metadata()[1] == ["12", "flavor", "2", "1", "deleted_at", ""])
    #expect(
      try bench.run("datastore_version_flavor_add", "postgresql", "12", "2").output
        == "Added flavors '2' to the 'postgresql' '12'.\n")
    #expect(try bench.metadata()[1] == ["12", "flavor", "2", "0", "deleted_at", "updated_at"])
    #expect(
      try bench.database.rows("SELECT id FROM datastore_version_metadata ORDER BY value") == ids)

    try bench.succeed("datastore_version_flavor_add", "postgresql", "12", " 7 ,\t8")
    #expect(try bench.metadata().map { $0[2] } == ["1", "2", "3", "7", "8"])
  }

  private func created(_ engine: Engine) -> String {
    let text = engine == .sqlite ? "created" : "to_char(created, 'YYYY-MM-DD HH24:MI:SS.US')"
    return "SELECT \(text), id FROM datastore_version_metadata"
  }

  @Test(arguments: Engine.allCases)
  func `volume types come, go and are listed as in the reference`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    try bench.succeed("datastore_update", "postgresql", "")
    try bench.succeed("datastore_version_update", "postgresql", "12", "postgresql", "img", "", "1")
    let list = ["datastore_version_volume_type_list", "postgresql", "12"]

    let empty = "No Volume Type Associations found for Datastore: postgresql, Version: 12.\n"
    #expect(try bench.start(list).outcome().output == empty)
    #expect(
      try bench.run("datastore_version_volume_type_add", "postgresql", "12", "lvm,ceph").output
        == "Added volume type 'lvm,ceph' to the 'postgresql' '12'.\n")
    let both = """
      Datastore: postgresql, Version: 12, Volume Type: ceph
      Datastore: postgresql, Version: 12, Volume Type: lvm

      """
    #expect(try bench.start(list).outcome().output == both)
    #expect(
      try bench.run("datastore_version_volume_type_delete", "postgresql", "12", "lvm").output
        == "Deleted volume type 'lvm' from 'postgresql' '12'.\n")
    #expect(
      try bench.metadata() == [
        ["12", "volume_type", "ceph", "0", "", ""],
        ["12", "volume_type", "lvm", "1", "deleted_at", ""],
      ])
    #expect(
      try bench.start(list).outcome().output
        == "Datastore: postgresql, Version: 12, Volume Type: ceph\n")
  }

  @Test(arguments: Engine.allCases)
  func `the rule files load, load again and are removed`(engine: Engine) throws {
    let bench = try DatastoreBench(engine)
    for name in ["mysql", "postgresql"] {
      try bench.succeed("datastore_update", name, "")
      try bench.succeed("datastore_version_update", name, name, name, "img", "", "1")
      let path = Checkout.fixtures.appending("rules/\(name)-validation-rules.json").text
      let load = ["db_load_datastore_config_parameters", name, name, path]

      let outcome = try bench.start(load).outcome()

      #expect(outcome.status == 0, "\(outcome.messages)")
      #expect(
        outcome.output == "Loading config parameters for datastore (\(name)) version (\(name))\n")
      let rows = try bench.parameters(of: name)
      #expect(rows == (try Self.expected(path)).sorted { $0[0] ?? "" < $1[0] ?? "" })
      let ids = try bench.value("SELECT min(id) FROM datastore_configuration_parameters")
      #expect(try bench.start(load).outcome().status == 0)
      #expect(try bench.parameters(of: name) == rows)
      #expect(try bench.value("SELECT min(id) FROM datastore_configuration_parameters") == ids)
    }
    #expect(
      try bench.parameters(of: "mysql").first { $0[0] == "bulk_insert_buffer_size" }
        == ["bulk_insert_buffer_size", "0", "18446744073709551615", "0", "integer"])

    let remove = ["db_remove_datastore_config_parameters", "mysql", "mysql"]
    for _ in 1...2 {
      let outcome = try bench.start(remove).outcome()
      #expect(outcome.status == 0)
      #expect(
        outcome.output == "Removing config parameters for datastore (mysql) version (mysql)\n")
      #expect(try bench.parameters(of: "mysql").isEmpty)
    }
    #expect(try bench.parameters(of: "postgresql").count == 179)
  }

  /// The rows that a file of rules means, as another parser reads it.
  private static func expected(_ path: String) throws -> [[String?]] {
    struct File: Decodable {
      struct Rule: Decodable {
        let name: String
        let needsRestart: Bool
        let type: String
        let max: Decimal?
        let min: Decimal?

        enum CodingKeys: String, CodingKey {
          case name
          case needsRestart = "restart_required"
          case type
          case max
          case min
        }
      }
      let parameters: [Rule]
      enum CodingKeys: String, CodingKey { case parameters = "configuration-parameters" }
    }
    let data = try Data(contentsOf: URL(filePath: path))
    return try JSONDecoder().decode(File.self, from: data).parameters.map { rule in
      [
        rule.name, rule.needsRestart ? "1" : "0", rule.max.map { "\($0)" },
        rule.min.map { "\($0)" }, rule.type,
      ]
    }
  }
}
