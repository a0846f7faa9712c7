/// A configuration that cannot be used.
public enum ConfError: Error, Hashable, Sendable {
  /// A conf file or folder could not be read.
  case unreadable(FileError)
  /// The grammar does not allow what stands there.
  case syntax(TextLocation, INIFile.Problem)
}

extension ConfError: CustomStringConvertible {
  /// What is wrong, starting with the place, and a `hint:` line where one helps.
  public var description: String {
    switch self {
    case .unreadable(let error): error.description
    case .syntax(let location, let problem): "\(location): \(problem)"
    }
  }
}
