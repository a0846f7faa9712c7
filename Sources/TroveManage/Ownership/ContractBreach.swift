/// A contract that what is about to be done would leave broken.
struct ContractBreach: Sendable {
  let contract: Contract
  let act: ContractOutlook.Act
  /// The repository that requires something.
  let holder: ContractOutlook.Prospect
  /// The one that it requires; `nil` when there is no such repository.
  let other: ContractOutlook.Prospect?
  /// The versions of the other one that suit everybody who requires it.
  let versionsForAll: [Int]
  /// The ids of all repositories that are known.
  let knownIDs: [String]
}

extension ContractBreach: CustomStringConvertible {
  /// Which contract, what would break it, and the ways out.
  var description: String { "\(contract), \(cause)\nhint: \(remedy)" }

  private var cause: String {
    guard let other else { return "which is not among core and db_plugins" }
    let id = other.after.repository.id
    let version = other.after.version ?? 0
    return switch (other.isMoved, version) {
    case (true, 0): "and this \(act) would leave nothing of \(id)"
    case (true, _): "and this \(act) would leave \(id) at \(version)"
    case (false, 0): "and nothing of \(id) is in the database"
    case (false, _): "and \(id) is at \(version)"
    }
  }

  private var remedy: String {
    let id = contract.holder
    guard let other else {
      return """
        add its repository to db_plugins in the conf file, or install a \(id) that does without it; known \
        are \(knownIDs.map { "'\($0)'" }.joined(separator: ", "))
        """
    }
    let wayOutOfHolder = wayOutOfHolder(from: other)
    // To go elsewhere is no way to be forgotten.
    if act == .detachment { return wayOutOfHolder }
    if let target = target(for: other) {
      let words = command(taking: other, to: target)
      return "\(words)\(other.isMoved ? "" : " first"), or \(wayOutOfHolder)"
    }
    return other.after.repository.versions.contains(where: contract.suits)
      ? "no version of \(contract.repositoryID) suits all who require it; \(wayOutOfHolder)"
      : "install a \(contract.repositoryID) with a version \(contract.condition), or \(wayOutOfHolder)"
  }

  /// The version nearest to the end that suits everybody, the highest for one that is yet to come.
  private func target(for other: ContractOutlook.Prospect) -> Int? {
    guard other.before.isInstalled || other.after.isInstalled else { return versionsForAll.last }
    let end = other.after.version ?? 0
    return versionsForAll.last { $0 < end } ?? versionsForAll.first { $0 > end }
  }

  private func command(taking other: ContractOutlook.Prospect, to target: Int) -> String {
    let path = other.before.member.pathOption
    if act == .stamp, other.isMoved {
      return "db_version_control --version \(target)\(path) if that is where it stands"
    }
    guard let version = other.before.version else {
      let isLatest = target == other.before.repository.latest
      return isLatest
        ? "db_sync --repo_path \(other.before.repository.folder.text.shellWord)"
        : "db_version_control\(path) and db_upgrade --version \(target)\(path)"
    }
    if version == target { return "leave \(contract.repositoryID) at \(target)" }
    return version < target
      ? "db_upgrade --version \(target)\(path)" : "db_downgrade \(target)\(path)"
  }

  /// What may be done about the repository that requires it.
  private func wayOutOfHolder(from other: ContractOutlook.Prospect) -> String {
    let id = contract.holder
    let (start, end) = (other.before.version ?? 0, other.after.version ?? 0)
    if end < start, !holder.isMoved {
      return "take \(id) away first: db_downgrade 0\(holder.before.member.pathOption)"
    }
    return "install a \(id) that \(end == 0 ? "does without it" : "allows \(end)")"
  }
}

extension Member {
  /// The option that names the repository to the commands about one; nothing for core, which needs none.
  fileprivate var pathOption: String {
    role == .core ? "" : " --repo_path \(repository.folder.text.shellWord)"
  }
}
