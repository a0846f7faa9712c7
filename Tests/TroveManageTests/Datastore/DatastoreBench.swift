import Foundation
import Testing
import TroveManage

/// A database with core's schema, and the built program to work on it.
final class DatastoreBench {
  let database: TestDatabase
  let confFile: String

  /// A database at `version` of core, or without any schema.
  init(_ engine: Engine, at version: Int? = 52) throws {
    database = try TestDatabase(engine)
    confFile = try database.folder.write(
      "trove.conf", "[database]\nconnection = \(database.urlText)\n")
    if let version {
      try database.migrate(Checkout.core.text, to: .upgrade(to: version))
    }
  }

  /// Starts the program.
  func start(_ arguments: [String]) throws -> TestProgram.Running {
    try TestProgram.start(["--config-file", confFile] + arguments)
  }

  /// Runs the program to its end.
  @discardableResult
  func run(_ arguments: String...) throws -> TestProgram.Outcome {
    try start(arguments).outcome()
  }

  /// Runs the program, which must succeed.
  func succeed(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    let outcome = try start(arguments).outcome()
    #expect(outcome.status == 0, "\(outcome.messages)", sourceLocation: sourceLocation)
  }

  /// The document that the program prints with `--json`.
  func document(_ arguments: [String]) throws -> [String: Any] {
    let outcome = try start(arguments + ["--json"]).outcome()
    let object = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
    return try #require(object as? [String: Any])
  }

  /// Writes a file of rules.
  func rules(_ text: String) throws -> String {
    try database.folder.write("rules.json", text)
  }

  /// A catalog in a session of its own.
  func catalog(lockWait: Duration = .seconds(60)) throws -> DatastoreCatalog {
    DatastoreCatalog(Database(try database.url), options: .init(lockWait: lockWait))
  }
}

// MARK: - Rows

extension DatastoreBench {
  /// Names and default versions.
  func datastores() throws -> [[String?]] {
    try database.rows(
      """
      SELECT d.name, v.version FROM datastores AS d
      LEFT JOIN datastore_versions AS v ON v.id = d.default_version_id ORDER BY d.name
      """)
  }

  /// The columns that the reference has too.
  func versions() throws -> [[String?]] {
    try database.rows(
      """
      SELECT d.name, v.name, v.image_id, v.packages, CASE WHEN v.active THEN 1 ELSE 0 END, v.manager,
        v.image_tags, v.version
      FROM datastore_versions AS v JOIN datastores AS d ON d.id = v.datastore_id
      ORDER BY d.name, v.name, v.version
      """)
  }

  /// Every row of metadata, with times as whether they are there.
  func metadata() throws -> [[String?]] {
    try database.rows(
      """
      SELECT v.version, m."key", m.value, CASE WHEN m.deleted THEN 1 ELSE 0 END,
        CASE WHEN m.deleted_at IS NULL THEN '' ELSE 'deleted_at' END,
        CASE WHEN m.updated_at IS NULL THEN '' ELSE 'updated_at' END
      FROM datastore_version_metadata AS m
      JOIN datastore_versions AS v ON v.id = m.datastore_version_id
      ORDER BY v.version, m."key", m.value
      """)
  }

  /// Parameters of the version with the number `version`.
  func parameters(of version: String) throws -> [[String?]] {
    try database.rows(
      """
      SELECT p.name, CASE WHEN p.restart_required THEN 1 ELSE 0 END, p.max_size, p.min_size,
        p.data_type
      FROM datastore_configuration_parameters AS p
      JOIN datastore_versions AS v ON v.id = p.datastore_version_id
      WHERE v.version = '\(version)' ORDER BY p.name
      """)
  }

  /// Everything in the four tables.
  func snapshot() throws -> [[[String?]]] {
    try [
      "datastores", "datastore_versions", "datastore_version_metadata",
      "datastore_configuration_parameters",
    ].map { try database.rows("SELECT * FROM \($0) ORDER BY id") }
  }

  /// The one value that a query gives.
  func value(_ query: String) throws -> String? {
    try #require(database.rows(query).first?.first)
  }
}
