import Foundation
import Testing

@testable import TroveManage

@Suite struct EngineTransactionTests {
  private struct Refusal: Error {}

  @Test(arguments: Engine.allCases)
  func `a transaction is all or nothing`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")

    let count = try mapped.transaction {
      try plans.insert(["name": "a"])
      try plans.insert(["name": "b"])
      return try plans.count()
    }
    #expect(throws: Refusal.self) {
      try mapped.transaction {
        try plans.delete(where: .everything)
        throw Refusal()
      }
    }

    #expect(count == 2)
    #expect(try bench.database.rows("SELECT name FROM backup_plan ORDER BY 1") == [["a"], ["b"]])
  }

  @Test(arguments: Engine.allCases)
  func `a statement that failed ends its transaction, whatever is made of the error`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")

    let error = #expect(throws: ServiceError.self) {
      try mapped.transaction {
        try plans.insert(["name": "a"])
        _ = try? plans.insert(["name": "b", "instance_id": "none"])
      }
    }
    let next = #expect(throws: ServiceError.self) {
      try mapped.transaction {
        _ = try? plans.insert(["name": "b", "instance_id": "none"])
        try plans.insert(["name": "c"])
      }
    }

    #expect("\(try #require(error))".lowercased().contains("foreign key"))
    #expect("\(try #require(next))".lowercased().contains("foreign key"))
    #expect(try plans.count() == 0)
    try mapped.transaction { _ = try plans.insert(["name": "d"]) }
    #expect(try plans.count() == 1)
  }

  @Test(arguments: Engine.allCases)
  func `a transaction inside another is refused, and ends it`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")

    let error = #expect(throws: ServiceError.self) {
      try mapped.transaction {
        try plans.insert(["name": "a"])
        try mapped.transaction {}
      }
    }

    #expect("\(try #require(error))" == "a transaction is open already")
    #expect(try plans.count() == 0)
  }

  @Test(arguments: Engine.allCases)
  func `a closed engine has no session, and answers nothing`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")

    mapped.close()

    let error = #expect(throws: ServiceError.self) { try plans.count() }
    #expect("\(try #require(error))" == "the engine was closed")
    #expect(try bench.sessions() == 0)
  }

  @Test(arguments: Engine.allCases)
  func `closing inside a transaction rolls it back`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")

    #expect(throws: ServiceError.self) {
      try mapped.transaction {
        try plans.insert(["name": "a"])
        mapped.close()
      }
    }

    #expect(try bench.database.rows("SELECT name FROM backup_plan").isEmpty)
    #expect(try bench.sessions() == 0)
  }

  @Test func `after the server ended the session, the next statement opens another`() throws {
    let bench = try ServiceBench(.postgresql)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")
    try plans.insert(["name": "a"])
    func cut() throws {
      _ = try bench.database.rows(
        """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
    }

    try cut()
    let error = #expect(throws: ServiceError.self) { try plans.count() }
    #expect(try #require(error).databaseError?.kind == .connectionLost)
    #expect(try plans.count() == 1)

    let inside = #expect(throws: ServiceError.self) {
      try mapped.transaction {
        try plans.insert(["name": "b"])
        try cut()
        try plans.insert(["name": "c"])
      }
    }
    #expect(try #require(inside).databaseError?.kind == .connectionLost)
    #expect(try plans.count() == 1)
  }

  @Test func `no migration waits for an idle service`() throws {
    let bench = try ServiceBench(.sqlite, at: 1)
    let mapped = try configureDB(bench.conf(), versions: .ignore)
    _ = try mapped.table("instances").count()

    try bench.succeed("db_sync")

    try mapped.table("instances").insert(["id": "1"])
    #expect(try mapped.table("instances").count() == 1)
  }

  @Test(arguments: Engine.allCases)
  func `whoever swallows the refusal of an inner transaction loses the outer one, too`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")

    let error = #expect(throws: ServiceError.self) {
      try mapped.transaction {
        try plans.insert(["name": "a"])
        try? mapped.transaction { _ = try plans.insert(["name": "b"]) }
      }
    }

    #expect("\(try #require(error))" == "a transaction is open already")
    #expect(try plans.count() == 0)
    try mapped.transaction { _ = try plans.insert(["name": "c"]) }
    #expect(try plans.count() == 1)
  }

  @Test(arguments: Engine.allCases)
  func `a commit that the engine refuses leaves nothing, and a session that works`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine)
    try bench.database.execute(
      """
      CREATE TABLE late (
        id INTEGER PRIMARY KEY, other INTEGER REFERENCES late (id) DEFERRABLE INITIALLY DEFERRED)
      """)
    let mapped = try configureDB(bench.conf(), versions: .ignore)
    let late = try mapped.table("late", autoload: true)

    let error = #expect(throws: ServiceError.self) {
      try mapped.transaction { _ = try late.insert(["id": 1, "other": 2]) }
    }

    #expect("\(try #require(error))".lowercased().contains("foreign key"))
    #expect(try bench.database.rows("SELECT id FROM late").isEmpty)
    try mapped.transaction { _ = try late.insert(["id": 1, "other": 1]) }
    #expect(try late.count() == 1)
  }

  @Test func `a session that is lost before COMMIT is told so, and another follows`() throws {
    let bench = try ServiceBench(.postgresql)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")

    let error = #expect(throws: ServiceError.self) {
      try mapped.transaction {
        try plans.insert(["name": "a"])
        _ = try bench.database.rows(
          """
          SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
          WHERE datname = current_database() AND pid <> pg_backend_pid()
          """)
      }
    }

    #expect("\(try #require(error))".contains("before the answer to COMMIT came"))
    #expect(try plans.count() == 0)
  }

  @Test func `a session that is lost while a table is mapped is replaced, and ends a transaction`()
    throws
  {
    let bench = try ServiceBench(.postgresql)
    let mapped = try configureDB(bench.conf(), versions: .ignore)
    let instances = try mapped.table("instances")
    func cut() throws {
      _ = try bench.database.rows(
        """
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """)
    }

    #expect(throws: ServiceError.self) {
      try mapped.transaction {
        try instances.insert(["id": "1"])
        try cut()
        _ = try? mapped.table("backup_plan", autoload: true)
        // It must not go to another session, in no transaction.
        _ = try? instances.insert(["id": "2"])
      }
    }
    #expect(try instances.count() == 0)
    try cut()
    #expect(throws: ServiceError.self) { try mapped.table("backup_plan", autoload: true) }
    #expect(try mapped.table("backup_plan", autoload: true).columns.count == 9)
  }

  @Test func `after a backup took the file's place, a write is refused and the next goes to it`()
    throws
  {
    let bench = try ServiceBench(.sqlite)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")
    let file = bench.folder.path("test.sqlite")
    try FileManager.default.copyItem(atPath: file, toPath: "\(file).backup")
    func restore() throws {
      try FileManager.default.removeItem(atPath: file)
      try FileManager.default.copyItem(atPath: "\(file).backup", toPath: file)
    }

    try restore()
    let error = #expect(throws: ServiceError.self) { try plans.insert(["name": "a"]) }
    #expect("\(try #require(error))".hasSuffix("opens the file that is there now"))
    try plans.insert(["name": "b"])
    try restore()
    #expect(throws: ServiceError.self) {
      try mapped.transaction { _ = try plans.insert(["name": "c"]) }
    }
    try mapped.transaction { _ = try plans.insert(["name": "d"]) }

    #expect(try bench.database.rows("SELECT name FROM backup_plan") == [["d"]])
  }
}
