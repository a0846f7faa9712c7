/// A place in a text file, printed as `path:line:column` so that editors and terminals can jump to it.
public struct TextLocation: Hashable, Sendable, CustomStringConvertible {
  /// The file's path, as the operator gave it or as it was found.
  public let path: String
  /// The line, counted from 1.
  public let line: Int
  /// The column in Unicode scalars, counted from 1; `nil` when the whole line is meant.
  public let column: Int?

  /// A location in the file at `path`.
  public init(path: String, line: Int, column: Int? = nil) {
    self.path = path
    self.line = line
    self.column = column
  }

  /// The beginning of the file at `path`: what is to be said of a file as a whole.
  static func beginning(of path: String) -> Self { Self(path: path, line: 1, column: 1) }

  /// `path:line`, with `:column` when it is known.
  public var description: String {
    guard let column else { return "\(path):\(line)" }
    return "\(path):\(line):\(column)"
  }
}
