import Foundation
import Testing

/// The README's promises, each with the tests that hold it.
@Suite struct PromiseTests {
  @Test func `every test that a promise of the README names is there`() throws {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let root = tests.deletingLastPathComponent().deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    let section = try #require(
      readme.split(separator: "\n## ").first { $0.hasPrefix("What it promises") })
    var text = ""
    for name in try FileManager.default.subpathsOfDirectory(atPath: tests.path)
    where name.hasSuffix("Tests.swift") {
      text += try String(contentsOf: tests.appending(path: name), encoding: .utf8)
    }
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
    #expect(rows.count >= 20)
    for row in rows {
      let cells = row.split(separator: "|")
      let names = try #require(cells.last { $0.contains("`") }).split(separator: "`")
        .map(String.init).filter { $0.contains { $0.isLetter } }
      #expect(!names.isEmpty, "\(row)")
      for name in names {
        let isThere =
          name.hasSuffix(".py")
          ? FileManager.default.fileExists(
            atPath: root.appending(path: "Tests/Faults/\(name)").path)
          : text.contains("func `\(name)`(")
        #expect(isThere, "no test is called: \(name)")
      }
    }
  }
}
