/// What another tool's table says that it has run.
enum ToolRecord: Hashable, Sendable {
  /// Each of these versions.
  case each(Set<Int>)
  /// Each of these versions, and all up to the baseline.
  case eachAbove(baseline: Int, Set<Int>)
  /// All versions up to this one.
  case upTo(Int)
  /// All revisions up to the one with this id.
  case revision(String)

  /// Reads the rows of the tool's table, each with the values of ``MigrationTool/columns``.
  ///
  /// - Throws: ``ToolClaimError`` for what failed, was left halfway, or cannot be a version of ours.
  init(of tool: MigrationTool, from rows: [Row]) throws(ToolClaimError) {
    switch tool {
    case .alembic: self = try Self.revision(rows)
    case .flyway: self = try Self.flyway(rows)
    case .goose: self = try Self.goose(rows)
    case .golangMigrate: self = try Self.golangMigrate(rows)
    case .dbmate: self = .each(try Self.numbers(rows, of: tool) { $0 })
    // Both know files by their names, which begin with the number.
    case .sqlMigrate, .yoyo:
      self = .each(
        try Self.numbers(rows, of: tool) { String($0.prefix { $0.isASCII && $0.isNumber }) })
    }
  }

  private static func revision(_ rows: [Row]) throws(ToolClaimError) -> Self {
    let heads = rows.map { $0[0].text ?? $0[0].shown }.sorted()
    guard heads.count <= 1 else { throw .severalHeads(heads) }
    return heads.first.map(Self.revision) ?? .upTo(0)
  }

  private static func flyway(_ rows: [Row]) throws(ToolClaimError) -> Self {
    var applied: Set<Int> = []
    var baseline: Int?
    for row in rows {
      guard row[1].isTrue else { throw .failed(.flyway, version: row[0].shown) }
      // Repeatable migrations, and the marker of a schema that Flyway made, have no version.
      guard row[0] != .null else { continue }
      let version = try number(row[0], of: .flyway)
      let type = row[2].text ?? ""
      if type == "DELETE" || type.hasPrefix("UNDO") {
        applied.remove(version)
      } else {
        applied.insert(version)
        if type.hasSuffix("BASELINE") { baseline = max(version, baseline ?? 0) }
      }
    }
    return baseline.map { .eachAbove(baseline: $0, applied) } ?? .each(applied)
  }

  private static func goose(_ rows: [Row]) throws(ToolClaimError) -> Self {
    var applied: Set<Int> = []
    for row in rows {
      let version = try number(row[0], of: .goose)
      // The row of version 0 says that the table was made.
      guard version > 0 else { continue }
      if row[1].isTrue { applied.insert(version) } else { applied.remove(version) }
    }
    return .each(applied)
  }

  private static func golangMigrate(_ rows: [Row]) throws(ToolClaimError) -> Self {
    guard rows.count <= 1 else {
      throw .severalHeads(rows.map { $0[0].shown })
    }
    guard let row = rows.first else { return .upTo(0) }
    guard !row[1].isTrue else { throw .failed(.golangMigrate, version: row[0].shown) }
    return .upTo(try number(row[0], of: .golangMigrate))
  }

  private static func numbers(
    _ rows: [Row], of tool: MigrationTool, part: (String) -> String
  ) throws(ToolClaimError) -> Set<Int> {
    var numbers: Set<Int> = []
    for row in rows {
      let name = row[0].text ?? row[0].shown
      guard let number = Int(part(name)), number > 0 else { throw .noNumber(tool, name) }
      guard numbers.insert(number).inserted else { throw .sameNumber(tool, number) }
    }
    return numbers
  }

  private static func number(
    _ value: Value, of tool: MigrationTool
  ) throws(ToolClaimError) -> Int {
    guard let number = Int(value.text ?? value.shown), number >= 0 else {
      throw .noNumber(tool, value.text ?? value.shown)
    }
    return number
  }
}

extension Value {
  /// Whether it is what an engine says for true: PostgreSQL `t`, SQLite a number.
  fileprivate var isTrue: Bool {
    switch self {
    case .integer(let number): number != 0
    case .text(let text): ["t", "true", "1"].contains(text.lowercased())
    case .null, .real, .blob: false
    }
  }
}
