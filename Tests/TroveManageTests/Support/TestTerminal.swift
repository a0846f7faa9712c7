import Foundation

/// A terminal at which a test sits.
final class TestTerminal {
  private let keyboard: FileHandle
  /// What a program reads from.
  let input: FileHandle

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

  /// Types `text`.
  func type(_ text: String) { keyboard.write(Data(text.utf8)) }

  struct NoTerminal: Error {}
}
