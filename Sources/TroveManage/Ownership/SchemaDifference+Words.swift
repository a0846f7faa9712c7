extension SchemaDifference: CustomStringConvertible {
  /// A line for everything that differs.
  public var description: String { lines.joined(separator: "\n") }

  /// A line for everything that differs: `table instances is missing`, `instances: column hostname was
  /// added`.
  public var lines: [String] { entries.flatMap(\.lines) }
}

extension SchemaDifference.Entry {
  /// A line for everything that is wrong with the object, with its name.
  public var lines: [String] {
    switch change {
    case .missing: ["\(object.title) is missing"]
    case .added: ["\(object.title) was added"]
    case .changed(let changes):
      changes.map { "\(subject): \($0)" }
    }
  }

  /// The object that a part belongs to.
  var subject: String { object.kind == .table ? object.description : object.title }

  /// What is wrong with the object, without its name.
  public var words: [String] {
    switch change {
    case .missing: ["is missing"]
    case .added: ["was added"]
    case .changed(let changes): changes.map(\.description)
    }
  }
}

extension SchemaDifference.PartChange: CustomStringConvertible {
  /// What was done to the part.
  public var description: String {
    switch self {
    case .added(let part): "\(part.words) was added"
    case .removed(let part): "\(part.words) was removed"
    case .changed(let old, let new):
      if let texts = Self.texts(old.text, new.text) {
        "\(new.title) changed from \(texts.old) to \(texts.new)"
      } else {
        "\(new.title) changed"
      }
    }
  }

  /// What there is of the part, and not what became of it.
  var evidence: String {
    switch self {
    case .added(let part): "\(part.words) is there"
    case .removed(let part): "\(part.words) is missing"
    case .changed(let old, let new):
      if let texts = Self.texts(old.text, new.text) {
        "\(new.title) is \(texts.new), not \(texts.old)"
      } else {
        "\(new.title) is another"
      }
    }
  }

  /// Both texts as a sentence can hold them; `nil` when one is too long for that.
  private static func texts(_ old: String, _ new: String) -> (old: String, new: String)? {
    let texts = [old, new]
    guard texts.allSatisfy({ $0.utf8.count <= 200 && !$0.utf8.contains(0x0A) }) else { return nil }
    return (old.isEmpty ? "nothing" : old, new.isEmpty ? "nothing" : new)
  }
}

extension SchemaObject.Part {
  /// What it is, and its name when it has one.
  fileprivate var title: String {
    [kind, name].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The same; without a name, what it says.
  fileprivate var words: String {
    guard name.isEmpty, text.utf8.count <= 200, !text.utf8.contains(0x0A) else { return title }
    return [kind, text].filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension ObjectName {
  /// What it is, and its name: `trigger g of u`.
  public var title: String { "\(kind.rawValue) \(self)" }
}
