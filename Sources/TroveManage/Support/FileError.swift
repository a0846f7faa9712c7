/// A file or folder that could not be read or made.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: Hashable, Sendable {
    case notFound
    case permissionDenied
    case isFolder
    case notFolder
    case cannotMake
    case exists
    case notWritable
    case noSpace
    case noFolder
    case other(String)
  }

  /// The path, as it was asked for.
  public let path: String
  /// Why that was not possible.
  public let reason: Reason

  /// A failure at `path`.
  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// One line that starts with the path.
  public var description: String {
    switch reason {
    case .notFound: "\(path): no such file or folder"
    case .permissionDenied: "\(path): permission denied"
    case .isFolder: "\(path): is a folder, not a file"
    case .notFolder: "\(path): is a file, not a folder"
    case .cannotMake: "\(path): cannot be made"
    case .exists: "\(path): is there already, and nothing is overwritten"
    case .notWritable: "\(path): cannot be written: permission denied"
    case .noSpace: "\(path): cannot be written: no space is left"
    case .noFolder: "\(path): cannot be made: its folder is not there"
    case .other(let text): "\(path): \(text)"
    }
  }
}
