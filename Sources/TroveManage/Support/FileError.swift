/// A file or folder that could not be read.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Why.
  public enum Reason: Hashable, Sendable {
    case notFound
    case permissionDenied
    case isFolder
    case notFolder
    case other(String)
  }

  /// The path, as it was asked for.
  public let path: String
  /// Why it could not be read.
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
    case .other(let text): "\(path): \(text)"
    }
  }
}
