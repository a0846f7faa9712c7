internal import FoundationEssentials

/// A process of this machine, as far as the kernel shows it to us.
public struct RunningProcess: Hashable, Sendable {
  /// Its number.
  public let id: Int
  /// Its program and the arguments up to the first option; `nil` when that cannot be read.
  ///
  /// Options may hold passwords.
  public let command: String?
  /// The user that it belongs to.
  public let user: String?
  /// When it was started.
  public let start: Moment?

  /// The process with the number `id`, looked at once.
  public init(id: Int) {
    self.id = id
    let folder = "/proc/\(id)"
    command = (try? FileSystem.read("\(folder)/cmdline")).flatMap(Self.command)
    start = Self.start(in: folder)
    let attributes = try? FileManager.default.attributesOfItem(atPath: folder)
    user = attributes?[.ownerAccountName] as? String
  }

  /// The words of a command line, each of which ends with a NUL.
  private static func command(_ line: [UInt8]) -> String? {
    var words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
    guard let program = words.first else { return nil }
    words[0] = Path(program).name
    let plain = words.prefix(3).prefix { word in
      !word.hasPrefix("-") && !word.contains("=") && !word.contains("://")
        && !word.unicodeScalars.contains(where: \.isControl)
    }
    return plain.isEmpty ? nil : plain.joined(separator: " ")
  }

  /// The time that field 22 of `stat` tells in ticks since the machine was started (proc(5)); a tick is
  /// a hundredth of a second on every Linux that Swift runs on.
  private static func start(in folder: String) -> Moment? {
    guard let stat = try? FileSystem.read("\(folder)/stat"),
      // The second field is the name in parentheses and may hold anything.
      let name = stat.lastIndex(of: UInt8(ascii: ")")),
      let ticks = number(20, of: stat[name...]),
      let uptime = try? FileSystem.read("/proc/uptime"), let now = number(0, of: uptime[...])
    else { return nil }
    let age = max(0, now - ticks / 100)
    let seconds = (Date().timeIntervalSince1970 - age).rounded()
    return Moment(seconds: Int64(seconds), age: .seconds(age))
  }

  /// The number in the field with that index.
  private static func number(_ index: Int, of text: ArraySlice<UInt8>) -> Double? {
    let fields = text.split(separator: UInt8(ascii: " "))
    guard fields.indices.contains(index) else { return nil }
    return Double(String(decoding: fields[index], as: UTF8.self))
  }
}
