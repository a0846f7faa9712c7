internal import CPostgres
internal import Glibc

extension PostgresConnection {
  /// Waits until the server says something, a tenth of a second at the most.
  ///
  /// - Returns: whether the session is still there.
  func wait() -> Bool {
    var descriptor = pollfd(fd: unsafe PQsocket(handle), events: Int16(POLLIN), revents: 0)
    guard descriptor.fd >= 0 else { return false }
    return unsafe poll(&descriptor, 1, 100) >= 0 || errno == EINTR
  }

  /// Takes the lines of a `COPY … TO STDOUT` off the session, which can do nothing else before.
  func skipCopiedLines() throws(DatabaseError) {
    var line: UnsafeMutablePointer<CChar>?
    while true {
      switch unsafe PQgetCopyData(handle, &line, 1) {
      case 0: try waitForInput()
      case 1...: unsafe PQfreemem(line)
      default: return
      }
    }
  }

  /// Asks the server to stop the running statement.
  func cancel() {
    guard let request = unsafe PQgetCancel(handle) else { return }
    defer { unsafe PQfreeCancel(request) }
    var message = [CChar](repeating: 0, count: 256)
    unsafe PQcancel(request, &message, Int32(message.count))
  }
}

/// Receives what the server says besides results.
final class PostgresNotices {
  var handler: (String) -> Void = { _ in }

  /// Installs itself on `connection`, which must not outlive it; libpq would print to stderr.
  func attach(to connection: OpaquePointer) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe PQsetNoticeReceiver(
      connection,
      { context, result in
        guard let context = unsafe context else { return }
        let notices = unsafe Unmanaged<PostgresNotices>.fromOpaque(context).takeUnretainedValue()
        unsafe notices.handler(PostgresText.sentence(PQresultErrorMessage(result)))
      }, context)
  }
}

/// Text that libpq owns.
enum PostgresText {
  /// A message without the line break at its end.
  static func sentence(_ pointer: UnsafePointer<CChar>?) -> String {
    guard let pointer = unsafe pointer else { return "" }
    var text = unsafe String(cString: pointer)
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}
