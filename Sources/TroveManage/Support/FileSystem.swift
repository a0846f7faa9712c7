internal import FoundationEssentials

/// The only code that reads the disk.
public enum FileSystem {
  /// What stands at a path, symbolic links followed.
  public enum Kind: Sendable {
    case file
    case folder
    /// A socket, a pipe, a device.
    case other
  }

  /// What stands at `path`, or `nil` when nothing does or it cannot be looked at.
  public static func kind(of path: String) -> Kind? {
    let resolved = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    guard
      let attributes = try? FileManager.default.attributesOfItem(atPath: resolved),
      let type = attributes[.type] as? FileAttributeType
    else { return nil }
    switch type {
    case .typeRegular: return .file
    case .typeDirectory: return .folder
    // What resolving leaves as a link leads nowhere.
    case .typeSymbolicLink: return nil
    default: return .other
    }
  }

  /// `path` from the root on, with every symbolic link on the way resolved as far as it exists.
  public static func realPath(of path: String) -> String {
    let absolute = URL(filePath: Path.currentFolder.appending(path).text)
    let real = absolute.resolvingSymlinksInPath().standardized.path(percentEncoded: false)
    return real.count > 1 && real.hasSuffix("/") ? String(real.dropLast()) : real
  }

  /// The permission bits of what stands at `path`, as `chmod` knows them, symbolic links followed,
  /// or `nil` when nothing does or it cannot be looked at.
  public static func mode(of path: String) -> UInt16? {
    let resolved = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    let attributes = try? FileManager.default.attributesOfItem(atPath: resolved)
    return (attributes?[.posixPermissions] as? UInt).map(UInt16.init(truncatingIfNeeded:))
  }

  /// The names in the folder at `path`, in the order of their bytes, without `.` and `..`.
  ///
  /// - Throws: ``FileError`` when it is missing, is no folder or cannot be read.
  public static func names(in path: String) throws(FileError) -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    } catch {
      let isNoFolder = kind(of: path).map { $0 != .folder } ?? false
      throw FileError(path: path, reason: isNoFolder ? .notFolder : .init(error, at: path))
    }
  }
}

extension FileError.Reason {
  fileprivate init(_ error: any Error, at path: String) {
    switch ((error as? CocoaError)?.code, FileSystem.kind(of: path)) {
    case (.fileReadNoPermission?, _): self = .permissionDenied
    case (_, nil): self = .notFound
    case (_, .folder?): self = .isFolder
    default: self = .other("\(error)")
    }
  }
}
