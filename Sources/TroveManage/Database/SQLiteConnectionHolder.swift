internal import Glibc

extension SQLiteConnection {
  /// Who keeps us from writing to the database file at `path`, by the kernel's list of locks.
  ///
  /// A writer locks the byte 0x40000001 of the file exclusively, and its neighbours before it writes
  /// (os.h, PENDING_BYTE and SHARED_SIZE); in WAL mode it is byte 120 of the file with the ending
  /// `-shm` (walformat.html §2.3.1).
  static func lockHolder(ofFile path: String) -> LockHolder? {
    let file = FileSystem.realPath(of: path)
    let main = locks(on: file, over: 0x4000_0000...0x4000_01FF)
    let log = locks(on: "\(file)-shm", over: 120...120)
    // A commit waits for readers, too; in WAL mode everybody is one, and nobody waits for them.
    let holder = (main + log).first { $0.mode == .exclusive } ?? (log.isEmpty ? main.first : nil)
    guard let holder else { return nil }
    return LockHolder(RunningProcess(id: holder.process))
  }

  /// The locks of other processes.
  private static func locks(on file: String, over bytes: ClosedRange<UInt64>) -> [FileLock] {
    FileSystem.locks(on: file).filter { $0.process != Int(getpid()) && $0.bytes.overlaps(bytes) }
  }
}

extension LockHolder {
  fileprivate init(_ process: RunningProcess) {
    self.init()
    self.process = process.id
    program = process.command
    user = process.user
    since = process.start
  }
}
