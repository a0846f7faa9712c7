/// What a trial has found, before what both engines share is said once.
struct TrialFinding {
  private let rule: CheckRule
  private let location: TextLocation
  private let sentence: String
  private let hint: String?
  /// The engines that it is about; none where the sentence says so itself.
  private var dialects: [Dialect]

  /// What to tell the author.
  var diagnostic: Diagnostic {
    let engines = dialects.map(\.rawValue).joined(separator: " and ")
    return Diagnostic(
      rule, at: location, engines.isEmpty ? sentence : "on \(engines): \(sentence)", hint: hint)
  }

  /// What `trip` has found and a look at the files has not.
  static func list(of trip: RoundTrip) -> [Self] {
    trip.findings.filter { !$0.isSeenInFiles }.map { Self($0, on: trip.dialect) }
  }

  /// A difference between the engines.
  init(_ finding: Parity.Finding) {
    rule = CheckRule(finding.difference.aspect)
    location = TextLocation(
      ofStatementIn: finding.script, about: finding.difference.table, for: finding.dialect)
    sentence = finding.difference.description
    hint = nil
    dialects = []
  }

  private init(_ finding: RoundTrip.Finding, on dialect: Dialect) {
    let beginning = TextLocation.beginning(of: finding.script.text)
    dialects = [dialect]
    switch finding.flaw {
    case .fails(let error):
      rule = finding.operation == .upgrade ? .upgradeFails : .downgradeFails
      location = error.place ?? beginning
      let quoted = Diagnostic(rule, at: location, quoting: error)
      sentence = String(quoted.sentence.prefix { !$0.isNewline })
      hint = quoted.hint
    case .blocks(let error):
      rule = .secondUpgradeFails
      location = beginning
      sentence = "the upgrade fails behind it: \(error.description.prefix { !$0.isNewline })"
      hint = nil
    case .leaves(let difference):
      rule = .downgradeLeavesSchema
      location = beginning
      sentence = "it leaves another schema than there was before: \(difference.shortened)"
      hint = nil
    case .spoils(let difference):
      rule = .secondUpgradeDiffers
      location = beginning
      sentence = "the upgrade behind it makes another schema: \(difference.shortened)"
      hint = nil
    }
  }

  /// The findings with those once that are the same on both engines.
  static func merged(_ findings: [Self]) -> [Self] {
    var merged: [Self] = []
    for finding in findings {
      if let index = merged.firstIndex(where: { $0.isSame(as: finding) }) {
        merged[index].dialects += finding.dialects
      } else {
        merged.append(finding)
      }
    }
    return merged
  }

  private func isSame(as other: Self) -> Bool {
    rule == other.rule && location == other.location && sentence == other.sentence
  }
}

extension RoundTrip.Finding {
  /// Whether the files alone show it: a script is missing, or cannot be read.
  var isSeenInFiles: Bool {
    guard case .fails(let error) = flaw else { return false }
    return switch error {
    case .script, .repository: true
    default: false
    }
  }
}

extension MigrationError {
  /// The place in a script to blame.
  fileprivate var place: TextLocation? {
    switch self {
    case .statementFailed(_, let statement, let error):
      error.position?.offset.map { statement.location(ofByte: $0) } ?? statement.location
    case .bound(let location, _): location
    case .rule(let violation):
      violation.blame.map { TextLocation(path: $0.step.script.path, line: $0.line ?? 1) }
    default: nil
    }
  }
}

extension SchemaDifference {
  /// The first lines.
  fileprivate var shortened: String {
    let lines = lines
    let rest = lines.count > 10 ? "; and \(lines.count - 10) more" : ""
    return lines.prefix(10).joined(separator: "; ") + rest
  }
}

extension TextLocation {
  /// The first statement of `script` that names `table`; the script's beginning where none does.
  fileprivate init(ofStatementIn script: Path, about table: String, for dialect: Dialect) {
    let text = script.isPython ? nil : try? FileSystem.read(script.text)
    let statements = text.map {
      LenientScript(path: script.text, text: $0, dialect: dialect).statements
    }
    let statement = statements?.first { $0.text.mentions([table], dialect: dialect) }
    self = statement?.location ?? TextLocation.beginning(of: script.text)
  }
}

extension CheckRule {
  fileprivate init(_ aspect: ParityDifference.Aspect) {
    self =
      switch aspect {
      case .table: .parityTable
      case .column: .parityColumn
      case .type: .parityType
      case .nulls: .parityNull
      case .standard: .parityDefault
      case .primaryKey: .parityPrimaryKey
      case .unique: .parityUnique
      case .foreignKey: .parityForeignKey
      }
  }
}
