import ArgumentParser

/// Arguments that are wrong: one sentence, and where to read on, in one line.
struct Misuse: Error, CustomStringConvertible {
  let description: String

  /// What is wrong with `arguments`, by the error of whoever has read them.
  init(_ error: any Error, in arguments: [String]) {
    let (word, isCommand) = Self.command(in: arguments)
    if let word, !isCommand {
      self.init(noCommand: word)
    } else {
      let text = TroveManageCommand.message(for: error).split(whereSeparator: \.isNewline)
      let words = text.map { $0.drop { $0 == " " } }.joined(separator: " ")
      self.init(
        Self.withoutWildGuess(words), readOn: word.map { "\($0) --help" } ?? "--help")
    }
  }

  /// The words without the parser's guess what option was meant, where that is another word altogether.
  private static func withoutWildGuess(_ words: String) -> String {
    guard let found = words.firstMatch(of: /'--([^']+)'\. (Did you mean '--([^']+)'\?)/),
      distance(from: String(found.1), to: String(found.3)) > limit(for: String(found.1))
    else { return words }
    return String(words.replacing(found.2, with: "").reversed().drop { $0 == " " }.reversed())
  }

  private init(noCommand word: String) {
    let name = Self.nearest(to: word)
    self.init(
      "There is no command '\(word)'." + (name.map { " Did you mean '\($0)'?" } ?? ""),
      readOn: "--help")
  }

  private init(_ words: String, readOn help: String) {
    let end = words.last.map { ".?!:".contains($0) } == true ? "" : "."
    description = "\(words)\(end) See 'trove-manage \(help)'."
  }

  /// A wrong command behind `help`, to which the root's help would be no answer.
  static func helpTopic(in arguments: [String]) -> Misuse? {
    guard let index = GlobalOptions.indexOfCommand(in: arguments), arguments[index] == "help",
      let topic = arguments[(index + 1)...].first(where: { !$0.hasPrefix("-") }),
      topic != "help", !names.contains(topic)
    else { return nil }
    return Misuse(noCommand: topic)
  }

  /// The word in the place of the command, and whether it is one; `nil` where a wrong option comes before it,
  /// whose value it may be.
  private static func command(in arguments: [String]) -> (word: String?, isCommand: Bool) {
    guard let index = GlobalOptions.indexOfCommand(in: arguments) else { return (nil, false) }
    let word = arguments[index]
    if (try? GlobalOptions.parse(Array(arguments[..<index]))) == nil { return (nil, false) }
    return (word, word == "help" || names.contains(word))
  }

  private static var names: [String] {
    TroveManageCommand.configuration.subcommands.compactMap { $0.configuration.commandName }
  }

  /// The command that was meant, as far as one can tell.
  private static func nearest(to word: String) -> String? {
    let word = word.lowercased().replacing("-", with: "_")
    let limit = limit(for: word)
    return names.map { name in
      // `sync` is no slip of a finger, but it is clear what it means.
      (name: name, distance: name == "db_\(word)" ? 0 : distance(from: word, to: name))
    }.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }

  /// How many slips of a finger a word of this length may have, and still be told.
  private static func limit(for word: String) -> Int { min(3, word.count / 2) }

  /// How many characters must be changed, put in or left out (Levenshtein's distance).
  private static func distance(from word: String, to other: String) -> Int {
    let other = Array(other)
    var row = Array(0...other.count)
    for (index, character) in word.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let change = diagonal + (character == other[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(change, row[column] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
