/// `ignore RULE[, RULE]: reason`, by which an author says that a finding is meant.
struct CheckIgnore {
  /// What it is about.
  enum Scope: Hashable {
    /// Every script of the repository, or those of the versions up to one.
    case repository(upTo: Int?)
    /// All of a file.
    case file(String)
    /// What is wrong with a file as a whole: its name, what is missing beside it.
    case fileAlone(String)
    /// The lines of the statements that begin in the first of them.
    case lines(ClosedRange<Int>, of: String)
  }

  /// Where it is written.
  let location: TextLocation
  /// The rules that it names, as far as there are such rules.
  let rules: [CheckRule]
  /// What it is about; one of these is enough.
  let scopes: [Scope]

  /// Whether it is about `diagnostic`, which is about `version` or about none.
  func covers(_ diagnostic: Diagnostic, of version: Int?) -> Bool {
    rules.contains(diagnostic.rule)
      && scopes.contains { scope in
        switch scope {
        case .repository(nil): true
        case .repository(let last?): version.map { $0 <= last } ?? false
        case .file(let path): diagnostic.location.path == path
        case .fileAlone(let path):
          diagnostic.location.path == path && diagnostic.rule.concernsWholeFiles
        case .lines(let lines, let path):
          diagnostic.location.path == path && lines.contains(diagnostic.location.line)
        }
      }
  }

  /// Reads what stands behind the word `ignore`, and notes in `found` what is wrong with it.
  init(
    _ text: Substring, at location: TextLocation, about scopes: [Scope],
    noting found: inout [Diagnostic]
  ) {
    self.location = location
    self.scopes = scopes
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count < 2 || parts[1].allSatisfy(\.isWhitespace) {
      found.append(Diagnostic(.ignoreWithoutReason, at: location, "`ignore` gives no reason"))
    }
    let names = (parts.first ?? "").split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.filter { !$0.isWhitespace } }
    var rules: [CheckRule] = []
    for name in names {
      if let rule = CheckRule(rawValue: name) {
        rules.append(rule)
      } else {
        let words = name.isEmpty ? "`ignore` names no rule" : "there is no rule `\(name.cut(60))`"
        found.append(Diagnostic(.ignoreUnknownRule, at: location, words))
      }
    }
    self.rules = rules
  }
}

extension CheckRule {
  /// Whether what it finds is about a file as a whole.
  fileprivate var concernsWholeFiles: Bool {
    group == .files || group == .trials || self == .downgradeLeavesTable
  }
}

extension [CheckIgnore] {
  /// What is left of `found` when what is meant is taken out; an `ignore` of nothing is added.
  ///
  /// - Parameters:
  ///   - found: what was found.
  ///   - rules: those that were looked at to the end; an `ignore` of another one may be of use.
  ///   - version: the version of the script at a path.
  /// - Returns: what is left, and what is wrong with the `ignore`s themselves.
  func applied(
    to found: [Diagnostic], of rules: Set<CheckRule>, version: (String) -> Int?
  ) -> [Diagnostic] {
    // One rule of several may be of no use any more.
    var used: [Set<CheckRule>] = map { _ in [] }
    var left: [Diagnostic] = []
    for diagnostic in found {
      let number = version(diagnostic.location.path)
      let covering = indices.filter { self[$0].covers(diagnostic, of: number) }
      for index in covering { used[index].insert(diagnostic.rule) }
      if covering.isEmpty { left.append(diagnostic) }
    }
    for (ignore, used) in zip(self, used) {
      for rule in ignore.rules where !used.contains(rule) && rules.contains(rule) {
        left.append(
          Diagnostic(
            .unusedIgnore, at: ignore.location, "`\(rule.rawValue)` finds nothing to ignore here"))
      }
    }
    return left
  }
}
