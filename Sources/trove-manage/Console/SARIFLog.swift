import TroveManage

/// Findings as code hosts and editors read them: SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange
/// Format").
struct SARIFLog: Encodable {
  struct Run: Encodable {
    let tool: Tool
    let columnKind = "unicodeCodePoints"
    let results: [Result]
  }

  struct Tool: Encodable {
    let driver: Driver
  }

  struct Driver: Encodable {
    let name = "trove-manage"
    let semanticVersion: String
    let rules: [Rule]
  }

  struct Rule: Encodable {
    let id: String
    let shortDescription: Message
    let fullDescription: Message
    let help: Message
    let defaultConfiguration: Configuration
  }

  struct Configuration: Encodable {
    let level: String
  }

  struct Message: Encodable {
    let text: String
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Message
    let locations: [Location]
  }

  struct Location: Encodable {
    let physicalLocation: PhysicalLocation
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: Artifact
    let region: Region
  }

  struct Artifact: Encodable {
    let uri: String
  }

  struct Region: Encodable {
    let startLine: Int
    let startColumn: Int
  }

  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  let runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  /// The log of one run that has found `diagnostics`.
  init(_ diagnostics: [Diagnostic], program: String) {
    let rules = CheckRule.allCases.map { rule in
      Rule(
        id: rule.rawValue, shortDescription: Message(text: rule.summary),
        fullDescription: Message(text: rule.why), help: Message(text: rule.remedy),
        defaultConfiguration: Configuration(level: rule.severity.rawValue))
    }
    let results = diagnostics.map { diagnostic in
      Result(
        ruleId: diagnostic.rule.rawValue,
        ruleIndex: CheckRule.allCases.firstIndex(of: diagnostic.rule) ?? 0,
        level: diagnostic.severity.rawValue,
        message: Message(text: "\(diagnostic.sentence)\nhint: \(diagnostic.hint)"),
        locations: [Location(diagnostic.location)])
    }
    let driver = Driver(semanticVersion: program, rules: rules)
    runs = [Run(tool: Tool(driver: driver), results: results)]
  }
}

extension SARIFLog.Location {
  fileprivate init(_ location: TextLocation) {
    let uri = location.path.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      let isPlain =
        byte < 0x80 && (character.isLetter || character.isNumber || "/-._~".contains(character))
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(character) : "%\(digits.count < 2 ? "0" : "")\(digits)"
    }.joined()
    let isAbsolute = location.path.hasPrefix("/")
    physicalLocation = SARIFLog.PhysicalLocation(
      artifactLocation: SARIFLog.Artifact(uri: (isAbsolute ? "file://" : "") + uri),
      region: SARIFLog.Region(startLine: location.line, startColumn: location.column ?? 1))
  }
}
