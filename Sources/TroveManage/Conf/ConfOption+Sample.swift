extension ConfOption {
  /// A conf file of every option, commented out, each with its meaning and its default or an example.
  public static var sample: String {
    var text = """
      # Every option of a conf file that trove-manage reads. Others are ignored, so that it can share
      # Trove's own conf file.
      #
      # Relative paths start at the folder of the file that they stand in. $name and ${group.name}
      # stand for other options' values; write $$ for a dollar sign. The environment variable
      # OS_GROUP__OPTION, such as OS_DATABASE__CONNECTION, wins over all files.

      """
    var group: String?
    for option in all {
      if option.name.group != group {
        text += "\n[\(option.name.group)]\n"
        group = option.name.group
      }
      text += "\n\(option.sampleEntry)"
    }
    return text
  }

  private var sampleEntry: String {
    let kind = "\(kind)"
    var note = "\(kind.prefix(1).uppercased())\(kind.dropFirst())."
    note += defaultText.map { " Default: \($0.isEmpty ? "empty" : $0)." } ?? " An example:"
    var lines = Self.wrapped(help) + Self.wrapped(note)
    if !deprecatedNames.isEmpty {
      let names = deprecatedNames.map(\.description).joined(separator: ", ")
      lines.insert("Its old name is \(names).", at: lines.count - 1)
    }
    let text = defaultText ?? example ?? ""
    let comment = lines.map { "# \($0)\n" }.joined()
    return "\(comment)#\(name.option) =\(text.isEmpty ? "" : " ")\(text)\n"
  }

  /// The lines of `text`, none longer than 97 characters where its words allow it.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let line = lines.last, line.count + 1 + word.count <= 97 {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension ConfOption.Kind: CustomStringConvertible {
  /// What the option is, as it ends a sentence.
  public var description: String {
    switch self {
    case .url: "a URL"
    case .list: "a comma list"
    case .folders: "a comma list of folders"
    case .path: "a path"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    case .seconds: "a number of seconds, with or without a fraction"
    case .count: "a whole number"
    case .boolean: "true or false"
    }
  }
}
