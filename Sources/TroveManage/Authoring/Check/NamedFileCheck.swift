/// What is wrong with the files of `repeatable/` and `hooks/`, by their names.
struct NamedFileCheck {
  /// What was found.
  private(set) var found: [Diagnostic] = []

  /// Looks at the scripts `named` of a repository whose versions are for `dialects`.
  init(of named: NamedScripts, besides dialects: [Dialect]) {
    for problem in named.problems { note(problem) }
    var served: [Subject: Set<Dialect>] = [:]
    for script in named.all {
      served[Subject(script.operation, script.name), default: []].formUnion(script.dialects)
    }
    for script in named.all {
      // Said of the first of its files alone.
      guard let own = served.removeValue(forKey: Subject(script.operation, script.name)) else {
        continue
      }
      let lacking = dialects.filter { !own.contains($0) }
      guard !lacking.isEmpty else { continue }
      let words = "there is none of it for \(lacking.map(\.rawValue).joined(separator: " and "))"
      found.append(Diagnostic(.missingEngine, at: .beginning(of: script.path.text), words))
    }
  }

  /// What the files of one name have in common.
  private struct Subject: Hashable {
    let operation: Operation
    let name: String

    init(_ operation: Operation, _ name: String) {
      self.operation = operation
      self.name = name
    }
  }

  private mutating func note(_ problem: RepositoryError) {
    switch problem {
    case .badScript(let path, let error):
      found.append(Diagnostic(error.rule, at: .beginning(of: path), quoting: error))
    case .file(let error):
      found.append(Diagnostic(.unreadableFile, at: .beginning(of: error.path), quoting: error))
    default: break
    }
  }
}

extension ScriptNameError {
  /// The rule that such a name breaks.
  var rule: CheckRule {
    if case .unknownDialect = self { .unknownDialect } else { .scriptName }
  }
}
