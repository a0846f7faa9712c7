extension Contract {
  /// Reads the setting `requires` of the repository with the id `holder`.
  ///
  ///     requires  = part { ("," | line end) part }     a comma may end a line
  ///     part      = name [ condition ] | condition
  ///     condition = (">=" | ">" | "<=" | "<" | "=" | "==" | "!=") digit { digit }
  ///
  /// A name is a `repository_id` as it is, with its blanks and its quotes. A condition alone belongs to
  /// the name before it. A name that comes again adds to its first contract.
  static func list(
    _ entry: INIFile.Entry, of holder: String
  ) throws(ContractError) -> [Self] {
    var list = ContractList(holder: holder)
    for (index, line) in entry.value.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let location = entry.location(ofLine: index)
      for part in parts(of: line) { try list.add(part, at: location) }
    }
    for contract in list.contracts where !contract.canBeKept {
      throw .cannotBeKept(contract)
    }
    return list.contracts
  }

  private static func parts(of line: Substring) -> [Substring] {
    var parts = line.split(separator: ",", omittingEmptySubsequences: false).map(\.withoutBlanks)
    if parts.last?.isEmpty == true { parts.removeLast() }
    return parts
  }
}

/// The contracts read so far.
private struct ContractList {
  let holder: String
  private(set) var contracts: [Contract] = []
  /// The one that was named last.
  private var current: Int?

  init(holder: String) {
    self.holder = holder
  }

  /// Reads a part of the setting.
  mutating func add(_ part: Substring, at location: TextLocation) throws(ContractError) {
    guard !part.isEmpty else { throw .emptyPart(location) }
    let mark = Self.mark(in: part)
    let name = part[..<(mark?.startIndex ?? part.endIndex)].withoutBlanks
    if !name.isEmpty { current = try index(of: name, in: part, at: location) }
    guard let mark else { return }
    guard let current else { throw .noName(location, part: String(part)) }
    guard let relation = Contract.Relation(rawValue: mark == "==" ? "=" : String(mark)) else {
      throw .unknownRelation(location, String(mark), part: String(part))
    }
    let digits = part[mark.endIndex...].withoutBlanks
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let version = Int(digits)
    else { throw .badVersion(location, String(digits), part: String(part)) }
    contracts[current].conditions.append(Contract.Condition(relation: relation, version: version))
  }

  /// The contract about the repository `name`, which begins here unless there is one.
  private mutating func index(
    of name: Substring, in part: Substring, at location: TextLocation
  ) throws(ContractError) -> Int {
    // Python's lists have brackets, as required_dbs has; here they would be a part of the name.
    guard !name.hasPrefix("["), !name.unicodeScalars.contains(where: \.isControl) else {
      throw .badName(location, part: String(part))
    }
    guard name != holder else { throw .itself(location, holder) }
    if let index = contracts.firstIndex(where: { $0.repositoryID == name }) { return index }
    contracts.append(
      Contract(
        holder: holder, repositoryID: String(name), conditions: [], location: location))
    return contracts.count - 1
  }

  /// The characters in `part` that say how versions must relate.
  private static func mark(in part: Substring) -> Substring? {
    var rest = part
    while let start = rest.firstIndex(where: { "<>=!~^".contains($0) }) {
      let mark = rest[start...].prefix { "<>=!~^".contains($0) }
      if mark.contains(where: { "<>=".contains($0) }) { return mark }
      rest = rest[mark.endIndex...]
    }
    return nil
  }
}

extension Substring {
  fileprivate var withoutBlanks: Substring {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}
