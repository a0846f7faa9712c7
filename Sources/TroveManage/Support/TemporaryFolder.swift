internal import FoundationEssentials

/// A new folder among the system's temporary ones that only we can look into.
///
/// It goes, with all that is in it, when nobody refers to it any more.
final class TemporaryFolder {
  /// Where it is.
  let path: Path

  /// A folder whose name begins with `name`.
  ///
  /// - Throws: ``FileError`` when none can be made.
  init(named name: String) throws(FileError) {
    let place = Path(FileManager.default.temporaryDirectory.path(percentEncoded: false))
    path = place.appending("\(name)-\(UUID().uuidString.lowercased())")
    do {
      try FileManager.default.createDirectory(
        atPath: path.text, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path.text)
    } catch {
      throw FileError(path: path.text, reason: .cannotMake)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path.text) }
}

extension FileSystem {
  /// Removes the file at `path`, if it is there.
  static func removeFile(_ path: String) {
    try? FileManager.default.removeItem(atPath: path)
  }
}
