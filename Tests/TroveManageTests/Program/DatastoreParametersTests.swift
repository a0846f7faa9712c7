import Foundation
import Testing
import TroveManage

/// Loading rules that are many, or wrong, through the program.
@Suite struct DatastoreParametersTests {
  private func bench(_ engine: Engine) throws -> DatastoreBench {
    let bench = try DatastoreBench(engine)
    let catalog = try bench.catalog()
    _ = try catalog.updateDatastore(named: "mysql", defaultVersion: nil)
    for version in ["5.7", "8.0"] {
      _ = try catalog.updateVersion(
        VersionSelector(datastore: "mysql", version: version),
        to: .init(manager: "mysql", imageID: "", packages: "", activity: .active))
    }
    return bench
  }

  private func load(_ bench: DatastoreBench, _ file: String) throws -> TestProgram.Outcome {
    try bench.run("db_load_datastore_config_parameters", "mysql", "5.7", file)
  }

  private func element(_ name: String, _ more: String = "") -> String {
    #"{"name": "\#(name)", "type": "integer", "restart_required": false\#(more)}"#
  }

  private func file(_ elements: [String]) -> String {
    "{\"configuration-parameters\": [\n\(elements.joined(separator: ",\n"))]}"
  }

  @Test(arguments: Engine.allCases)
  func `loading changes what is there, adds what is new and leaves the rest`(
    engine: Engine
  ) throws {
    let bench = try bench(engine)
    let text = file([element("a"), element("b", #", "max": 2, "min": -1"#)])
    #expect(try load(bench, bench.rules(text)).messages == "parameters: 2 added, 0 updated\n")
    try bench.succeed(
      "db_load_datastore_config_parameters", "mysql", "8.0", bench.rules(file([element("b")])))
    let ids = "SELECT name, id FROM datastore_configuration_parameters ORDER BY name, id"
    let before = try bench.database.rows(ids)

    let second = file([
      #"{"name": "b", "type": "string", "restart_required": true, "max": 1.50}"#, element("c"),
    ])
    #expect(try load(bench, bench.rules(second)).messages == "parameters: 1 added, 1 updated\n")

    #expect(
      try bench.parameters(of: "5.7") == [
        ["a", "0", nil, nil, "integer"], ["b", "1", "1.50", nil, "string"],
        ["c", "0", nil, nil, "integer"],
      ])
    #expect(try bench.parameters(of: "8.0") == [["b", "0", nil, nil, "integer"]])
    #expect(try bench.database.rows(ids).filter { $0[0] != "c" } == before)
  }

  @Test(arguments: Engine.allCases)
  func `one hundred thousand and one parameters are loaded, and removed`(engine: Engine) throws {
    let bench = try bench(engine)
    let count = 100_001
    let path = try bench.rules(
      file((0..<count).map { element("p\($0)", #", "max": 18446744073709551615, "min": \#($0)"#) }))

    let outcome = try load(bench, path)

    #expect(outcome.status == 0, "\(outcome.messages)")
    let table = "FROM datastore_configuration_parameters"
    #expect(
      try bench.database.rows(
        "SELECT count(*), count(DISTINCT id), count(DISTINCT name), min(max_size) \(table)")
        == [["\(count)", "\(count)", "\(count)", "18446744073709551615"]])
    #expect(
      try bench.database.rows("SELECT min_size \(table) WHERE name IN ('p0', 'p100000') ORDER BY 1")
        == [["0"], ["100000"]])
    let broken = try bench.rules(
      file((0..<count).map { $0 == 100_000 ? element("p99999") : element("p\($0)") }))
    let refused = try load(bench, broken)
    #expect(refused.status == 1)
    #expect(
      refused.messages == """
        error: \(broken):100002:1: configuration-parameters[100000] ('p99999'): the parameter stands there \
        already, as configuration-parameters[99999]

        """)
    #expect(try bench.value("SELECT count(max_size) \(table)") == "\(count)")
    try bench.succeed("db_remove_datastore_config_parameters", "mysql", "5.7")
    #expect(try bench.value("SELECT count(*) \(table)") == "0")
  }

  private static let long = String(repeating: "é", count: 129)

  /// What stands in the second element, and what is said about it.
  static let wrong = [
    (#"{"name": "bad1", "type": "integer"}"#, ":3:1: configuration-parameters[1] ('bad1'): "),
    (
      #"{"name": "p2", "type": "integer", "restart_required": "yes"}"#,
      ":3:55: configuration-parameters[1] ('p2'): 'restart_required' is a string, not true or false"
    ),
    ("{\"name\": \"x\",", ":3:14: this is no JSON: expected a name in double quotes"),
    (
      #"{"name": "", "type": "integer", "restart_required": true}"#,
      """
      :3:1: configuration-parameters[1] (''): datastore_configuration_parameters.name must not be empty; \
      it takes 1 to 128 characters
      """
    ),
    (
      #"{"name": "\#(long)", "type": "integer", "restart_required": true}"#,
      "datastore_configuration_parameters.name takes at most 128 characters, not 129"
    ),
    (
      #"{"name": "x", "type": "\#(long)", "restart_required": true}"#,
      "datastore_configuration_parameters.data_type takes at most 128 characters, not 129"
    ),
    (
      #"{"name": "x", "type": "", "restart_required": true}"#,
      "datastore_configuration_parameters.data_type must not be empty"
    ),
    (
      #"{"name": "a\u0000b", "type": "integer", "restart_required": true}"#,
      "datastore_configuration_parameters.name cannot hold a NUL character"
    ),
    (
      #"{"name": "x", "type": "integer", "restart_required": true, "max": 1\#(String(repeating: "0", count: 40))}"#,
      "datastore_configuration_parameters.max_size takes at most 40 characters, not 41"
    ),
    (
      #"{"name": "x", "type": "integer", "restart_required": true, "min": -\#(String(repeating: "1", count: 40))}"#,
      "datastore_configuration_parameters.min_size takes at most 40 characters, not 41"
    ),
  ]

  @Test(arguments: Engine.allCases)
  func `of a file with one wrong element nothing is loaded`(engine: Engine) throws {
    let bench = try bench(engine)
    #expect(try load(bench, bench.rules(file([element("kept")]))).status == 0)
    let before = try bench.snapshot()
    for (text, message) in Self.wrong {
      let path = try bench.rules(file([element("good1"), text]))
      let outcome = try load(bench, path)
      #expect(outcome.status == 1, "\(text)")
      #expect(outcome.output == "")
      #expect(outcome.messages.hasPrefix("error: \(path):3:"), "\(outcome.messages)")
      #expect(outcome.messages.contains(message), "\(outcome.messages)")
    }
    let latin = try bench.database.folder.write(
      "rules.json", bytes: Array("{\"\u{E9}".unicodeScalars.map { UInt8($0.value) }))
    #expect(try load(bench, latin).messages.hasPrefix("error: \(latin):1:3: the byte 0xe9"))
    let missing = try load(bench, "/nowhere/rules.json")
    #expect(missing.status == 1)
    #expect(missing.messages == "error: /nowhere/rules.json: no such file or folder\n")
    let folder = try load(bench, "/")
    #expect(folder.status == 1)
    #expect(folder.messages == "error: /: is a folder, not a file\n")
    #expect(try bench.snapshot() == before)
  }

  /// The batches of a load are one transaction: what an earlier one wrote goes with a later failure.
  @Test(arguments: Engine.allCases)
  func `a load that the engine stops half-way leaves nothing`(engine: Engine) throws {
    let bench = try bench(engine)
    switch engine {
    case .sqlite:
      try bench.database.execute(
        """
        CREATE TRIGGER stop BEFORE INSERT ON datastore_configuration_parameters
        WHEN new.name = 'p5999' BEGIN SELECT RAISE(ABORT, 'not this one'); END
        """)
    case .postgresql:
      try bench.database.execute(
        """
        ALTER TABLE datastore_configuration_parameters
        ADD CONSTRAINT not_this_one CHECK (name <> 'p5999')
        """)
    }
    let outcome = try load(bench, bench.rules(file((0..<6000).map { element("p\($0)") })))
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains(engine == .sqlite ? "not this one" : "not_this_one"))
    #expect(try bench.value("SELECT count(*) FROM datastore_configuration_parameters") == "0")
  }
}
