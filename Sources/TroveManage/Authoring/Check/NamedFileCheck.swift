/// What is wrong with the files of `repeatable/` and `hooks/`, by their names.
struct NamedFileCheck {
  /// What was found.
  private(set) var found: [Diagnostic] = []

  /// Looks at the scripts `named` of a repository whose versions are for `dialects`.
  init(of named: NamedScripts, besides dialects: [Dialect]) {
    for problem in named.problems { note(problem) }
    for (path, operation, own) in named.all where own != dialects {
      let others = named.all.filter { $0.operation == operation && $0.path.stem == path.stem }
      let served = Set(others.flatMap(\.dialects))
      let lacking = dialects.filter { !served.contains($0) }
      guard let first = others.first, first.path.text == path.text, !lacking.isEmpty else {
        continue
      }
      let words = "there is none of it for \(lacking.map(\.rawValue).joined(separator: " and "))"
      found.append(Diagnostic(.missingEngine, at: Self.place(path.text), words))
    }
  }

  private mutating func note(_ problem: RepositoryError) {
    switch problem {
    case .badScript(let path, let error):
      var rule = CheckRule.scriptName
      if case .unknownDialect = error { rule = .unknownDialect }
      found.append(Diagnostic(rule, at: Self.place(path), quoting: error))
    case .file(let error):
      found.append(Diagnostic(.unreadableFile, at: Self.place(error.path), quoting: error))
    default: break
    }
  }

  private static func place(_ path: String) -> TextLocation {
    TextLocation(path: path, line: 1, column: 1)
  }
}

extension Path {
  /// The name up to its last `_`, which parts it from the engine's.
  fileprivate var stem: Substring {
    name.lastIndex(of: "_").map { name[..<$0] } ?? name[...]
  }
}
