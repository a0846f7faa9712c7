import Testing
import TroveManage

/// Many commands at once, and a command beside a run.
@Suite struct DatastoreConcurrencyTests {
  private func bench(_ engine: Engine) throws -> DatastoreBench {
    let bench = try DatastoreBench(engine)
    let catalog = try bench.catalog()
    _ = try catalog.updateDatastore(named: "mysql", defaultVersion: nil)
    _ = try catalog.updateVersion(
      VersionSelector(datastore: "mysql", version: "5.7"),
      to: .init(manager: "mysql", imageID: "", packages: "", activity: .active))
    return bench
  }

  @Test(arguments: Engine.allCases)
  func `ten processes add flavors at once: all are there, none twice`(engine: Engine) throws {
    let bench = try bench(engine)
    let running = try (0..<10).map { index in
      try bench.start(["datastore_version_flavor_add", "mysql", "5.7", "a\(index),b\(index)"])
    }
    for process in running {
      let outcome = try process.outcome()
      #expect(outcome.status == 0, "\(outcome.messages)")
    }
    let expected = (0..<10).flatMap { ["a\($0)", "b\($0)"] }.sorted()
    #expect(try bench.metadata().map { $0[2] ?? "" } == expected)
  }

  @Test(arguments: Engine.allCases)
  func `of ten processes that add the same, one does`(engine: Engine) throws {
    let bench = try bench(engine)
    for arguments in [
      ["datastore_version_flavor_add", "mysql", "5.7", "1"],
      ["datastore_version_volume_type_add", "mysql", "5.7", "1"],
    ] {
      let running = try (0..<10).map { _ in try bench.start(arguments) }
      let statuses = try running.map { try $0.outcome().status }
      #expect(statuses.sorted() == [0] + Array(repeating: 1, count: 9))
    }
    let running = try (0..<10).map { _ in try bench.start(["datastore_update", "new", ""]) }
    #expect(try running.map { try $0.outcome().status } == Array(repeating: 0, count: 10))
    #expect(try bench.metadata().count == 2)
    #expect(try bench.datastores().map { $0[0] } == ["mysql", "new"])
  }

  @Test(arguments: Engine.allCases)
  func `a change waits for a run, or says that one holds the lock`(engine: Engine) throws {
    let bench = try bench(engine)
    let runner = try bench.database.connect()
    try runner.begin(LockWait(limit: .zero))
    let before = try bench.catalog()
    let error = #expect(throws: DatastoreError.self) {
      try bench.catalog(lockWait: .milliseconds(50)).updateDatastore(
        named: "new", defaultVersion: nil)
    }
    #expect(error?.databaseError?.kind == .lockTimeout)
    let waiting = try bench.start(["datastore_update", "new", ""])
    #expect(try before.datastores().map(\.name) == ["mysql"])
    try runner.execute([Command("UPDATE datastores SET name = 'renamed'")])
    try runner.commit()
    #expect(try waiting.outcome().status == 0)
    #expect(try bench.datastores().map { $0[0] } == ["new", "renamed"])
  }

  @Test(arguments: Engine.allCases)
  func `without a wait, the lock of a run is a failure to try again`(engine: Engine) throws {
    let bench = try bench(engine)
    let conf = try bench.database.folder.write(
      "nowait.conf",
      "[database]\nconnection = \(bench.database.urlText)\n[migrate]\nlock_wait = 0\n")
    let runner = try bench.database.connect()
    try runner.begin(LockWait(limit: .zero))
    defer { runner.rollback() }
    let outcome = try TestProgram.run("--config-file", conf, "datastore_update", "new", "")
    #expect(outcome.status == 75)
    #expect(outcome.messages.contains("lock"), "\(outcome.messages)")
  }
}
