/// What can be wrong with the contracts that `migrate.cfg` sets, whatever stands in the database.
public enum ContractError: Error, Hashable, Sendable {
  /// Nothing stands before a comma.
  case emptyPart(TextLocation)
  /// A condition comes before every name.
  case noName(TextLocation, part: String)
  /// A name is none.
  case badName(TextLocation, part: String)
  /// What stands between name and version is no relation that we know.
  case unknownRelation(TextLocation, String, part: String)
  /// What stands behind the relation is no version.
  case badVersion(TextLocation, String, part: String)
  /// A repository requires itself.
  case itself(TextLocation, String)
  /// No version whatever suits.
  case cannotBeKept(Contract)
  /// Each one's holder would have to come after the next one's, the last one's after the first.
  case circle([Contract])
}

extension ContractError: CustomStringConvertible {
  /// What is wrong, starting with the file and the line to blame, and how it should be.
  public var description: String {
    switch self {
    case .emptyPart(let location):
      """
      \(location): requires has a comma with nothing before it
      hint: \(Self.example)
      """
    case .noName(let location, let part):
      """
      \(location): requires '\(part.cut(60))' names no repository
      hint: \(Self.example)
      """
    case .badName(let location, let part):
      """
      \(location): requires '\(part.cut(60))' names no repository
      hint: \(Self.example); without brackets, quotes or line breaks around the name
      """
    case .unknownRelation(let location, let relation, let part):
      """
      \(location): requires '\(part.cut(60))': '\(relation.cut(20))' is none of \
      \(Contract.Relation.allCases.map(\.rawValue).joined(separator: ", "))
      hint: \(Self.example)
      """
    case .badVersion(let location, let text, let part):
      """
      \(location): requires '\(part.cut(60))': '\(text.cut(60))' is no version from 0 to \(Int.max)
      hint: \(Self.example)
      """
    case .itself(let location, let id):
      """
      \(location): \(id) requires itself
      hint: name another repository, or take the line out
      """
    case .cannotBeKept(let contract):
      """
      \(contract.location): requires '\(contract.requirement)', and no version is all of that
      hint: \(Self.example)
      """
    case .circle(let contracts): Self.text(of: contracts)
    }
  }

  private static let example = "write it as in requires = Trove Migrations >= 30, < 60"

  private static func text(of circle: [Contract]) -> String {
    let place = circle.first.map { "\($0.location): " } ?? ""
    let lines = circle.map { "  \($0)" }.joined(separator: "\n")
    return """
      \(place)contracts go round in a circle, so that no repository can come first:
      \(lines)
      hint: take one of these contracts out
      """
  }
}
