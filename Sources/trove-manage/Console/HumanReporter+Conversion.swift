import TroveManage

extension HumanReporter {
  func finishConversion(_ outcome: ConversionOutcome) {
    output.result("repository: \(outcome.folder) (\(outcome.repository.id))")
    var source: Path?
    for part in outcome.parts {
      if source != part.source { output.result(part.source.name) }
      source = part.source
      for script in part.scripts { output.result("  \(part.operation.rawValue): \(script.name)") }
      for line in part.obstacleLines { output.result("  \(line)") }
    }
    let (all, staying) = (outcome.versions.count, outcome.staying.count)
    guard all > 0 else { return output.result("Nothing to do: no version is in Python") }
    let words = Self.count(all, "version")
    output.result(
      staying == 0
        ? "Done: \(words) converted, and proven to leave the same schema"
        : "\(words) in Python: \(all - staying) converted, and proven to leave the same schema; "
          + "of \(staying) something stays in Python")
  }
}

extension Conversion.Part {
  /// Why it stays, each reason once with the engines that it is about.
  fileprivate var obstacleLines: [String] {
    var lines: [String] = []
    for dialects in Self.distinct(reasons.map(\.dialects)) {
      let engines = dialects.map(\.rawValue).joined(separator: ", ")
      lines.append("\(operation.rawValue): stays in Python (\(engines))")
      lines += reasons.filter { $0.dialects == dialects }.map { "  \($0.words)" }
    }
    return lines
  }

  private static func distinct(_ all: [[Dialect]]) -> [[Dialect]] {
    all.enumerated().filter { all.firstIndex(of: $1) == $0 }.map(\.element)
  }

  /// The reasons for which it stays, each with the engines that it is about.
  var reasons: [(words: String, dialects: [Dialect])] {
    var reasons: [(words: String, dialects: [Dialect])] = []
    for dialect in Dialect.allCases {
      for obstacle in obstacles[dialect, default: []] {
        let words = obstacle.description
        if let index = reasons.firstIndex(where: { $0.words == words }) {
          reasons[index].dialects.append(dialect)
        } else {
          reasons.append((words, [dialect]))
        }
      }
    }
    return reasons
  }
}
