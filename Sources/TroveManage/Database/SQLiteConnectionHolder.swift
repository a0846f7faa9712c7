extension SQLiteConnection {
  /// Who keeps us from writing to the database file at `path`, by the kernel's list of locks.
  ///
  /// A writer locks the byte 0x40000001 of the file exclusively, and its neighbours before it writes
  /// (os.h, PENDING_BYTE and SHARED_SIZE); in WAL mode it is byte 120 of the file with the ending
  /// `-shm` (walformat.html §2.3.1).
  static func lockHolder(ofFile path: String) -> LockHolder? {
    let file = FileSystem.realPath(of: path)
    let writers = [(file, UInt64(0x4000_0000)...0x4000_01FF), ("\(file)-shm", 120...120)]
    for (file, bytes) in writers {
      let locks = FileSystem.locks(on: file)
      guard let lock = locks.first(where: { $0.mode == .exclusive && $0.bytes.overlaps(bytes) })
      else { continue }
      let process = RunningProcess(id: lock.process)
      var holder = LockHolder()
      holder.process = process.id
      holder.program = process.command
      holder.user = process.user
      holder.since = process.start
      return holder
    }
    return nil
  }
}
