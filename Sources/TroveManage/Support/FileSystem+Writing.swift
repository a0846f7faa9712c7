internal import FoundationEssentials
internal import Glibc

extension FileSystem {
  /// Makes sure that something new can be made at `path`: nothing is there but the folder around it.
  ///
  /// - Throws: ``FileError`` when it cannot.
  public static func checkNew(_ path: String) throws(FileError) {
    guard kind(of: path) == nil else { throw FileError(path: path, reason: .exists) }
    guard kind(of: Path(path).parent.text) == .folder else {
      throw FileError(path: path, reason: .noFolder)
    }
  }

  /// Writes a file that is not there yet; nothing of it is left when that fails.
  ///
  /// - Throws: ``FileError`` when something is there, or it cannot be made.
  public static func write(_ bytes: [UInt8], toNew path: String) throws(FileError) {
    try checkNew(path)
    do {
      try Data(bytes).write(to: URL(filePath: path), options: .withoutOverwriting)
    } catch {
      let reason = FileError.Reason(writing: error)
      // Whatever somebody else has put there meanwhile is not ours.
      if reason != .exists { removeFile(path) }
      throw FileError(path: path, reason: reason)
    }
  }

  /// Makes a folder where nothing is.
  ///
  /// - Throws: ``FileError`` when something is there, or it cannot be made.
  static func makeFolder(_ path: String) throws(FileError) {
    try checkNew(path)
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    } catch {
      throw FileError(path: path, reason: .init(writing: error))
    }
  }

  /// Removes the folder at `path` when nothing is in it.
  static func removeEmptyFolder(_ path: String) { _ = unsafe rmdir(path) }

  /// Writes a file in the place of one that may be there: it has all of `bytes` or is as it was.
  ///
  /// Where a symbolic link is, the file that it leads to is replaced.
  ///
  /// - Throws: ``FileError`` when it cannot be written.
  static func replace(_ path: String, with bytes: [UInt8]) throws(FileError) {
    do {
      try Data(bytes).write(to: URL(filePath: realPath(of: path)), options: .atomic)
    } catch {
      throw FileError(path: path, reason: .init(writing: error))
    }
  }

  /// Copies the folder `source`, with all that is in it, to a place where nothing is.
  ///
  /// - Throws: ``FileError`` when something is there, or it cannot be made; nothing of it is left then.
  static func copyFolder(_ source: String, toNew target: String) throws(FileError) {
    try checkNew(target)
    do {
      try FileManager.default.copyItem(atPath: source, toPath: target)
    } catch {
      removeFile(target)
      throw FileError(path: target, reason: .init(writing: error))
    }
  }
}

extension FileError.Reason {
  fileprivate init(writing error: any Error) {
    switch (error as? CocoaError)?.code {
    case .fileWriteNoPermission?, .fileWriteVolumeReadOnly?: self = .notWritable
    case .fileWriteOutOfSpace?: self = .noSpace
    case .fileWriteFileExists?: self = .exists
    default: self = .cannotMake
    }
  }
}
