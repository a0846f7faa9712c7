import Glibc

/// The two streams of the program.
enum Output {
  /// Prints a line of a result on standard output.
  static func result(_ line: String) {
    print(line)
  }

  /// Prints a line of progress, or a message, on standard error.
  static func message(_ line: String) {
    var rest = Array("\(line)\n".utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { bytes in
        unsafe write(STDERR_FILENO, bytes.baseAddress, bytes.count)
      }
      // When even this fails, nobody is left to be told.
      guard written > 0 else { return }
      rest = rest.dropFirst(written)
    }
  }
}
