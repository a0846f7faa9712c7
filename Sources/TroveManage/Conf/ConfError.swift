/// A configuration that cannot be used.
///
/// No case shows the text of an option that may hold a password.
public enum ConfError: Error, Hashable, Sendable {
  /// What the text of an option must be.
  public enum Expectation: Hashable, Sendable {
    case boolean
    case integer(ClosedRange<Int>)
    case seconds
    case choice([String])
  }

  /// A conf file or folder could not be read.
  case unreadable(FileError)
  /// The grammar does not allow what stands there.
  case syntax(TextLocation, INIFile.Problem)
  /// An option's text cannot be read as what it must be.
  case invalid(ConfValue, Expectation)
  /// An option is set to nothing.
  case empty(ConfValue)
  /// A comma list has an item of nothing but blanks.
  case emptyItem(ConfValue)
  /// The text of the option set at `place` names an option that nothing sets.
  ///
  /// There is no name where the text is secret: what looks like a name is a part of it.
  case unknownName(String?, place: String)
  /// The text of the option set at `place` leads back to itself by way of `names`.
  case cycle([ConfOption.Name], place: String)
  /// The text of the option set at `place` leads from name to name, more than `limit` times.
  case nestedTooDeep(place: String, limit: Int)
  /// The text of the option set at `place` has more than `limit` bytes once names are replaced.
  case tooLong(place: String, limit: Int)
  /// No database is set in any of the conf files `files`.
  case noConnection(files: [String])
  /// No database is set, but `found` looks as if it was meant to.
  case misplacedConnection(found: ConfOption.Name, at: TextLocation)
}

extension ConfError: CustomStringConvertible {
  /// What is wrong, starting with the place, and a `hint:` line where one helps.
  public var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .syntax(let location, let problem): "\(location): \(problem)"
    case .invalid(let value, let expectation):
      "\(value.place) is \(value.shownText), which is not \(expectation)"
    case .empty(let value): "\(value.place) is empty"
    case .emptyItem(let value): "\(value.place) has an empty item: a comma too many"
    case .unknownName(let name, let place):
      """
      \(place) names \(name.map { "'$\($0)'" } ?? "an option with '$'"), which no conf file sets
      hint: write $$ for a dollar sign, and ${name} where a letter, digit, '_' or '.' follows a name
      """
    case .cycle(let names, let place):
      "\(place) leads back to itself: \(names.map(\.description).joined(separator: " > "))"
    case .nestedTooDeep(let place, let limit):
      "\(place) leads from name to name more than \(limit) times"
    case .tooLong(let place, let limit):
      "\(place) has more than \(limit) bytes once its names are replaced"
    case .noConnection(let files): noConnectionText(files)
    case .misplacedConnection(let found, let location):
      """
      \(location): no database is set: \(found) is not read
      hint: the option is \(ConfOption.connection.name)
      """
    }
  }

  private func noConnectionText(_ files: [String]) -> String {
    let known = files.isEmpty ? "no conf file was found" : "read \(files.joined(separator: ", "))"
    let remedy = files.last.map { "add to \($0)" } ?? "pass --config-file FILE, holding"
    return """
      no database is set: \(known)
      hint: \(remedy):
      [database]
      connection = sqlite:////var/lib/trove/trove.sqlite
      """
  }
}

extension ConfError.Expectation: CustomStringConvertible {
  /// What the text must be, as it ends a sentence.
  public var description: String {
    switch self {
    case .boolean: "true or false"
    case .integer(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .seconds: "a number of seconds from 0 to \(Duration.longestOption)"
    case .choice(let words): "one of \(words.joined(separator: ", "))"
    }
  }
}
