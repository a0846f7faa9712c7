/// A file that a picture is written to.
///
/// It is replaced as a whole, and only when it is a picture that the program has made, or empty: nothing else
/// is lost by a slip of the pen, and a picture in a repository can be made again without further ado.
public struct DiagramFile: Sendable {
  /// Where it is.
  public let path: Path
  private let format: DiagramFormat

  /// A file at `path` for pictures in `format`.
  ///
  /// - Throws: ``DiagramFileError`` when it cannot be made, or is something else.
  public init(_ path: Path, _ format: DiagramFormat) throws(DiagramFileError) {
    self.path = path
    self.format = format
    try check()
  }

  /// Writes the picture.
  ///
  /// - Throws: ``DiagramFileError``; what was there before is still there then.
  public func write(_ text: String) throws(DiagramFileError) {
    // Somebody may have put another file there while the picture was made.
    try check()
    do throws(FileError) {
      try FileSystem.replace(path.text, with: Array(text.utf8))
    } catch {
      throw .file(error)
    }
  }

  private func check() throws(DiagramFileError) {
    guard !path.text.isEmpty else { throw .noRegularFile(path) }
    switch FileSystem.kind(of: path.text) {
    case .folder?: throw .file(FileError(path: path.text, reason: .isFolder))
    case .other?: throw .noRegularFile(path)
    case .file?:
      do throws(FileError) {
        let beginning = try FileSystem.read(path.text, first: 400)
        let text = String(decoding: beginning, as: UTF8.self)
        let isOwn = DiagramFormat.allCases.contains { text.contains($0.signature) }
        guard beginning.isEmpty || isOwn else { throw FileError(path: path.text, reason: .exists) }
      } catch {
        throw error.reason == .exists ? .foreign(path) : .file(error)
      }
    case nil:
      guard !path.text.hasSuffix("/") else { throw .noRegularFile(path) }
      guard FileSystem.kind(of: path.parent.text) == .folder else {
        throw .file(FileError(path: path.text, reason: .noFolder))
      }
    }
  }
}

/// Why a picture could not be written to a file.
public enum DiagramFileError: Error, Hashable, Sendable {
  /// It cannot be read, made or written.
  case file(FileError)
  /// There is a file that the program has not made.
  case foreign(Path)
  /// There is something that is no file.
  case noRegularFile(Path)
}

extension DiagramFileError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .file(let error) where error.reason == .noFolder:
      "\(error)\nhint: mkdir -p \(Path(error.path).parent.text.shellWord)"
    case .file(let error): "\(error)"
    case .foreign(let path):
      """
      \(path): is there already, and db_diagram has not made it
      hint: only its own pictures are replaced: name another file, or remove this one
      """
    case .noRegularFile(let path):
      """
      '\(path)' is no regular file
      hint: name a file; without --output the picture goes to standard output
      """
    }
  }
}
