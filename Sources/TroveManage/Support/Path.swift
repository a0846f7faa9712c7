internal import FoundationEssentials

/// A path of a file or folder, taken apart and put together as text: the disk is never asked.
public struct Path: Hashable, Sendable, CustomStringConvertible {
  /// The path as it is handed to the system.
  public let text: String

  /// The path `text`, as it is.
  public init(_ text: String) {
    self.text = text
  }

  /// The folder that relative paths of the process start from.
  public static var currentFolder: Self {
    Self(FileManager.default.currentDirectoryPath)
  }

  /// Whether the path starts at the root.
  public var isAbsolute: Bool { text.hasPrefix("/") }

  /// The path of the folder that holds this one; `.` for a name alone.
  public var parent: Self {
    let trimmed = trimmedOfSlashes
    guard let slash = trimmed.utf8.lastIndex(of: Self.slash) else { return Self(".") }
    return slash == trimmed.startIndex ? Self("/") : Self(String(trimmed[..<slash]))
  }

  /// The last name of the path.
  public var name: String {
    let trimmed = trimmedOfSlashes
    guard let slash = trimmed.utf8.lastIndex(of: Self.slash) else { return String(trimmed) }
    return String(trimmed[trimmed.utf8.index(after: slash)...])
  }

  /// `other` as seen from this folder: itself when it is absolute, else below this folder.
  ///
  /// `..` is left to the system, which knows where symbolic links lead.
  public func appending(_ other: String) -> Self {
    var rest = other[...]
    while rest.hasPrefix("./") { rest = rest.dropFirst(2).drop { $0 == "/" } }
    if other.hasPrefix("/") || text == "." && !rest.isEmpty { return Self(String(rest)) }
    return rest.isEmpty || rest == "." ? self : Self("\(trimmedOfSlashes)/\(rest)")
  }

  /// The path itself.
  public var description: String { text }

  private var trimmedOfSlashes: Substring {
    // Byte by byte, as the system reads a path.
    var trimmed = text.utf8[...]
    while trimmed.count > 1, trimmed.last == Self.slash { trimmed.removeLast() }
    return trimmed.elementsEqual([Self.slash]) ? "" : Substring(trimmed)
  }

  private static let slash = UInt8(ascii: "/")
}
