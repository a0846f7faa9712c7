import Foundation
import Testing

/// `docs/json.md` and `docs/deployment.md` say what is so.
@Suite struct DocumentedJSONTests {
  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static func document(_ name: String) throws -> String {
    try String(contentsOf: root.appending(path: "docs/\(name)"), encoding: .utf8)
  }

  /// The members that the sources declare, in the words of the document.
  private static func members() throws -> Set<String> {
    let folder = root.appending(path: "Sources/trove-manage/Console")
    var members: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where name.hasPrefix("JSON") {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      // Only those of types, which are indented by four or six blanks and have a type or a value.
      for match in text.matches(
        of: /(?m)^ {2,6}(?:let|var) ([a-z]\w*)(?:: [\[\]\w.?]+| = [\w"]+)(?: = .*)?$/)
      {
        let words = match.1.replacing(/[A-Z]/) { "_" + $0.0.lowercased() }
        members.insert(String(words))
      }
    }
    return members
  }

  @Test func `every member of the document is documented`() throws {
    let text = try Self.document("json.md")
    let members = try Self.members()
    // Of one that is no member, the sources would not be understood.
    #expect(members.isSuperset(of: ["schema", "rolled_back", "engine_code", "statements_done"]))
    let internals: Set<String> = ["output", "document", "status", "encoder", "failure", "text"]
    for member in members.subtracting(internals) {
      #expect(text.contains("`\(member)`"), "\(member)")
    }
  }

  @Test(arguments: Engine.allCases)
  func `what commands print is documented`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    let text = try Self.document("json.md")
    let commands: [[String]] = [
      ["db_sync", "--dry_run"], ["db_sync"], ["db_status"], ["db_check"], ["db_history"],
      ["db_version"],
      ["db_diff"], ["db_diagram", "--format", "dot"], ["db_repair"],
      ["db_upgrade", "--version", "99"],
    ]
    for command in commands {
      let outcome = try site.run(["--json"] + command)
      let printed = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      for member in Self.names(in: printed) {
        #expect(text.contains("`\(member)`"), "\(member) of \(command)")
      }
    }
  }

  private static func names(in value: Any) -> Set<String> {
    switch value {
    case let object as [String: Any]:
      object.values.reduce(into: Set(object.keys)) { $0.formUnion(names(in: $1)) }
    case let array as [Any]: array.reduce(into: []) { $0.formUnion(names(in: $1)) }
    default: []
    }
  }

  /// Each command and option of the examples is one that the program has.
  @Test func `the examples for pipelines use what there is`() throws {
    let text = try Self.document("deployment.md")
    let commands = Set(text.matches(of: /\b(db_[a-z_]+)/).map { String($0.1) })
    #expect(commands.isSuperset(of: ["db_sync", "db_check", "db_wait"]))
    let site = try TestSite.withTwoVersions(.sqlite)
    let help = try site.run("--help").output
    for command in commands { #expect(help.contains("\(command) "), "\(command)") }
    try site.run(["db_sync"], environment: ["OS_MIGRATE__CONNECT_WAIT": "60"]).expectSuccess()
    let check = try site.run("--json", "db_check")
    #expect(check.status == 0)
  }
}
