import Foundation
import Glibc
import Testing

/// A disk of four megabytes that only the test uses; it takes root to mount one.
final class SmallDisk {
  let path: String
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    path = folder.path("disk")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    let code = unsafe mount("tmpfs", path, "tmpfs", 0, "size=4m")
    try #require(code == 0, "this test mounts a small tmpfs, which takes root (CAP_SYS_ADMIN)")
  }

  deinit { unsafe umount2(path, Int32(MNT_DETACH)) }

  /// Leaves only so many bytes free.
  func fill(leaving rest: Int) throws {
    let attributes = try FileManager.default.attributesOfFileSystem(forPath: path)
    let free = try #require(attributes[.systemFreeSize] as? Int)
    try Data(count: free - rest).write(to: URL(filePath: "\(path)/filler"))
  }

  /// Makes it one that may only be read.
  func forbidWriting() throws {
    let code = unsafe mount(
      "tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil)
    try #require(code == 0)
  }

  /// Takes away what fills it.
  func makeRoom() throws {
    try FileManager.default.removeItem(atPath: "\(path)/filler")
  }
}
