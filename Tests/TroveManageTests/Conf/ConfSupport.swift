internal import FoundationEssentials
import Testing
import TroveManage

/// A conf file or an option's text, and what is expected of it.
struct ConfCase: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String?

  init(_ text: String, _ expected: String?) {
    self.text = text
    self.expected = expected
  }

  var testDescription: String { text.debugDescription }
}

extension Conf {
  /// A configuration of one file, `a.conf`, that holds `text`.
  init(_ text: String, environment: [String: String] = [:]) throws(ConfError) {
    let file = try INIFile(Array(text.utf8), path: "a.conf", grammar: .oslo)
    self.init([file], environment: environment)
  }
}

/// The whole message of the error that `body` throws, or `nil` when it throws none.
func message(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}

/// A folder of files that goes away with the last use of it.
final class FolderOfFiles: Sendable {
  let path: Path

  /// A folder that holds `files`, by path and text.
  init(_ files: [String: String]) throws {
    let base = FileManager.default.temporaryDirectory
    let folder = base.appending(path: "trove-manage-\(UInt64.random(in: .min ... .max))")
    path = Path(folder.path(percentEncoded: false))
    for (name, text) in files {
      let url = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path.text)
  }

  /// Sets the permission bits of the file or folder `name` in it.
  func setMode(_ mode: UInt, of name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: self(name))
  }

  /// The path of the file or folder `name` in it.
  func callAsFunction(_ name: String) -> String { path.appending(name).text }
}

/// Numbers that are the same in every run.
struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  // SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// `text` with a few bytes of it dropped, doubled or replaced by one of `pieces`.
  mutating func mutation(of text: String, pieces: [String]) -> [UInt8] {
    var bytes = Array(text.utf8)
    for _ in 0..<Int.random(in: 1...6, using: &self) {
      let start = Int.random(in: 0...bytes.count, using: &self)
      let end = min(bytes.count, start + Int.random(in: 0...4, using: &self))
      switch UInt8.random(in: 0..<4, using: &self) {
      case 0: bytes.removeSubrange(start..<end)
      case 1: bytes.insert(contentsOf: bytes[start..<end], at: start)
      case 2: bytes.insert(UInt8.random(in: .min ... .max, using: &self), at: start)
      default:
        bytes.replaceSubrange(
          start..<end, with: pieces.randomElement(using: &self)?.utf8 ?? "".utf8)
      }
    }
    return bytes
  }
}
