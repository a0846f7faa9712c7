extension Conversion {
  /// Where scripts are put.
  public enum Place: Sendable {
    /// Beside the Python files, which they then take the place of.
    case repository
    /// Into a copy of the repository in a folder that is not there yet.
    case copy(Path)
  }

  /// Makes sure that scripts can be put there, before anything is tried.
  ///
  /// - Throws: ``FileError`` when something is there, or its folder is not.
  public static func check(_ place: Place) throws(FileError) {
    guard case .copy(let copy) = place else { return }
    try FileSystem.checkNew(copy.text)
  }

  /// Writes the scripts of `parts`.
  ///
  /// - Throws: ``FileError``; nothing of them is left then.
  public func write(_ parts: [Part], to place: Place) throws(FileError) {
    var folder = member.repository.folder
    if case .copy(let copy) = place {
      try FileSystem.copyFolder(folder.text, toNew: copy.text)
      folder = copy
    }
    var files = NewFiles()
    do throws(FileError) {
      for script in parts.flatMap(\.scripts) {
        try files.write(script.text, to: folder.appending("versions").appending(script.name))
      }
    } catch {
      if case .copy(let copy) = place { FileSystem.removeFile(copy.text) }
      throw error
    }
  }
}
