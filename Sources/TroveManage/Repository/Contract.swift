/// What a repository requires of another one in the same database: that it is there, at a version that
/// suits.
public struct Contract: Hashable, Sendable {
  /// The `repository_id` of the repository that requires it.
  public let holder: String
  /// The `repository_id` of the other one.
  public let repositoryID: String
  /// What the other one's version must keep to, in the order of the file; none when any version will do.
  public internal(set) var conditions: [Condition]
  /// The line of `migrate.cfg` that names the other one first.
  public let location: TextLocation

  /// Whether `version` suits; 0, where nothing of the other one is there, never does.
  public func suits(_ version: Int) -> Bool {
    version > 0 && conditions.allSatisfy { $0.suits(version) }
  }

  /// The conditions, as in `>= 30, < 60`.
  public var condition: String {
    conditions.isEmpty ? ">= 1" : conditions.map(\.description).joined(separator: ", ")
  }

  /// Whether there is a version that suits.
  var canBeKept: Bool {
    var (lowest, highest) = (1, Int.max)
    var holes: Set<Int> = []
    for condition in conditions {
      let version = condition.version
      switch condition.relation {
      case .atLeast: lowest = max(lowest, version)
      case .above where version == .max: return false
      case .above: lowest = max(lowest, version + 1)
      case .atMost: highest = min(highest, version)
      case .below: highest = min(highest, version - 1)
      case .equal: (lowest, highest) = (max(lowest, version), min(highest, version))
      case .notEqual: holes.insert(version)
      }
    }
    guard lowest <= highest else { return false }
    return highest - lowest >= holes.count { (lowest...highest).contains($0) }
  }
}

extension Contract: CustomStringConvertible {
  /// The contract as a sentence without its end: who requires what, and where that is written.
  public var description: String { "\(holder) requires \(requirement) (\(location))" }

  /// What is required, as it may be written: `Trove Migrations >= 30, < 60`.
  public var requirement: String {
    conditions.isEmpty ? repositoryID : "\(repositoryID) \(condition)"
  }
}

extension Contract {
  /// One bound for a version.
  public struct Condition: Hashable, Sendable, CustomStringConvertible {
    /// How a version must relate to ``version``.
    public let relation: Relation
    /// The version that it is compared with, 0 or more.
    public let version: Int

    /// Whether `other` keeps to it.
    public func suits(_ other: Int) -> Bool {
      switch relation {
      case .atLeast: other >= version
      case .above: other > version
      case .atMost: other <= version
      case .below: other < version
      case .equal: other == version
      case .notEqual: other != version
      }
    }

    /// The condition as it may be written.
    public var description: String { "\(relation.rawValue) \(version)" }
  }

  /// How two versions relate, as it is written.
  public enum Relation: String, CaseIterable, Sendable {
    case atLeast = ">="
    case above = ">"
    case atMost = "<="
    case below = "<"
    case equal = "="
    case notEqual = "!="
  }
}
