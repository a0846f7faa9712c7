/// Rows before an upgrade, and what the reference was measured to make of them.
struct MeasuredRows: CustomStringConvertible {
  /// What an upgrade comes to.
  enum Outcome: Equatable {
    case rows([[String?]])
    /// It stops, and the version stays.
    case failure
  }

  /// Where core's script is meant to do something else.
  struct Deviation {
    /// The object in `differences.txt`.
    let object: String
    /// How the entry's reason begins, on each engine that core's script differs on.
    let reasons: [Engine: String]
    let rows: [[String?]]
  }

  let version: Int
  let title: String
  /// Executed one version below.
  let before: String
  /// Asked afterwards.
  let query: String
  let reference: [Engine: Outcome]
  let deviation: Deviation?

  var description: String { "\(version): \(title)" }

  /// What core's script comes to on `engine`.
  func expected(on engine: Engine) -> Outcome? {
    guard let deviation, deviation.reasons[engine] != nil else { return reference[engine] }
    return .rows(deviation.rows)
  }

  init(
    _ version: Int, _ title: String, _ before: String, _ query: String, sqlite: Outcome,
    postgresql: Outcome, deviation: Deviation? = nil
  ) {
    self.version = version
    self.title = title
    self.before = before
    self.query = query
    reference = [.sqlite: sqlite, .postgresql: postgresql]
    self.deviation = deviation
  }

  /// A case in which the reference does the same on both engines.
  init(
    _ version: Int, _ title: String, _ before: String, _ query: String, both outcome: Outcome,
    deviation: Deviation? = nil
  ) {
    self.init(
      version, title, before, query, sqlite: outcome, postgresql: outcome, deviation: deviation)
  }
}

extension MeasuredRows {
  static let all = instances + datastores + versions + others

  private static let instances = [
    Self(
      14, "numeric flavors",
      "INSERT INTO instances (id, flavor_id) VALUES ('i1', '7'), ('i2', NULL), ('i3', '007')",
      "SELECT id, flavor_id FROM instances ORDER BY id",
      both: .rows([["i1", "7"], ["i2", nil], ["i3", "7"]])),
    Self(
      14, "a flavor that is no number",
      "INSERT INTO instances (id, flavor_id) VALUES ('i1', 'abc-12')",
      "SELECT id, flavor_id FROM instances", sqlite: .rows([["i1", "abc-12"]]),
      postgresql: .failure),
    Self(
      15, "service types", "INSERT INTO instances (id) VALUES ('i1')",
      "SELECT id, service_type FROM instances", both: .rows([["i1", "mysql"]])),
    Self(
      16, "service types", "INSERT INTO instances (id, service_type) VALUES ('i1', 'mysql')",
      "SELECT id, datastore_version_id FROM instances", both: .rows([["i1", nil]])),
    Self(
      34, "an instance",
      Core.datastore + """
        INSERT INTO instances (id, task_description, created, datastore_version_id)
        VALUES ('i1', 'abc', '2020-01-01 00:00:00', 'v1')
        """,
      "SELECT id, task_description, created FROM instances",
      both: .rows([["i1", "abc", "2020-01-01 00:00:00"]])),
    Self(
      35, "a flavor",
      Core.datastore
        + "INSERT INTO instances (id, flavor_id, datastore_version_id) VALUES ('i1', 7, 'v1')",
      "SELECT id, flavor_id || '' FROM instances", both: .rows([["i1", "7"]])),
    Self(
      39, "an instance",
      Core.datastore + "INSERT INTO instances (id, datastore_version_id) VALUES ('i1', 'v1')",
      "SELECT id, region_id FROM instances", both: .rows([["i1", "RegionOne"]])),
    Self(
      43, "an instance",
      Core.datastore + "INSERT INTO instances (id, datastore_version_id) VALUES ('i1', 'v1')",
      "SELECT id, datastore_version_id FROM instances", both: .rows([["i1", "v1"]])),
  ]

  private static let datastores = [
    Self(
      17, "one datastore version",
      """
      INSERT INTO datastores (id, name, manager) VALUES ('d1', 'MySQL', 'mysqlmgr');
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, active)
      VALUES ('v1', 'd1', '5.5', 'img', TRUE)
      """, managers, both: .rows([["v1", "d1", "5.5", "mysqlmgr"]])),
    Self(
      17, "two datastore versions",
      """
      INSERT INTO datastores (id, name, manager)
      VALUES ('d1', 'MySQL', 'mysqlmgr'), ('d2', 'PG', 'pgmgr');
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, active)
      VALUES ('v1', 'd1', '5.5', 'img', TRUE), ('v2', 'd2', '9.1', 'img', FALSE)
      """, managers, sqlite: .failure,
      postgresql: .rows([["v1", "d1", "5.5", "mysqlmgr"], ["v2", "d2", "9.1", "pgmgr"]]),
      deviation: Deviation(
        object: "datastore_versions.manager", reasons: [.sqlite: "two versions or more:"],
        rows: [["v1", "d1", "5.5", "mysqlmgr"], ["v2", "d2", "9.1", "pgmgr"]])),
    Self(
      17, "a version without a datastore",
      """
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, active)
      VALUES ('v1', NULL, '5.5', 'img', TRUE)
      """, managers, both: .failure,
      deviation: Deviation(
        object: "datastore_versions.manager",
        reasons: [
          .sqlite: "a version without a datastore:", .postgresql: "a version without a datastore:",
        ],
        rows: [["v1", nil, "5.5", nil]])),
    Self(
      19, "instances without a version", "INSERT INTO instances (id) VALUES ('i1'), ('i2')",
      legacy, sqlite: .failure,
      postgresql: .rows([
        ["i1", Core.legacyVersion, "Unknown Legacy Version", Core.noImage, "0", "mysql"],
        ["i2", Core.legacyVersion, "Unknown Legacy Version", Core.noImage, "0", "mysql"],
      ]),
      deviation: Deviation(
        object: "instances.datastore_version_id",
        reasons: [.sqlite: "an instance without a version:"],
        rows: [
          ["i1", Core.legacyVersion, "Unknown Legacy Version", Core.noImage, "0", "mysql"],
          ["i2", Core.legacyVersion, "Unknown Legacy Version", Core.noImage, "0", "mysql"],
        ])),
    Self(
      19, "an instance without a version, and an image",
      """
      INSERT INTO instances (id) VALUES ('i1');
      INSERT INTO service_images (id, service_name, image_id) VALUES ('si1', 'mysql', 'img1')
      """,
      legacy, sqlite: .failure,
      postgresql: .rows([["i1", Core.legacyVersion, "Unknown Legacy Version", "si1", "0", "mysql"]]
      ),
      deviation: Deviation(
        object: "instances.datastore_version_id",
        reasons: [.sqlite: "an instance without a version:"],
        rows: [["i1", Core.legacyVersion, "Unknown Legacy Version", "si1", "0", "mysql"]])),
  ]

