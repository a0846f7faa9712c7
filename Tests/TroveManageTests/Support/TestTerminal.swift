import Foundation

/// A terminal at which a test sits.
final class TestTerminal {
  private let keyboard: FileHandle
  /// What a program reads from, and writes to.
  let input: FileHandle
  private var received = Data()

  init() throws {
    let descriptor = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (number, lock): (Int32, Int32) = (0, 0)
    // What unlockpt(3) and ptsname(3) do, which Foundation does not bring.
    let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
    guard descriptor >= 0, unsafe ioctl(descriptor, setLock, &lock) == 0,
      unsafe ioctl(descriptor, getNumber, &number) == 0
    else { throw NoTerminal() }
    keyboard = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    input = try FileHandle(forUpdating: URL(filePath: "/dev/pts/\(number)"))
  }

  /// A terminal that is so many columns wide, or does not say how wide it is.
  convenience init(columns: Int?) throws {
    try self.init()
    var size = winsize(
      ws_row: 24, ws_col: UInt16(columns ?? 0), ws_xpixel: 0, ws_ypixel: 0)
    guard unsafe ioctl(input.fileDescriptor, UInt(TIOCSWINSZ), &size) == 0 else {
      throw NoTerminal()
    }
  }

  /// All that it has received so far.
  ///
  /// It must be asked now and then, or a program that writes much would wait for a reader.
  func transcript() -> String {
    var waiting = pollfd(fd: keyboard.fileDescriptor, events: Int16(POLLIN), revents: 0)
    while unsafe poll(&waiting, 1, 0) == 1, waiting.revents & Int16(POLLIN) != 0 {
      received += keyboard.availableData
    }
    return String(decoding: received, as: UTF8.self)
  }

  /// What it has received when `program` has come to its end.
  func transcript(of program: TestProgram.Running) throws -> String {
    try waitUntil("the end", within: .seconds(100)) {
      _ = transcript()
      return !program.process.isRunning
    }
    return transcript()
  }

  /// Types `text`.
  func type(_ text: String) { keyboard.write(Data(text.utf8)) }

  struct NoTerminal: Error {}
}
