/// An SQL script that can stand in the place of a Python version's function.
public struct ConvertedScript: Sendable {
  /// The name of its file.
  public let name: String
  /// What is in it.
  public let text: [UInt8]
  /// The engines that it is for.
  public let dialects: [Dialect]
  let leg: RepositoryWalk.Leg

  /// The scripts that `drafts` make, one for every engine where all of them agree.
  static func merged(_ drafts: [Dialect: Drafts]) -> [Self] {
    let legs = Set(drafts.values.flatMap(\.texts.keys)).sorted()
    return legs.flatMap { leg -> [Self] in
      let dialects = Dialect.allCases.filter { drafts[$0]?.texts[leg] != nil }
      let texts = dialects.compactMap { drafts[$0]?.texts[leg] }
      let stem = dialects.first.flatMap { drafts[$0]?.sources[leg] }?.name.dropLast(".py".count)
      let names = dialects.map { "\(stem ?? "")_\($0.rawValue)_\(leg.operation.rawValue).sql" }
      if dialects == Dialect.allCases, Set(texts).count == 1 {
        let name = "\(stem ?? "")_default_\(leg.operation.rawValue).sql"
        return [Self(name: name, text: texts[0], dialects: dialects, leg: leg)]
      }
      return dialects.indices.map { index in
        Self(name: names[index], text: texts[index], dialects: [dialects[index]], leg: leg)
      }
    }
  }

  /// The text of a script that runs `statements`, which the function `leg` of `source` has executed.
  static func text(
    of statements: [Statement], from source: Path, _ operation: Operation
  ) -> [UInt8] {
    var text = Array("-- What \(operation.rawValue)() of \(source.name) executes.\n".utf8)
    for statement in statements {
      text.append(0x0A)
      text += statement.text
      text += ";\n".utf8
    }
    return text
  }
}
