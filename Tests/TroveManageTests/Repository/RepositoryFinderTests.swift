import Foundation
import Testing

@testable import TroveManage

@Suite struct RepositoryFinderTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    try folder.writeRepository("data/trove", id: "core", table: "v", scripts: [:])
  }

  private func members(_ plugins: String, path: String? = nil) throws -> [Member] {
    let lines = [
      "[DEFAULT]", "db_plugins = \(plugins)", path.map { "db_plugins_path = \($0)" } ?? "",
    ]
    let conf = try folder.write("etc/trove.conf", lines.joined(separator: "\n"))
    let settings = try Settings(try Conf(files: [conf], folders: [], environment: [:]))
    return try RepositoryFinder(settings, dataFolder: Path(folder.path("data"))).members()
  }

  private func message(_ body: () throws -> [Member]) throws -> String {
    let error = #expect(throws: RepositoryError.self) { _ = try body() }
    return "\(try #require(error))"
  }

  @Test func `core comes first, then the plugins in their order`() throws {
    try folder.writeRepository("etc/one", scripts: [:])
    try folder.writeRepository("etc/two", scripts: [:])
    let members = try members("./two, ./one")
    #expect(members.map(\.repository.id) == ["core", "etc/two", "etc/one"])
    #expect(members.map(\.role) == [.core, .plugin(name: "./two"), .plugin(name: "./one")])
  }

  @Test(arguments: ["a/b/migrate_repo", "a/b/Class/migrate_repo", "a/b/Class"])
  func `a dotted name is looked up in three places`(place: String) throws {
    try folder.writeRepository("plugins/\(place)", id: "p", table: "p", scripts: [:])
    let found = try members("a.b.Class", path: "../plugins")[1].repository
    #expect(found.folder.text.hasSuffix("/plugins/\(place)"))
  }

  @Test func `the first place with a migrate cfg wins, in the first folder that has one`() throws {
    for place in ["one/a/Class", "two/a/migrate_repo", "two/a/Class"] {
      try folder.writeRepository(place, id: place, table: "p", scripts: [:])
    }
    #expect(try members("a.Class", path: "../one, ../two")[1].repository.id == "one/a/Class")
    #expect(try members("a.Class", path: "../two, ../one")[1].repository.id == "two/a/migrate_repo")
  }

  @Test func `a plugin that is not found lists every place tried`() throws {
    let text = try message { try members("a.b.Class", path: "../one, ../two") }
    for place in ["one", "two"].flatMap({ folder in
      ["a/b/migrate_repo", "a/b/Class/migrate_repo", "a/b/Class"].map { "\(folder)/\($0)" }
    }) {
      #expect(text.contains(place))
    }
    #expect(text.contains("etc/trove.conf:2:14"))
  }

  @Test func `the same repository twice is refused, whatever the name`() throws {
    try folder.writeRepository("plugins/a/Class", id: "p", table: "p", scripts: [:])
    try FileManager.default.createSymbolicLink(
      atPath: folder.path("link"), withDestinationPath: folder.path("plugins/a/Class"))
    for list in ["a.Class, a.Class", "a.Class, ../plugins/a/Class", "../link, a.Class"] {
      #expect(try message { try members(list, path: "../plugins") }.contains("already in the list"))
    }
  }

  @Test func `one id in one table is refused, in two tables allowed`() throws {
    try folder.writeRepository("etc/same", id: "core", table: "v", scripts: [:])
    try folder.writeRepository("etc/other", id: "core", table: "w", scripts: [:])
    #expect(try message { try members("./same") }.contains("repository_id 'core' in v is taken by"))
    #expect(try members("./other").count == 2)
  }

  @Test func `the installed repositories are found from the program`() throws {
    try folder.writeRepository(
      "usr/share/trove-manage/migrate_repos/trove", id: "core", table: "v", scripts: [:])
    try folder.write("usr/bin/trove-manage", "")
    try folder.writeRepository("src/migrate_repos/trove", id: "core", table: "v", scripts: [:])
    try folder.write("src/.build/release/trove-manage", "")
    for (program, data) in [
      ("usr/bin/trove-manage", "usr/share/trove-manage/migrate_repos"),
      ("src/.build/release/trove-manage", "src/migrate_repos"),
    ] {
      let found = RepositoryFinder.installedDataFolder(forExecutable: Path(folder.path(program)))
      #expect(found?.text.hasSuffix(data) == true)
    }
  }
}
