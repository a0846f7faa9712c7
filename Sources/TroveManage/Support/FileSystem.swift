internal import FoundationEssentials
internal import Glibc

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
    status(of: path).map { status in
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    }
  }

  /// `path` from the root on, with every symbolic link on the way resolved as far as it exists.
  public static func realPath(of path: String) -> String {
    var existing = Path.currentFolder.appending(path)
    var missing: [String] = []
    while true {
      if let real = resolved(existing.text) {
        // What does not exist has no links: `..` takes a name away.
        return missing.reversed().reduce(Path(real)) { folder, name in
          name == ".." ? folder.parent : name == "." ? folder : folder.appending(name)
        }.text
      }
      let parent = existing.parent
      guard parent != existing else { return Path.currentFolder.appending(path).text }
      missing.append(existing.name)
      existing = parent
    }
  }

  /// The permission bits of what stands at `path`, as `chmod` knows them, symbolic links followed,
  /// or `nil` when nothing does or it cannot be looked at.
  public static func mode(of path: String) -> UInt16? {
    status(of: path).map { UInt16(truncatingIfNeeded: $0.st_mode & 0o7777) }
  }

  /// What the system says of a path, symbolic links followed; `nil` when there is nothing.
  ///
  /// `FileManager` would look up the names of owner and group, too, which reads two files each time.
  static func status(of path: String) -> stat? {
    // To C, a NUL ends the path.
    guard !path.utf8.contains(0) else { return nil }
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status : nil
  }

  private static func resolved(_ path: String) -> String? {
    guard !path.utf8.contains(0), let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
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
