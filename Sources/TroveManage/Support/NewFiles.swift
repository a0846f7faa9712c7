/// Files and folders that are made together: in the end all of them are there, or none.
struct NewFiles {
  private var files: [Path] = []
  private var folders: [Path] = []

  /// Makes a folder where nothing is, and those around it that are not there.
  ///
  /// - Throws: ``FileError`` when it cannot be made; nothing of all that was made is left then.
  mutating func makeFolder(_ path: Path) throws(FileError) {
    var missing = [path]
    while let parent = missing.last?.parent, FileSystem.kind(of: parent.text) == nil,
      !missing.contains(parent)
    {
      missing.append(parent)
    }
    if let place = missing.last?.parent, FileSystem.kind(of: place.text) != .folder {
      throw FileError(path: place.text, reason: .notFolder)
    }
    for folder in missing.reversed() {
      try undoing { () throws(FileError) in try FileSystem.makeFolder(folder.text) }
      folders.append(folder)
    }
  }

  /// Writes a file where nothing is.
  ///
  /// - Throws: ``FileError`` when it cannot be written; nothing of all that was made is left then.
  mutating func write(_ text: [UInt8], to path: Path) throws(FileError) {
    try undoing { () throws(FileError) in try FileSystem.write(text, toNew: path.text) }
    files.append(path)
  }

  /// Takes everything away again; what others have put into the folders stays.
  mutating func undo() {
    for path in files.reversed() { FileSystem.removeFile(path.text) }
    for path in folders.reversed() { FileSystem.removeEmptyFolder(path.text) }
    (files, folders) = ([], [])
  }

  private mutating func undoing(_ body: () throws(FileError) -> Void) throws(FileError) {
    do {
      try body()
    } catch {
      undo()
      throw error
    }
  }
}
