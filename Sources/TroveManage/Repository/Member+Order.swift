extension Member {
  /// The repositories in the order of a run: core first, then the plugins as they are given, each moved
  /// only as far as contracts demand.
  ///
  /// A repository comes after those that it requires; those that core requires, and what they require in
  /// turn, come before core, and nothing else does. What is required of a repository that is not in
  /// the list does not matter here.
  ///
  /// - Parameter members: core, then the plugins in the order of `db_plugins`.
  /// - Returns: the same repositories, for the way up; the way down is the reverse.
  /// - Throws: ``ContractError/circle(_:)``.
  public static func ordered(_ members: [Self]) throws(ContractError) -> [Self] {
    var open = coreFirst(members)
    var ordered: [Self] = []
    while !open.isEmpty {
      let next = open.firstIndex { member in open.allSatisfy { member.contract(about: $0) == nil } }
      guard let next else { throw .circle(circle(in: open)) }
      ordered.append(open.remove(at: next))
    }
    return ordered
  }

  /// What it requires of `other`.
  private func contract(about other: Self) -> Contract? {
    repository.requires.first { $0.repositoryID == other.repository.id }
  }

  /// Core and what it requires, and then the others: each part in the order in which it was.
  private static func coreFirst(_ members: [Self]) -> [Self] {
    var required = Set(members.prefix(1).map(\.repository.id))
    var count = 0
    while required.count > count {
      count = required.count
      for member in members where required.contains(member.repository.id) {
        required.formUnion(member.repository.requires.map(\.repositoryID))
      }
    }
    let isFirst = { (member: Self) in required.contains(member.repository.id) }
    return members.filter(isFirst) + members.filter { !isFirst($0) }
  }

  /// A circle of contracts in `members`, each of which requires another one of them.
  private static func circle(in members: [Self]) -> [Contract] {
    var way: [Contract] = []
    var member = members.first
    while let current = member {
      let next = members.first { current.contract(about: $0) != nil }
      guard let next, let contract = current.contract(about: next) else { break }
      if let start = way.firstIndex(of: contract) { return Array(way[start...]) }
      way.append(contract)
      member = next
    }
    return way
  }
}
