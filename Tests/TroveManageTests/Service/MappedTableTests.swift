import Foundation
import Testing

@testable import TroveManage

@Suite struct MappedTableTests {
  @Test(arguments: Engine.allCases)
  func `a table tells its columns, types, keys and foreign keys`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()

    let plans = try mapped.table("backup_plan")
    let runs = try mapped.table("backup_run")

    #expect(
      plans.columns.map(\.name) == [
        "id", "name", "rate", "price", "active", "key", "made", "note", "instance_id",
      ])
    #expect(
      plans.columns.map(\.family) == [
        .integer, .text, .float, .decimal, .boolean, .bytes, .timestamp, .text, .text,
      ])
    #expect(plans.columns.filter { $0.nulls == .refused }.map(\.name) == ["id", "name", "active"])
    #expect(plans.column("name")?.type == "varchar(20)")
    #expect(plans.primaryKey == ["id"])
    #expect(runs.primaryKey == ["day", "plan_id"])
    #expect(runs.columns.filter(\.isKey).map(\.name) == ["plan_id", "day"])
    #expect(
      runs.foreignKeys == [.init(columns: ["plan_id"], table: "backup_plan", parentColumns: ["id"])]
    )
    #expect(
      plans.foreignKeys == [
        .init(columns: ["instance_id"], table: "instances", parentColumns: ["id"])
      ])
    #expect(plans.owner == ServiceBench.entry)
    #expect(try mapped.table("instances").owner == "core")
  }

  @Test(arguments: Engine.allCases)
  func `values come back as they went`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let plans = try bench.engine().table("backup_plan")
    let odd = #"it's \ "é" 100% $1 ?1 ${x} ; -- 😀"# + "\n"
    let made = Date(timeIntervalSince1970: 1_795_000_000.25)

    let row = try plans.insert([
      "name": "a", "rate": 0.1, "price": "12.50", "active": false, "key": [0, 1, 0xFF] as [UInt8],
      "made": made, "note": odd,
    ])

    let id: Int = try row.value("id")
    let found = try #require(try plans.select(where: .equal("id", id)).first)
    #expect(try found.value("name") == "a")
    #expect(try found.value("rate") == 0.1)
    #expect(try found.value("active") == false)
    #expect(try found.value("key") == [0, 1, 0xFF] as [UInt8])
    #expect(try found.value("made") == made)
    #expect(try found.value("note") == odd)
    #expect(try found.value("instance_id", as: String?.self) == nil)
    #expect(try found.value("price") == Decimal(12.5))
    #expect(try found.value("price") == 12.5)
  }

  @Test(arguments: Engine.allCases)
  func `conditions find the rows that they mean`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let plans = try bench.engine().table("backup_plan")
    for (name, rate) in [("a", 1.0), ("b", 2.0), ("c", nil), ("d", 4.0)] {
      try plans.insert(["name": name, "rate": rate])
    }
    func names(_ condition: Condition) throws -> String {
      try plans.select(where: condition, orderBy: [.ascending("name")]).map {
        try $0.value("name", as: String.self)
      }.joined()
    }

    #expect(try names(.everything) == "abcd")
    #expect(try names(.equal("name", "b")) == "b")
    #expect(try names(.equal("rate", nil)) == "c")
    #expect(try names(.unequal("rate", nil)) == "abd")
    #expect(try names(.unequal("name", "b")) == "acd")
    #expect(try names(.less("rate", 2)) == "a")
    #expect(try names(.greater("rate", 1.5)) == "bd")
    #expect(try names(.among("name", ["a", "d", "x"])) == "ad")
    #expect(try names(.among("name", [])) == "")
    #expect(try names(.all([.greater("rate", 1), .unequal("name", "d")])) == "b")
    #expect(try names(.any([.equal("name", "a"), .not(.less("rate", 4))])) == "ad")
    #expect(try names(.all([])) == "abcd")
    #expect(try plans.count(where: .greater("rate", 1)) == 2)
    let order = try plans.select(orderBy: [.descending("rate"), .ascending("name")], limit: 3)
    #expect(try order.map { try $0.value("name", as: String.self) } == ["d", "b", "a"])
    let last = try plans.select(orderBy: [.ascending("rate")]).last
    #expect(try last?.value("name") == "c")
  }

  @Test(arguments: Engine.allCases)
  func `updates and deletes touch the rows of their condition, and say how many`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine)
    let mapped = try bench.engine()
    let plans = try mapped.table("backup_plan")
    let runs = try mapped.table("backup_run")
    let ids = try ["a", "b", "c"].map { name in
      try plans.insert(["name": name]).value("id", as: Int.self)
    }
    try runs.insert(["plan_id": ids[0], "day": "2026-11-23", "size": 5_000_000_000])

    #expect(try plans.update(["note": "x", "rate": nil], where: .among("name", ["a", "b"])) == 2)
    #expect(try plans.update([:], where: .everything) == 0)
    #expect(try plans.select(where: .equal("note", "x")).count == 2)
    #expect(try runs.select().first?.value("size") == 5_000_000_000)
    #expect(try plans.delete(where: .equal("name", "a")) == 1)
    // The foreign key holds on SQLite, too.
    #expect(try runs.count() == 0)
    #expect(try plans.delete(where: .everything) == 2)
  }

  @Test(arguments: Engine.allCases)
  func `values that no column of the kind holds are refused alike`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let plans = try bench.engine().table("backup_plan")
    func message(_ values: [String: (any ColumnValue)?]) -> String {
      let error = #expect(throws: ServiceError.self) { try plans.insert(values) }
      return error.map { "\($0)" } ?? ""
    }

    #expect(message(["name": 7]) == "backup_plan.name is varchar(20) and takes no integer")
    #expect(message(["name": "a", "rate": "fast"]).hasSuffix("and takes no text"))
    #expect(message(["name": "a", "rate": Double.nan]).hasSuffix("and takes no NaN"))
    #expect(message(["name": "a", "made": "yesterday"]).contains("backup_plan.made is"))
    #expect(message(["name": "a", "price": "cheap"]).contains("backup_plan.price is numeric(10"))
    #expect(message(["name": "a", "active": 2]).contains("backup_plan.active is boolean"))
    #expect(
      message(["name": "twenty-one characters"])
        == "backup_plan.name takes at most 20 characters, not 21")
    #expect(message(["name": "a\0b"]) == "backup_plan.name cannot hold a NUL character")
    #expect(
      message(["nmae": "a"]) == """
        backup_plan has no column nmae; it has id, name, rate, price, active, key, made, note, instance_id
        """)
    #expect(message(["name": nil]).hasPrefix("backup_plan: "))
    #expect(message(["name": "a", "instance_id": "none"]).lowercased().contains("foreign key"))
    #expect(try plans.count() == 0)
  }

  @Test(arguments: Engine.allCases)
  func `days and texts of a fixed length are the same on both engines`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    try bench.database.execute("CREATE TABLE odd (day DATE, code CHAR(5))")
    let odd = try configureDB(bench.conf(), versions: .ignore).table("odd", autoload: true)

    let row = try odd.insert(["day": Date(timeIntervalSince1970: 1_795_429_230), "code": "ab"])

    #expect(row["day"] == .text("2026-11-23"))
    #expect(try row.value("day") == Date(timeIntervalSince1970: 1_795_392_000))
    #expect(row["code"] == .text("ab"))
    #expect(try odd.count(where: .equal("code", "ab")) == 1)
  }

  @Test(arguments: Engine.allCases)
  func `thousands of values are looked for at once, and too many refused alike`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine)
    let plans = try bench.engine().table("backup_plan")
    try plans.insert(["name": "a"])

    #expect(try plans.count(where: .among("id", Array(1...32_000))) == 1)
    let error = #expect(throws: ServiceError.self) {
      try plans.count(where: .among("id", Array(1...70_000)))
    }
    #expect("\(try #require(error))".hasPrefix("a statement takes at most 32766 values\nhint: "))
    #expect(try plans.count() == 1)
  }

  @Test(arguments: Engine.allCases)
  func `a value of another type than is wanted is an error that names the column`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine)
    let plans = try bench.engine().table("backup_plan")
    let row = try plans.insert(["name": "a"])

    let kind = #expect(throws: ServiceError.self) { try row.value("name", as: Int.self) }
    let null = #expect(throws: ServiceError.self) { try row.value("rate", as: Double.self) }
    let column = #expect(throws: ServiceError.self) { try row.value("x", as: Int.self) }

    #expect("\(try #require(kind))" == "backup_plan.name has a text, which is no Int")
    #expect("\(try #require(null))" == "backup_plan.rate is NULL")
    #expect("\(try #require(column))".hasPrefix("backup_plan has no column x; it has id, "))
    #expect(row["name"] == .text("a"))
    #expect(row["x"] == nil)
  }

  @Test(arguments: [
    ("2026-11-23 10:20:30", 1_795_429_230.0), ("2026-11-23T10:20:30.5", 1_795_429_230.5),
    ("2026-11-23 10:20:30.000001+02", 1_795_422_030.000001),
    ("2026-11-23", 1_795_392_000.0), ("2026-11-23 10:20:30-05:30", 1_795_449_030.0),
    ("2026-11-23 10:20:30Z", 1_795_429_230.0),
  ])
  func `times are read with and without fractions and offsets`(
    text: String, seconds: Double
  ) throws {
    let date = try #require(Date(Value.text(text)))
    #expect(abs(date.timeIntervalSince1970 - seconds) < 0.000_000_5)
  }

  @Test(arguments: ["2026-11", "", "yesterday", "2026-11-23 10:20:30+x", "2026-13-23 10:20:30"])
  func `what is no time is none`(text: String) {
    #expect(Date(Value.text(text)) == nil)
  }
}
