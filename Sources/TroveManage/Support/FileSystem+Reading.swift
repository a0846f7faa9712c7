internal import Glibc

extension FileSystem {
  /// The bytes of the file at `path`.
  ///
  /// - Throws: ``FileError`` when it is missing, is a folder or cannot be read.
  public static func read(_ path: String) throws(FileError) -> [UInt8] {
    let file = try OpenFile(path)
    // One more than there should be, so that the end shows, and no more, for scripts are kept by the thousand;
    // what is no file on a disk has no size.
    let size = file.size
    var asked = size > 0 ? size + 1 : 4096
    var bytes = try file.read(atMost: asked)
    while bytes.count == asked {
      bytes = try file.read(atMost: asked, behind: bytes)
      asked *= 2
    }
    return bytes
  }

  /// The first `count` bytes of the file at `path`, or all when it has fewer.
  ///
  /// - Throws: ``FileError`` when it is missing, is a folder or cannot be read.
  public static func read(_ path: String, first count: Int) throws(FileError) -> [UInt8] {
    try OpenFile(path).read(atMost: count)
  }

  /// Some bytes of the file at `path`.
  ///
  /// The bytes are copied, once: those of a file that is mapped would count as ours for as long as that
  /// lasts, and end the program when somebody cuts the file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - offset: where in it to begin, counted from 0.
  ///   - count: how many bytes.
  ///   - rest: what the result begins with.
  /// - Returns: `rest`, and at most `count` bytes; fewer only where the file ends.
  /// - Throws: ``FileError`` when it is missing, is a folder or cannot be read.
  static func read(
    _ path: String, from offset: Int, atMost count: Int, behind rest: [UInt8] = []
  ) throws(FileError) -> [UInt8] {
    let file = try OpenFile(path)
    try file.seek(to: offset)
    return try file.read(atMost: count, behind: rest)
  }

  /// The size of the file at `path` in bytes; `nil` when there is none, or it cannot be looked at.
  static func size(of path: String) -> Int? {
    status(of: path).map { Int($0.st_size) }
  }
}

/// A file that is open for reading until this goes.
private struct OpenFile: ~Copyable {
  private let path: String
  private let descriptor: Int32

  init(_ path: String) throws(FileError) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, reason: .init(code: errno, at: path)) }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// The size in bytes; 0 for what has none.
  var size: Int {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
  }

  func seek(to offset: Int) throws(FileError) {
    guard offset > 0, lseek(descriptor, offset, SEEK_SET) < 0 else { return }
    throw FileError(path: path, reason: .init(code: errno, at: path))
  }

  /// At most `count` more bytes, behind `rest`; fewer only at the end.
  func read(atMost count: Int, behind rest: [UInt8] = []) throws(FileError) -> [UInt8] {
    var code: Int32 = 0
    let room = rest.count + count
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: room) { space, filled in
      filled = unsafe space.initialize(fromContentsOf: rest)
      while filled < room {
        let place = unsafe space.baseAddress.map { unsafe $0 + filled }
        let got = unsafe Glibc.read(descriptor, place, room - filled)
        if got < 0, errno == EINTR { continue }
        if got < 0 { code = errno }
        if got <= 0 { return }
        filled += got
      }
    }
    if code != 0 { throw FileError(path: path, reason: .init(code: code, at: path)) }
    return bytes
  }
}

extension FileError.Reason {
  /// Why the system refuses a file, by its number.
  fileprivate init(code: Int32, at path: String) {
    switch (code, FileSystem.kind(of: path)) {
    case (EACCES, _), (EPERM, _): self = .permissionDenied
    case (_, nil): self = .notFound
    case (_, .folder?): self = .isFolder
    default: self = unsafe .other(String(cString: strerror(code)))
    }
  }
}
