import Testing
import TroveManage

/// What the new commands show, and the documents of `--json`.
@Suite struct DatastoreReportTests {
  private func bench(_ engine: Engine) throws -> DatastoreBench {
    let bench = try DatastoreBench(engine)
    let catalog = try bench.catalog()
    for name in ["mysql", "Maria"] {
      _ = try catalog.updateDatastore(named: name, defaultVersion: nil)
      var content = DatastoreVersion.Content(
        manager: "mysql", imageID: "img", packages: "p q", activity: .active)
      content.imageTags = "a,b"
      _ = try catalog.updateVersion(
        VersionSelector(datastore: name, version: "5.7", number: "5.7.30"), to: content)
    }
    _ = try catalog.updateDatastore(named: "mysql", defaultVersion: "5.7")
    return bench
  }

  @Test(arguments: Engine.allCases)
  func `the lists are tables in the order of names`(engine: Engine) throws {
    let bench = try bench(engine)
    let ids = try bench.database.rows("SELECT id FROM datastores ORDER BY name = 'mysql'")
      .map { $0[0] ?? "" }
    let versions = try bench.database.rows(
      "SELECT id FROM datastore_versions WHERE datastore_id = '\(ids[1])'")
    let version = try #require(versions[0][0])

    let list = try bench.run("datastore_list")
    #expect(
      list.output == """
        ID                                    NAME   DEFAULT VERSION
        \(ids[0])  Maria  none
        \(ids[1])  mysql  5.7(5.7.30)

        """)
    #expect(
      try bench.run("datastore_version_list", "mysql").output == """
        ID                                    DATASTORE  NAME  VERSION  MANAGER  IMAGE  IMAGE TAGS  \
        PACKAGES  ACTIVE
        \(version)  mysql      5.7   5.7.30   mysql    img    a,b         p q       1

        """)
    let all = try bench.run("datastore_version_list").output.split(separator: "\n")
    #expect(all.dropFirst().map { $0.split(separator: " ")[1] } == ["Maria", "mysql"])
    #expect(try bench.run("datastore_version_list", ids[1]).output.contains(version))
  }

  @Test(arguments: Engine.allCases)
  func `each command has its document`(engine: Engine) throws {
    let bench = try bench(engine)
    func rows(_ name: String, _ arguments: String...) throws -> [[String: Any]] {
      let outcome = try bench.document(arguments)
      #expect(outcome["ok"] as? Bool == true)
      return try #require(outcome[name] as? [[String: Any]])
    }
    let datastore = try rows("datastores", "datastore_update", "mysql", "5.7")
    #expect(datastore.map { $0["name"] as? String } == ["mysql"])
    #expect(datastore.map { $0["default_version"] as? String } == ["5.7(5.7.30)"])
    #expect(try rows("datastores", "datastore_list").count == 2)
    #expect(try rows("datastore_versions", "datastore_version_list").count == 2)

    let version = try rows(
      "datastore_versions", "datastore_version_update", "mysql", "8.0", "mysql", "img", "", "0",
      "--registry-ext", "my.Ext")
    #expect(version.map { $0["active"] as? Bool } == [false])
    #expect(version.map { $0["registry_ext"] as? String } == ["my.Ext"])
    #expect(version[0]["image_tags"] == nil)

    let flavors = try rows(
      "associations", "datastore_version_flavor_add", "mysql", "8.0", "1,2")
    #expect(flavors.map { $0["value"] as? String } == ["1", "2"])
    #expect(flavors.map { $0["key"] as? String } == ["flavor", "flavor"])
    let gone = try rows("associations", "datastore_version_flavor_delete", "mysql", "8.0", "1")
    #expect(gone.map { $0["deleted"] as? Bool } == [true])
    #expect(gone.map { $0["id"] as? String } == [flavors[0]["id"] as? String])
    let types = ["datastore_version_volume_type_add", "mysql", "8.0", "lvm"]
    #expect(try rows("associations", types[0], types[1], types[2], types[3]).count == 1)
    #expect(
      try rows("associations", "datastore_version_volume_type_list", "mysql", "8.0").count == 1)

    let path = try bench.rules(
      """
      {"configuration-parameters": [
        {"name": "p", "restart_required": true, "type": "integer", "max": 18446744073709551615}]}
      """)
    for arguments in [
      ["db_load_datastore_config_parameters", "mysql", "8.0", path],
      ["db_remove_datastore_config_parameters", "mysql", "8.0"],
    ] {
      let document = try bench.document(arguments)
      let parameters = try #require(document["parameters"] as? [[String: Any]])
      #expect(parameters.map { $0["name"] as? String } == ["p"])
      #expect(parameters.map { $0["max_size"] as? String } == ["18446744073709551615"])
      #expect(parameters.map { $0["restart_required"] as? Bool } == [true])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a failure is a document too`(engine: Engine) throws {
    let bench = try bench(engine)
    let outcome = try bench.run("--json", "datastore_update", "mysql", "nosuch")
    #expect(outcome.status == 1)
    #expect(outcome.messages == "")
    let document = try bench.document(["datastore_update", "mysql", "nosuch"])
    #expect(document["ok"] as? Bool == false)
    let error = try #require(document["error"] as? [String: Any])
    #expect(error["message"] as? String == "Datastore version 'nosuch' cannot be found.")
    #expect(error["exit_code"] as? Int == 1)
  }

  @Test(arguments: ["0", "false"], ["1", "true"])
  func `active is said in digits or words`(no: String, yes: String) throws {
    let bench = try DatastoreBench(.sqlite)
    try bench.succeed("datastore_update", "mysql", "")
    try bench.succeed("datastore_version_update", "mysql", "1", "mysql", "", "", no)
    try bench.succeed("datastore_version_update", "mysql", "2", "mysql", "", "", yes)
    #expect(try bench.versions().map { $0[4] } == ["0", "1"])
  }
}