  private static let versions = [
    Self(
      47, "an image", Core.datastore,
      "SELECT id, name, image_id, image_tags FROM datastore_versions",
      both: .rows([["v1", "5.5", "img", nil]])),
    Self(
      48, "one datastore version", Core.datastore,
      "SELECT id, name, version FROM datastore_versions", both: .rows([["v1", "5.5", "5.5"]])),
    Self(
      48, "two datastore versions",
      Core.datastore + """
        INSERT INTO datastore_versions (id, datastore_id, name, active)
        VALUES ('v2', 'd1', '5.6', TRUE)
        """,
      "SELECT id, name, version FROM datastore_versions ORDER BY id", sqlite: .failure,
      postgresql: .rows([["v1", "5.5", "5.5"], ["v2", "5.6", "5.6"]]),
      deviation: Deviation(
        object: "datastore_versions.version", reasons: [.sqlite: "two versions or more:"],
        rows: [["v1", "5.5", "5.5"], ["v2", "5.6", "5.6"]])),
    Self(
      49, "a manager of one's own",
      """
      INSERT INTO datastore_versions (id, name, version, active, manager)
      VALUES ('v1', '1', '1', TRUE, 'custom')
      """, "SELECT id, registry_ext, repl_strategy FROM datastore_versions",
      both: .rows([["v1", "", "."]]),
      deviation: Deviation(
        object: "datastore_versions.repl_strategy",
        reasons: [.sqlite: "an unknown manager:", .postgresql: "an unknown manager:"],
        rows: [["v1", "", ""]])),
  ]

  private static let others = [
    Self(
      28, "heartbeats", "INSERT INTO agent_heartbeats (id, instance_id) VALUES ('h1', 'i1')",
      "SELECT count(*) FROM agent_heartbeats", both: .rows([["0"]])),
    Self(
      40, "a hidden module, a plain one, and one for all tenants",
      Core.module("m1", visible: "FALSE") + Core.module("m2") + Core.module("m3", tenant: "NULL"),
      """
      SELECT id, CASE WHEN priority_apply THEN 1 WHEN NOT priority_apply THEN 0 END, apply_order,
        CASE WHEN is_admin THEN 1 WHEN NOT is_admin THEN 0 END
      FROM modules ORDER BY id
      """,
      sqlite: .rows([["m1", "0", "5", "1"], ["m2", "0", "5", "0"], ["m3", "0", "5", "1"]]),
      postgresql: .failure,
      deviation: Deviation(
        object: "modules", reasons: [.postgresql: "the reference always fails;"],
        rows: [["m1", "0", "5", "1"], ["m2", "0", "5", "0"], ["m3", "0", "5", "1"]])),
    Self(
      44, "parameters that are deleted, not deleted, and neither",
      Core.datastore + """
        INSERT INTO datastore_configuration_parameters
          (id, name, datastore_version_id, restart_required, max_size, data_type, deleted)
        VALUES ('c1', 'keep', 'v1', FALSE, '10', 'int', FALSE),
          ('c2', 'gone', 'v1', FALSE, NULL, 'int', TRUE),
          ('c3', 'neither', 'v1', TRUE, NULL, 'int', NULL)
        """,
      """
      SELECT id, name, max_size, CASE WHEN restart_required THEN 1 ELSE 0 END
      FROM datastore_configuration_parameters ORDER BY id
      """, sqlite: .rows([]), postgresql: .failure,
      deviation: Deviation(
        object: "datastore_configuration_parameters",
        reasons: [
          .sqlite: "the reference loses every row;", .postgresql: "the reference always fails;",
        ],
        rows: [["c1", "keep", "10", "0"], ["c3", "neither", nil, "1"]])),
  ]

  private static let managers =
    "SELECT id, datastore_id, name, manager FROM datastore_versions ORDER BY id"
  private static let legacy = """
    SELECT i.id, v.id, v.name, v.image_id, CASE WHEN v.active THEN 1 ELSE 0 END, v.manager
    FROM instances i JOIN datastore_versions v ON v.id = i.datastore_version_id ORDER BY i.id
    """
}
