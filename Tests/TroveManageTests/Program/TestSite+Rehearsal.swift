import Foundation
import Testing
import TroveManage

/// Sites in which something is rehearsed.
extension TestSite {
  /// Everything that could have changed: on SQLite the bytes of all files, on PostgreSQL all rows, ours
  /// included, what the catalog says and where sequences stand.
  func fingerprint() throws -> [String: Data] {
    var print = try contents()
    guard engine == .postgresql else { return print }
    for (name, query) in Self.catalog {
      print[name] = Data(try database.rows(query).description.utf8)
    }
    return print
  }

  private static let catalog = [
    "relations": """
    SELECT oid::text, relname::text, relkind::text, relfilenode::text, relhastriggers::text FROM pg_class
    WHERE relnamespace = 'public'::regnamespace ORDER BY 1
    """,
    "columns": """
    SELECT attrelid::text, attname::text, atttypid::text, attnotnull::text, attisdropped::text
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = 'public'::regnamespace ORDER BY attrelid, attnum
    """,
    "constraints": "SELECT oid::text, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1",
    "types":
      "SELECT enumtypid::text, enumlabel::text FROM pg_enum ORDER BY enumtypid, enumsortorder",
    "functions": """
    SELECT oid::text, proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1
    """,
    "sequences": "SELECT sequencename::text, last_value::text FROM pg_sequences ORDER BY 1",
  ]

  /// Rehearses, which must end with `status` and leave everything as it is.
  @discardableResult
  func rehearse(
    _ arguments: String..., expecting status: Int32 = 0,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TestProgram.Outcome {
    let before = try fingerprint()
    let outcome = try run(["db_rehearse"] + arguments)
    let words = "\(outcome.messages)\(outcome.output)"
    #expect(outcome.status == status, "\(words)", sourceLocation: sourceLocation)
    outcome.expectNoInnards(sourceLocation: sourceLocation)
    let after = try fingerprint()
    let changed = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    #expect(changed == [], sourceLocation: sourceLocation)
    return outcome
  }

  /// The same with `--json`: the member `rehearsal` of the document.
  func rehearsal(
    expecting status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TestRehearsal {
    let outcome = try rehearse("--json", expecting: status, sourceLocation: sourceLocation)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(TestRehearsal.Document.self, from: Data(outcome.output.utf8))
      .rehearsal
  }
}

/// What `db_rehearse --json` says, as far as tests look at it.
struct TestRehearsal: Decodable {
  struct Document: Decodable {
    let rehearsal: TestRehearsal
  }
  struct Version: Decodable {
    let repository: String
    let to: Int
    let ok: Bool
    let durationMicroseconds: Int?
    let statements: [Statement]
  }
  struct Statement: Decodable {
    let line: Int
    let statement: String
    let ok: Bool
    let durationMicroseconds: Int
    let rowsChanged: Int?
    let locks: [Lock]
    let rewritten: [Object]
  }
  struct Lock: Decodable, CustomStringConvertible {
    let mode: String
    let object: Object
    let index: String?
    let blocks: [String]
    var description: String { "\(mode) \(index.map { "\($0) of " } ?? "")\(object)" }
  }
  struct Object: Decodable, CustomStringConvertible {
    let name: String
    let owner: String?
    var description: String { "\(name) (\(owner ?? "nobody"))" }
  }
  struct Untried: Decodable {
    let repository: String
    let to: Int
    let reason: String
  }
  struct Schema: Decodable {
    struct Difference: Decodable {
      let messages: [String]
    }
    let owner: String?
    let differences: [Difference]
  }
  struct Sequence: Decodable {
    let name: String
    let before: Int
    let moved: Int
    let after: Int?
    let note: String
  }
  let databaseMissing: Bool
  let versions: [Version]
  let notRehearsed: [Untried]
  let schemas: [Schema]?
  let sequences: [Sequence]

  /// The versions that ran, as words.
  var ran: [String] { versions.map { "\($0.repository) \($0.to)\($0.ok ? "" : " failed")" } }
  /// The versions that did not, as words.
  var leftOut: [String] { notRehearsed.map { "\($0.repository) \($0.to)" } }
  /// Every line about the schema, with whom it is about.
  var differences: [String] {
    (schemas ?? []).flatMap { schema in
      schema.differences.flatMap(\.messages).map { "\(schema.owner ?? "nobody"): \($0)" }
    }
  }
  /// All statements.
  var statements: [Statement] { versions.flatMap(\.statements) }
}
