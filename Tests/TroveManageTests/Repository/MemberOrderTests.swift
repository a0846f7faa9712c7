import Testing

@testable import TroveManage

@Suite struct MemberOrderTests {
  /// The ids of repositories in the order of a run; each is written as its id and what it requires.
  private static func order(_ samples: [(id: String, requires: String)]) throws -> [String] {
    let folder = try TestFolder()
    let members = try samples.enumerated().map { index, sample in
      try folder.writeRepository(sample.id, scripts: [:])
      try folder.require(sample.requires, in: sample.id)
      return Member(
        role: index == 0 ? .core : .plugin(name: sample.id),
        repository: try Repository(folder: Path(folder.path(sample.id))))
    }
    return try Member.ordered(members).map(\.repository.id)
  }

  static let samples: [(given: [(id: String, requires: String)], order: [String])] = [
    ([("core", ""), ("b", ""), ("a", "")], ["core", "b", "a"]),
    ([("core", ""), ("b", "core >= 3"), ("a", "core")], ["core", "b", "a"]),
    // One that requires another comes right after it; the others stay.
    ([("core", ""), ("a", "c"), ("b", ""), ("c", ""), ("d", "")], ["core", "b", "c", "a", "d"]),
    // A chain, the wrong way round.
    (
      [("core", ""), ("d", "c"), ("c", "b"), ("b", "a"), ("a", "core")],
      ["core", "a", "b", "c", "d"]
    ),
    // A diamond.
    (
      [("core", ""), ("d", "b, c"), ("c", "a"), ("b", "a"), ("a", "")],
      ["core", "a", "c", "b", "d"]
    ),
    // What core requires comes before it, with what that requires, and nothing else does.
    ([("core", "c"), ("a", ""), ("b", ""), ("c", "b")], ["b", "c", "core", "a"]),
    ([("core", "nowhere"), ("a", "gone >= 3")], ["core", "a"]),
  ]

  @Test(arguments: samples)
  func `a repository comes after those that it requires, and moves no further`(
    sample: (given: [(id: String, requires: String)], order: [String])
  ) throws {
    #expect(try Self.order(sample.given) == sample.order)
  }

  @Test func `a circle of two is shown with its files`() throws {
    let text = try #require(
      message { _ = try Self.order([("core", ""), ("a", "core, b >= 2"), ("b", "a < 9")]) })
    let lines = text.split(separator: "\n")
    #expect(lines.count == 4, "\(text)")
    #expect(lines[0].contains("/a/migrate.cfg:4: contracts go round in a circle"))
    #expect(lines[1].hasPrefix("  a requires b >= 2 (/") && lines[1].hasSuffix("/a/migrate.cfg:4)"))
    #expect(lines[2].hasPrefix("  b requires a < 9 (/") && lines[2].hasSuffix("/b/migrate.cfg:4)"))
    #expect(lines[3].hasPrefix("hint: "))
  }

  @Test func `a circle of three with core is shown, and who only leads to it is not`() throws {
    let text = try #require(
      message { _ = try Self.order([("core", "c"), ("x", "a"), ("a", "core"), ("c", "a")]) })
    let shown = text.split(separator: "\n").filter { $0.hasPrefix("  ") }
      .map { $0.split(separator: " (")[0] }
    #expect(shown == ["  core requires c", "  c requires a", "  a requires core"], "\(text)")
  }
}
