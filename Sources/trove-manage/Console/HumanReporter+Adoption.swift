import TroveManage

extension HumanReporter {
  func reportFindings(
    _ findings: [Adoption.Finding], in database: DatabaseURL, claim: ToolClaim?
  ) {
    output.result("database: \(database)")
    if let claim { output.result(claim.words) }
    for line in findings.flatMap(\.lines) { output.result(line) }
  }

  func finishAdoption(
    _ findings: [Adoption.Finding], in database: DatabaseURL, claim: ToolClaim?,
    _ outcome: AdoptionOutcome
  ) {
    switch outcome {
    case .recorded:
      let words = findings.filter(\.isNew).map { "\($0.member.repository.id) at \($0.version)" }
      output.result("Recorded: \(words.joined(separator: ", "))")
    case .nothing: output.result("Nothing to record")
    case .unconfirmed:
      output.message("nothing was recorded\nhint: run it again with --yes to record this")
    case .declined: output.message("nothing was recorded")
    case .unresolved:
      let lone = findings.count > 1 && findings.contains(where: \.isNew)
      let hint = "\nhint: --repo_path with its folder adopts one repository alone"
      output.message("nothing was recorded\(lone ? hint : "")", .error)
    }
  }
}

extension Adoption.Finding {
  /// What was found, and why.
  fileprivate var lines: [String] {
    let id = member.repository.id
    let agreement =
      "\(HumanReporter.count(schema.count, "object")) \(schema.count == 1 ? "agrees" : "agree")"
    return switch verdict {
    case .found(let version): ["\(id): version \(version), \(agreement)"] + reasons
    case .verified(let version):
      [
        "\(id): version \(version), as recorded, \(agreement)"
          + (lacksOwners ? "; that they are its own is not recorded yet" : "")
      ]
    case .absent: ["\(id): nothing of it is here; db_sync brings it"]
    case .ambiguous:
      [
        "\(id): versions \(matches.list) have the same schema, which is the one here, \(agreement)",
        "  hint: --version says which of them it is",
      ] + reasons
    case .different(let version, let difference):
      heading(version) + HumanReporter.lines(of: difference).map { "  \($0)" } + advice
    case .behind(let other): ["\(id): not looked at, for it may build on \(other)"]
    }
  }

  private var reasons: [String] {
    rejections.map { rejection in
      let (first, last) = (rejection.versions.lowerBound, rejection.versions.upperBound)
      return "  not \(first == last ? "\(first)" : "\(first)-\(last)"): \(rejection.reason)"
    }
  }

  private func heading(_ version: Int) -> [String] {
    let id = member.repository.id
    guard recorded != nil || !matches.isEmpty || nearest != version else {
      return ["\(id): no version has the schema that is here; version \(version) is the nearest:"]
    }
    let words = recorded == nil ? "it is not version" : "recorded at version"
    let difference = recorded == nil ? "" : ", from which the schema differs"
    var truth = matches.isEmpty ? "" : "; the schema here is that of \(matches.list)"
    if let nearest, nearest != version { truth = "; version \(nearest) is the nearest" }
    return ["\(id): \(words) \(version)\(difference)\(truth):"]
  }

  private var advice: [String] {
    guard recorded == nil, matches.isEmpty else { return [] }
    return [
      "  hint: mend what differs by hand and run the command again, or record a version as it is with "
        + "db_version_control"
    ]
  }
}

extension [Int] {
  /// The numbers with words between them.
  fileprivate var list: String {
    guard let last, count > 1 else { return first.map(String.init) ?? "" }
    return "\(dropLast().map(String.init).joined(separator: ", ")) and \(last)"
  }
}
