internal import FoundationEssentials
internal import Glibc

/// A program of somebody else's that runs beside ours, and the channel over which the two talk in lines.
///
/// It finds the channel at file descriptor 3, and at 4 a pipe that ends when we do. What it prints comes
/// out line by line. It has a process group of its own, so that what a terminal sends reaches us alone, and
/// the whole group goes when this goes.
@safe public final class ChildProcess {
  /// What a wait for a line has come to.
  public enum Answer: Sendable {
    /// The line, without its end.
    case line([UInt8])
    /// There will be none: how the program has ended.
    case ended(String)
    /// There was none in time.
    case late
  }

  /// Why a program could not be started.
  public struct StartError: Error, Sendable {
    /// What the system says.
    public let reason: String
  }

  /// Called with each line that the program prints.
  public var outputHandler: (String) -> Void = { _ in }

  private let process: pid_t
  private let channel: Int32
  private let output: Int32
  /// Nothing is ever written to it: its end is all that it says.
  private let life: Int32
  /// What goes with the next line that is sent.
  private var posted: [UInt8] = []
  private var received: [UInt8] = []
  /// How many bytes of what was received are known to hold no line's end.
  private var searched = 0
  private var printed: [UInt8] = []
  private var ending: String?
  /// Whether the program has ended, or was ended.
  public private(set) var isOver = false

