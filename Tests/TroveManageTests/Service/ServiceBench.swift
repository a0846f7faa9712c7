import Foundation
import Testing

@testable import TroveManage

/// A database with a small core and the plugin `com.acme.Backups`, and what a service does to start on it.
struct ServiceBench {
  /// The entry of `db_plugins`.
  static let entry = "com.acme.Backups"

  let site: TestSite
  var database: TestDatabase { site.database }
  var folder: TestFolder { site.folder }

  /// Core makes `instances`, the plugin `backup_plan` in version 1 and `backup_run` in version 2, up to `version`.
  init(_ engine: Engine, plugins: String = ServiceBench.entry, at version: Int? = 2) throws {
    site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql":
          "CREATE TABLE instances (id VARCHAR(36) PRIMARY KEY, name VARCHAR(255));"
      ], plugins: plugins)
    let numbered = engine == .sqlite ? "INTEGER PRIMARY KEY" : "SERIAL PRIMARY KEY"
    let bytes = engine == .sqlite ? "BLOB" : "BYTEA"
    try folder.writeRepository(
      "plugins/com/acme/migrate_repo", id: "acme", table: "acme_version",
      scripts: [
        "001_a_default_upgrade.sql": """
        CREATE TABLE backup_plan (
          id \(numbered), name VARCHAR(20) NOT NULL, rate DOUBLE PRECISION, price NUMERIC(10, 2),
          active BOOLEAN NOT NULL DEFAULT TRUE, key \(bytes), made TIMESTAMP, note TEXT,
          instance_id VARCHAR(36) REFERENCES instances (id)
        );
        """,
        "002_b_default_upgrade.sql": """
        CREATE TABLE backup_run (plan_id INTEGER NOT NULL, day DATE NOT NULL, size BIGINT,
          PRIMARY KEY (day, plan_id), FOREIGN KEY (plan_id) REFERENCES backup_plan (id) ON DELETE CASCADE);
        """,
        "001_a_default_downgrade.sql": "DROP TABLE backup_plan;",
        "002_b_default_downgrade.sql": "DROP TABLE backup_run;",
      ])
    guard let version else { return }
    try succeed("db_sync")
    if version < 2, !plugins.isEmpty { try move(to: version) }
  }

  /// The folder of the plugin's repository.
  var repository: String { folder.path("plugins/com/acme/migrate_repo") }

  /// Takes the plugin to a version.
  func move(to version: Int) throws {
    if version == 2 {
      try succeed("db_sync", "--repo_path", repository)
    } else {
      try succeed("db_downgrade", "--repo_path", repository, String(version))
    }
  }

  /// Runs the program, which must succeed.
  func succeed(_ arguments: String...) throws {
    let outcome = try site.run(arguments)
    try #require(outcome.status == 0, "\(outcome.messages)")
  }

  /// The configuration that the service reads.
  func conf() throws -> Conf { try Conf(reading: [.file(site.conf)], environment: [:]) }

  /// An engine with the plugin that maps both of its tables.
  func engine(versions: VersionGuard = .exact()) throws -> TroveManage.Engine {
    try configureDB(conf(), registered: [Self.entry: Backups.self], versions: versions)
  }

  /// The message with which a service does not start.
  func refusal(
    _ registered: [String: any DBPlugin.Type] = [entry: Backups.self],
    versions: VersionGuard = .exact()
  ) throws -> String {
    let conf = try conf()
    let error = #expect(throws: ServiceError.self) {
      try configureDB(conf, registered: registered, versions: versions)
    }
    return error.map { "\($0)" } ?? ""
  }

  /// How many sessions there are with the database, but for the one that asks: it may take a moment for the last
  /// to be gone.
  func sessions() throws -> Int {
    let end = ContinuousClock.now + .seconds(10)
    while true {
      let count = try currentSessions()
      if count == 0 || .now > end { return count }
      Thread.sleep(forTimeInterval: 0.02)
    }
  }

  private func currentSessions() throws -> Int {
    guard database.engine == .sqlite else {
      let query = """
        SELECT count(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """
      return Int(try database.rows(query)[0][0] ?? "") ?? -1
    }
    let file = folder.path("test.sqlite")
    let files = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
    return files.count { number in
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)"))
        == file
    }
  }
}

/// The plugin of the bench.
struct Backups: DBPlugin {
  var mapper: any Mapper { MapperOf("backup_plan", "backup_run") }
}

/// A mapper of tables by name.
struct MapperOf: Mapper {
  let names: [String]

  init(_ names: String...) { self.names = names }

  func map(_ engine: TroveManage.Engine) throws {
    for name in names { _ = try engine.table(name, autoload: true) }
  }
}
