import Foundation
import Testing
import TroveManage

/// A private primary with a streaming standby, both gone when the test lets go of them.
final class StandbyPair {
  let primaryPort: Int
  let standbyPort: Int
  private let folder: TestFolder
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()

  /// Starts both and waits until they are up.
  init() throws {
    folder = try TestFolder()
    process.executableURL = URL(filePath: Checkout.root.appending("Tests/with-standby").text)
    process.arguments = [folder.path]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    let words = Self.line(from: output).split(separator: " ")
    try #require(words.count == 3 && words[0] == "ready", "\(words)")
    primaryPort = try #require(Int(words[1]))
    standbyPort = try #require(Int(words[2]))
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// Makes the standby the primary and stops the one that was it.
  func failOver() throws {
    try input.fileHandleForWriting.write(contentsOf: Data("promote\n".utf8))
    try #require(Self.line(from: output) == "promoted")
  }

  private static func line(from pipe: Pipe) -> String {
    var bytes: [UInt8] = []
    while let byte = pipe.fileHandleForReading.readData(ofLength: 1).first, byte != 0x0A {
      bytes.append(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