  /// Starts `program`, which is looked up on the PATH unless it has a `/`.
  public init(_ program: String, _ arguments: [String]) throws(StartError) {
    var sockets: [Int32] = [-1, -1]
    var outputs: [Int32] = [-1, -1]
    var lives: [Int32] = [-1, -1]
    let isOpen =
      unsafe socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &sockets) == 0
      && pipe(&outputs) == 0 && pipe(&lives) == 0
    let ends = sockets + outputs + lives
    // Above all numbers that the program is to find them at; it must not inherit our ends of them, or it
    // would never learn that we are gone.
    let own = isOpen ? ends.map { fcntl($0, F_DUPFD_CLOEXEC, 10) } : []
    let error = StartError(errno)
    for end in ends where end >= 0 { close(end) }
    guard isOpen, !own.contains(-1) else {
      for end in own where end >= 0 { close(end) }
      throw error
    }
    defer { for end in [own[1], own[3], own[4]] { close(end) } }
    channel = own[0]
    output = own[2]
    life = own[5]
    let targets = [(own[3], 1), (own[3], 2), (own[1], 3), (own[4], 4)].map { ($0.0, Int32($0.1)) }
    do {
      process = try Self.start(program, arguments, duplicating: targets)
    } catch {
      for end in [own[0], own[2], own[5]] { close(end) }
      throw error
    }
    _ = fcntl(output, F_SETFL, O_NONBLOCK)
  }

  deinit {
    end()
    for end in [channel, output, life] { close(end) }
  }

  private static func start(
    _ program: String, _ arguments: [String], duplicating targets: [(Int32, Int32)]
  ) throws(StartError) -> pid_t {
    var actions = unsafe posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    unsafe posix_spawn_file_actions_init(&actions)
    unsafe posix_spawnattr_init(&attributes)
    defer {
      unsafe posix_spawn_file_actions_destroy(&actions)
      unsafe posix_spawnattr_destroy(&attributes)
    }
    unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (source, target) in targets {
      unsafe posix_spawn_file_actions_adddup2(&actions, source, target)
    }
    // We may hold signals back; the program shall not.
    var none = sigset_t()
    var all = sigset_t()
    unsafe sigemptyset(&none)
    unsafe sigfillset(&all)
    unsafe posix_spawnattr_setsigmask(&attributes, &none)
    unsafe posix_spawnattr_setsigdefault(&attributes, &all)
    unsafe posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
    unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    var process: pid_t = 0
    let code = unsafe withStrings([program] + arguments) { arguments in
      unsafe withStrings(environment) { environment in
        guard let arguments = unsafe arguments, let environment = unsafe environment else {
          return EINVAL
        }
        return unsafe posix_spawnp(
          &process, program, &actions, &attributes, arguments, environment)
      }
    }
    guard code == 0 else { throw StartError(code) }
    return process
  }

  /// Calls `body` with the texts as C has a list of them, which ends with a null pointer.
  private static func withStrings<Result>(
    _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
  ) -> Result {
    let pointers = unsafe texts.map { unsafe strdup($0) } + [nil]
    defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
    return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress) }
  }

  /// Sends a line; a program that has ended does not get it.
  public func send(_ line: [UInt8]) {
    post(line)
    var rest = posted[...]
    posted = []
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { bytes in
        unsafe Glibc.send(channel, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// Lets a line go with the next one that is sent, for a program that has said more already than it answers.
  public func post(_ line: [UInt8]) {
    posted += line
    posted.append(UInt8(ascii: "\n"))
  }

  /// Whether the next line is there already.
  public var hasLine: Bool { received.contains(UInt8(ascii: "\n")) }

  /// Waits for a line, for at most `limit`; what is printed meanwhile is handed on.
  public func receive(within limit: Duration) -> Answer {
    let deadline = ContinuousClock.now + limit
    while true {
      if let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let line = Array(received[..<end])
        received.removeSubrange(...end)
        searched = 0
        readOutput()
        return .line(line)
      }
      searched = received.count
      if let ending { return .ended(ending) }
      let left = deadline - .now
      guard left > .zero else { return .late }
      wait(for: min(left, .milliseconds(100)))
    }
  }

  private func wait(for time: Duration) {
    var polled = [
      pollfd(fd: channel, events: Int16(POLLIN), revents: 0),
      pollfd(fd: output, events: Int16(POLLIN), revents: 0),
    ]
    let count = unsafe polled.withUnsafeMutableBufferPointer { polled in
      unsafe poll(polled.baseAddress, nfds_t(polled.count), Int32(max(1, time.milliseconds)))
    }
    if polled[1].revents != 0 { readOutput() }
    if polled[0].revents != 0 {
      let isOpen = read(channel, into: &received)
      // Who has closed the channel cannot be talked to, be it alive or not.
      if !isOpen { end(because: "it closed the channel to us") }
    }
    // A process of its own that stays would keep the channel open.
    if count <= 0 || polled[1].revents & Int16(POLLHUP) != 0, hasExited(WNOHANG) { end() }
  }

  /// Hands on what was printed.
  private func readOutput() {
    while read(output, into: &printed), !printed.isEmpty {
      while let end = printed.firstIndex(of: UInt8(ascii: "\n")) {
        outputHandler(String(decoding: printed[..<end], as: UTF8.self))
        printed.removeSubrange(...end)
      }
      if printed.count < 1 << 16 { break }
      flush()
    }
  }

  private func flush() {
    guard !printed.isEmpty else { return }
    outputHandler(String(decoding: printed, as: UTF8.self))
    printed = []
  }

  /// Reads what is there.
  ///
  /// - Returns: whether there may be more, now or later.
  private func read(_ descriptor: Int32, into buffer: inout [UInt8]) -> Bool {
    let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { space, count in
      count = unsafe max(0, Glibc.read(descriptor, space.baseAddress, space.count))
    }
    buffer += chunk
    return !chunk.isEmpty
  }

  private func hasExited(_ options: Int32) -> Bool {
    guard ending == nil else { return true }
    var status: Int32 = 0
    guard unsafe waitpid(process, &status, options) == process else { return false }
    let signal = status & 0x7F
    ending =
      signal == 0 ? "it ended with exit code \(status >> 8 & 0xFF)" : "signal \(signal) ended it"
    return true
  }

  /// Tells the program that nothing more is sent, and does not wait for what it makes of that.
  public func dismiss() { shutdown(channel, Int32(SHUT_RDWR)) }

  /// Ends the program and whatever it has started, and waits for that.
  ///
  /// - Parameter reason: why, when it does not end by itself within a moment.
  public func end(because reason: String = "it did not end by itself") {
    guard !isOver else { return }
    isOver = true
    dismiss()
    let deadline = ContinuousClock.now + .milliseconds(200)
    while !hasExited(WNOHANG), ContinuousClock.now < deadline { usleep(500) }
    kill(-process, SIGKILL)
    if ending == nil {
      _ = hasExited(0)
      ending = reason
    }
    readOutput()
    flush()
  }
}

extension ChildProcess.StartError {
  fileprivate init(_ code: Int32) {
    reason = unsafe String(cString: strerror(code))
  }
}
