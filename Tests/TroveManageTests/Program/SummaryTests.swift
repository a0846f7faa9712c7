import Testing
import TroveManage

@Suite struct SummaryTests {
  @Test(arguments: Engine.allCases, [("run", 1), ("repository", 2), ("version", 2)])
  func `a run says what went where, in how many transactions and in how long`(
    engine: Engine, sample: (scope: String, count: Int)
  ) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin", scripts: ["001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);"])
    let outcome = try site.run("db_sync", "--transaction", sample.scope)
    outcome.expectSuccess()
    let words = "\(sample.count) transaction\(sample.count == 1 ? "" : "s")"
    let start = "core: 0 -> 2\nplugin: 0 -> 1\nDone: 3 versions in \(words), "
    #expect(outcome.output.hasPrefix(start), "\(outcome.output)")
    let time = outcome.output.dropFirst(start.count)
    #expect(time.wholeMatch(of: /\d+(\.\d)? m?s\n/) != nil, "\(outcome.output)")
  }

  @Test(arguments: Engine.allCases)
  func `scripts outside a transaction are counted apart`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write(
      "002_b_default_upgrade.sql", "-- migrate: no-transaction\nCREATE TABLE b (id INTEGER);")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    let words = "Done: 2 versions in 1 transaction and 1 script outside of a transaction, "
    #expect(outcome.output.contains(words), "\(outcome.output)")
  }

  @Test(arguments: Engine.allCases)
  func `the document has the number of transactions`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE b AS SELECT 1 AS id;")
    let document = try site.run("db_sync", "--json", "--transaction", "version").document()
    #expect(document["transactions"] as? Int == 2)
    #expect(try site.run("db_sync", "--json").document()["transactions"] as? Int == 0)
  }
}
