import Foundation
import Testing

@testable import TroveManage

/// What a service meets whose tables change while it runs.
@Suite struct ChangedTableTests {
  @Test(arguments: Engine.allCases)
  func `a column that went is named, inside a transaction and outside`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")
    try bench.database.execute("ALTER TABLE backup_plan DROP COLUMN note")
    let words = """
      backup_plan: the table has changed since the service started: the column note is gone
      hint: start the service again, in the version that fits the database
      """

    let alone = #expect(throws: ServiceError.self) { try plans.select() }
    let inside = #expect(throws: ServiceError.self) {
      try mapped.transaction { _ = try plans.select() }
    }

    #expect("\(try #require(alone))" == words)
    #expect("\(try #require(inside))" == words)
    #expect(try plans.count() == 0)
  }

  @Test(arguments: Engine.allCases)
  func `a table that went is named with its owner`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let plans = try bench.engine().table("backup_run")
    try bench.move(to: 1)

    let error = #expect(throws: ServiceError.self) { try plans.count() }

    #expect(
      "\(try #require(error))" == """
        there is no table backup_run, which com.acme.Backups maps
        hint: bring the database to its latest version: trove-manage --config-file \(bench.site.conf) db_sync
        """)
  }

  @Test(arguments: Engine.allCases)
  func `a column that is added does no harm, unless it must have a value`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let runs = try bench.engine().table("backup_run")
    let instances = try bench.engine().table("instances")
    try bench.database.execute("ALTER TABLE instances ADD COLUMN more INTEGER")
    try bench.database.execute("DROP TABLE backup_run")
    try bench.database.execute(
      "CREATE TABLE backup_run (plan_id INTEGER, day DATE, size BIGINT, why TEXT NOT NULL)")

    try instances.insert(["id": "1"])
    let error = #expect(throws: ServiceError.self) {
      try runs.insert(["plan_id": 1, "day": "2026-11-23"])
    }

    #expect(try instances.count() == 1)
    let words = "\(try #require(error))"
    #expect(words.contains("the column why is new and must have a value"))
    #expect(words.contains("the column plan_id may be NULL now"))
  }

  @Test(arguments: Engine.allCases)
  func `what a constraint refuses is told, whatever else has changed`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let runs = try mapped.table("backup_run")
    let plan: Int = try mapped.table("backup_plan").insert(["name": "a"]).value("id")
    try runs.insert(["plan_id": plan, "day": "2026-11-23"])
    try bench.database.execute("ALTER TABLE backup_run DROP COLUMN size")

    let error = #expect(throws: ServiceError.self) {
      try runs.update(["plan_id": plan + 1], where: .everything)
    }

    #expect("\(try #require(error))".lowercased().contains("foreign key"))
  }

  @Test(arguments: Engine.allCases)
  func `a column of another type is named when its value is read`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let runs = try bench.engine().table("backup_run")
    try bench.database.execute("DROP TABLE backup_run")
    try bench.database.execute(
      "CREATE TABLE backup_run (plan_id INTEGER NOT NULL, day DATE NOT NULL, size TEXT, PRIMARY KEY (day, plan_id))",
      "INSERT INTO backup_run VALUES (1, '2026-11-23', 'large')")

    let error = #expect(throws: ServiceError.self) {
      try runs.select().map { try $0.value("size", as: Int?.self) }
    }

    #expect(
      "\(try #require(error))".hasPrefix(
        "backup_run: the table has changed since the service started: the column size is text, was bigint"
      ))
  }
}
