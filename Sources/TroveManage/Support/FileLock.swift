internal import Glibc

/// A lock that a process holds on a part of a file, as the kernel lists it in `/proc/locks`.
public struct FileLock: Hashable, Sendable {
  /// What others may do to the part meanwhile.
  public enum Mode: Hashable, Sendable {
    /// They may lock it in the same way.
    case shared
    /// They may not lock it at all.
    case exclusive
  }

  /// The process that holds it.
  public let process: Int
  /// What others may do meanwhile.
  public let mode: Mode
  /// The bytes that it covers.
  public let bytes: ClosedRange<UInt64>
  /// The device and the file on it, as the kernel writes them: `fe:00:16483658`.
  private let file: Substring

  /// The lock of a line of `/proc/locks` (proc(5)); `nil` for one that somebody only waits for, and
  /// for one that belongs to no process.
  init?(_ line: Substring) {
    let fields = line.split(separator: " ")
    guard fields.count == 8, fields[1] == "POSIX", let process = Int(fields[4]), process > 0,
      let first = UInt64(fields[6]),
      let last = fields[7] == "EOF" ? UInt64.max : UInt64(fields[7]), first <= last
    else { return nil }
    self.process = process
    mode = fields[3] == "WRITE" ? .exclusive : .shared
    bytes = first...last
    file = fields[5]
  }
}

extension FileSystem {
  /// The POSIX locks on the file at `path`, as far as the kernel shows them; the file is not opened.
  ///
  /// Opening and closing it would drop the locks that this process holds (fcntl(2)).
  public static func locks(on path: String) -> [FileLock] {
    guard let status = status(of: path), let bytes = try? read("/proc/locks") else { return [] }
    // Linux packs the two numbers of a device like this (makedev(3)).
    let device = UInt64(status.st_dev)
    let major = device >> 8 & 0xFFF | device >> 32 & ~0xFFF
    let minor = device & 0xFF | device >> 12 & ~0xFF
    let file = "\(hexadecimal(major)):\(hexadecimal(minor)):\(status.st_ino)"
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      .compactMap(FileLock.init).filter { $0.isOn(file) }
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return digits.count < 2 ? "0\(digits)" : digits
  }
}

extension FileLock {
  fileprivate func isOn(_ file: String) -> Bool { self.file == file }
}
