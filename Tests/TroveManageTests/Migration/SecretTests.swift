import Testing
import TroveManage

@Suite struct SecretTests {
  private static let secret = String(repeating: "S3cret-", count: 14)

  /// What is said while the scripts run, each with the secret in its reach.
  private func words(_ scripts: [String]) throws -> String {
    let database = try TestDatabase(.postgresql)
    let names = scripts.indices.map { "00\($0 + 1)_s_default_upgrade.sql" }
    let core = try database.folder.writeRepository(
      "core",
      scripts: Dictionary(
        uniqueKeysWithValues: zip(names, scripts.map { "-- migrate: variables\n\($0)" })))
    var heard: [String] = []
    let migrator = try database.migrator(
      [core], variables: { _ in Self.secret },
      report: { if case .notice(let text) = $0 { heard.append(text) } })
    let failure = #expect(throws: RunFailure.self) { try migrator.run() }
    return heard.joined(separator: "\n") + "\(try #require(failure).error)"
  }

  @Test(arguments: [
    [
      "CREATE TABLE t (id INTEGER NOT NULL, v TEXT); INSERT INTO t VALUES (NULL, ${rabbit.password});"
    ],
    ["SELECT ${rabbit.password}::integer;"],
    [
      "DO $$ BEGIN RAISE NOTICE '%', 'x'; END $$; SELECT set_config('a.b', ${rabbit.password}, true);\n"
        + "DO $$ BEGIN RAISE NOTICE '%', current_setting('a.b'); RAISE 'stop'; END $$;"
    ],
    [
      "CREATE TABLE t (v TEXT); INSERT INTO t VALUES (${rabbit.password}), (${rabbit.password});",
      "CREATE UNIQUE INDEX ON t (v);",
    ],
    [
      "CREATE TABLE p (v TEXT PRIMARY KEY);\n"
        + "CREATE TABLE c (v TEXT REFERENCES p DEFERRABLE INITIALLY DEFERRED);\n"
        + "INSERT INTO c VALUES (${rabbit.password});"
    ],
  ])
  func `a secret is not shown, however the server repeats it`(scripts: [String]) throws {
    let words = try words(scripts)
    #expect(!words.contains("S3cret-S3cret"), "\(words)")
  }
}
