internal import Glibc

/// The lock of a folder in which processes take turns, as long as this lives.
///
/// It is flock(2)'s: it leaves no file, and goes with its process. Where a file system has none, there is
/// nothing to wait for.
final class FolderLock {
  private let descriptor: Int32

  /// Waits for the folder at `path`.
  ///
  /// - Throws: ``FileError`` when it cannot be opened.
  init(_ path: String) throws(FileError) {
    descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason: FileError.Reason =
        switch errno {
        case ENOENT: .notFound
        case ENOTDIR: .notFolder
        default: .permissionDenied
        }
      throw FileError(path: path, reason: reason)
    }
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
  }

  deinit { close(descriptor) }
}
