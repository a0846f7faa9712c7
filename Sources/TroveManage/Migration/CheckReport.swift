/// What a check has found.
public struct CheckReport: Sendable {
  /// What it comes to.
  public enum Verdict: Hashable, Sendable {
    /// There is nothing to do.
    case clean
    /// Versions are pending, and nothing else.
    case pending
    /// Something is not as it should be.
    case difference
  }

  /// Where the repositories stand; empty when that cannot be said.
  public let standings: [Standing]
  /// What was found, repository by repository.
  public let findings: [Finding]

  /// What it comes to: a difference counts for more than pending versions.
  public var verdict: Verdict {
    if findings.isEmpty { return .clean }
    return findings.allSatisfy(\.kind.isPending) ? .pending : .difference
  }
}

extension Migrator {
  /// Looks for everything that is pending, or not as it should be; nothing is locked or written.
  ///
  /// - Parameter inspections: what to look for besides versions and scripts.
  /// - Returns: what it has found.
  /// - Throws: ``MigrationError`` when the database cannot be asked.
  public func check(
    _ inspections: [any Inspection] = []
  ) throws(MigrationError) -> CheckReport {
    let standings: [Standing]
    do {
      standings = try self.standings(.scripts)
    } catch {
      guard let damage = Finding(damage: error) else { throw error }
      return CheckReport(standings: [], findings: [damage])
    }
    var findings = standings.flatMap { Finding.all(of: $0, dialect: database.url.dialect) }
    let connection = try connection(for: .reading)
    for inspection in inspections {
      findings += try inspection.findings(standings, on: connection)
    }
    return CheckReport(standings: standings, findings: findings)
  }
}

extension Finding {
  /// Whatever is to be said about a repository.
  fileprivate static func all(of standing: Standing, dialect: Dialect) -> [Self] {
    let edits = (standing.edited ?? []).map { script in
      Self(
        script.state.kind, repository: script.repository.id, version: script.version,
        path: script.path.text, text: script.words)
    }
    return versions(of: standing, dialect: dialect) + edits
  }

  private static func versions(of standing: Standing, dialect: Dialect) -> [Self] {
    let repository = standing.repository
    let folder = repository.folder.text
    var findings: [Self] = []
    if let version = standing.version, !standing.isKnown {
      let text =
        "the database stands at version \(version) of \(repository.id), which this repository does "
        + "not have; its latest is \(repository.latest)"
      findings.append(
        Self(.unknownVersion, repository: repository.id, version: version, path: folder, text: text)
      )
    }
    if let progress = standing.progress {
      let text = "the \(progress.deed(on: repository.id)) was interrupted \(progress.place)"
      findings.append(
        Self(
          .interrupted, repository: repository.id, version: max(progress.from, progress.to),
          path: folder, text: text))
    }
    findings += standing.late.map { version in
      let text =
        "version \(version) of \(repository.id) appeared after the database had reached "
        + "\(standing.version ?? 0), so that nothing ever ran it"
      return Self(.late, version, of: repository, dialect: dialect, text: text)
    }
    findings += standing.pending.map { version in
      let text = "version \(version) of \(repository.id) is pending"
      return Self(.pending, version, of: repository, dialect: dialect, text: text)
    }
    findings += standing.dueScripts.map { script in
      Self(
        .pending, repository: repository.id, version: standing.version ?? 0,
        path: script.path.text, text: words(for: script, of: standing))
    }
    return findings
  }

  private static func words(for script: DueScript, of standing: Standing) -> String {
    let id = standing.repository.id
    guard script.operation == .repeatable else {
      return "the hook \(script.operation.rawValue) of \(id) has not run since something else did"
    }
    let name = script.path.name
    let state = standing.repeated[name] == nil ? "never ran here" : "has changed since it ran"
    return "the repeatable script \(name) of \(id) \(state)"
  }

  /// A version that has a script to run, or has none.
  private init(
    _ kind: Kind, _ version: Int, of repository: Repository, dialect: Dialect, text: String
  ) {
    do throws(RepositoryError) {
      let path = try repository.script(version, .upgrade, for: dialect)
      self.init(kind, repository: repository.id, version: version, path: path.text, text: text)
    } catch {
      let sentence = "\(error)".sentenceAndHint
      self.init(
        .unusable, repository: repository.id, version: version, text: sentence.text,
        hint: sentence.hint)
    }
  }

  /// What is wrong with what the program remembers; `nil` when it is something else that failed.
  fileprivate init?(damage error: MigrationError) {
    switch error {
    case .journal, .progress, .sideTable, .foreignVersionTable, .version: break
    default: return nil
    }
    let sentence = "\(error)".sentenceAndHint
    self.init(.damage, text: sentence.text, hint: sentence.hint)
  }
}

extension EditedScript.State {
  fileprivate var kind: Finding.Kind {
    switch self {
    case .edited: .edited
    case .missing: .missing
    case .unreadable: .unreadable
    }
  }
}

extension String {
  /// An error's description, taken apart.
  fileprivate var sentenceAndHint: (text: String, hint: String?) {
    let lines = split(separator: "\nhint: ", maxSplits: 1)
    return (String(lines.first ?? ""), lines.count > 1 ? String(lines[1]) : nil)
  }
}
