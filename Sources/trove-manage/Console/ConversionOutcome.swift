import TroveManage

/// What became of a repository's Python versions.
struct ConversionOutcome {
  let repository: Repository
  /// The functions of the versions, in order.
  let parts: [Conversion.Part]
  /// The repository in which the scripts are.
  let folder: Path

  /// Whether nothing stays in Python.
  var isWhole: Bool { parts.allSatisfy(\.obstacles.isEmpty) }

  /// The versions that were in Python.
  var versions: Set<Int> { Set(parts.map(\.version)) }
  /// Those of which something stays.
  var staying: Set<Int> { Set(parts.filter { !$0.obstacles.isEmpty }.map(\.version)) }
}
