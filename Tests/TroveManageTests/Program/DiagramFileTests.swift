import Foundation
import Testing
import TroveManage

/// Where `db_diagram` writes, and what it refuses.
@Suite struct DiagramFileTests {
  private static func site() throws -> TestSite {
    let site = try TestSite.forPictures(.sqlite)
    try site.run("db_sync").expectSuccess()
    return site
  }

  @Test(arguments: DiagramFormat.allCases)
  func `a picture is replaced by a newer one`(format: DiagramFormat) throws {
    let site = try Self.site()
    let arguments = ["db_diagram", "--format", format.rawValue, "--output", "picture"]
    try site.run(arguments).expectSuccess("picture: 4 tables, 3 foreign keys\n")
    let first = try #require(try site.folder.contents()["picture"])
    #expect(
      try site.run("db_diagram", "--format", format.rawValue).output
        == String(decoding: first, as: UTF8.self))
    try site.database.execute("CREATE TABLE more (id INTEGER)")
    try site.run(arguments).expectSuccess("picture: 5 tables, 3 foreign keys\n")
    #expect(try site.folder.contents()["picture"] != first)
    // Also one in another language.
    try site.run("db_diagram", "--output", "picture").expectSuccess()
  }

  @Test func `an empty file is filled, any other stays as it is`() throws {
    let site = try Self.site()
    try site.folder.write("empty", "")
    try site.run("db_diagram", "--output", "empty").expectSuccess()
    for text in ["x", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"] {
      try site.folder.write("other.svg", text)
      try site.expectFailure(
        1, "db_diagram", "--output", "other.svg",
        naming: ["other.svg: is there already", "db_diagram has not made it", "hint: "])
    }
    try site.folder.link("link", to: site.folder.path("other.svg"))
    try site.expectFailure(1, "db_diagram", "--output", "link", naming: ["link: is there"])
    try site.folder.link("good", to: site.folder.path("empty"))
    try site.run("db_diagram", "--output", "good").expectSuccess()
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: site.folder.path("good"))
        == site.folder.path("empty"))
  }

  @Test func `what is no place for a file is named`() throws {
    let site = try Self.site()
    let samples = [
      ("no/such/x.svg", "no/such/x.svg: cannot be made: its folder is not there"),
      ("plugin", "plugin: is a folder"), ("/dev/null", "'/dev/null' is no regular file"),
      ("", "'' is no regular file"), ("plugin/", "is a folder"),
      ("trove.conf/x", "its folder is not there"),
    ]
    for (path, fact) in samples {
      try site.expectFailure(1, "db_diagram", "--output", path, naming: [fact])
    }
  }

  @Test func `wrong arguments are exit 2 and change nothing`() throws {
    let site = try Self.site()
    let samples: [([String], String)] = [
      (["--format", "png"], "--format takes one of svg, dot, mermaid, not 'png'"),
      (["--from", "nowhere"], "nowhere"), (["--scratch", "sqlite://"], "--from repositories"),
      (["--from", "repositories", "--scratch", "nonsense"], "no URL"), (["--output"], "--output"),
      (["extra"], "extra"),
    ]
    for (arguments, fact) in samples {
      try site.expectFailure(2, ["db_diagram"] + arguments, naming: [fact])
    }
    try site.expectFailure(1, "db_diagram", "--repo_path", "/no/such", naming: ["/no/such"])
  }

  @Test func `with --json the picture is in the document, unless it is in a file`() throws {
    let site = try Self.site()
    let text = try site.run("db_diagram").output
    let inside = try #require(
      try site.run("db_diagram", "--json").document()["diagram"] as? [String: Any])
    #expect(inside["text"] as? String == text)
    #expect(inside["format"] as? String == "svg")
    let outside = try #require(
      try site.run("db_diagram", "--json", "--output", "x.svg").document()["diagram"]
        as? [String: Any])
    #expect(outside["text"] == nil && outside["file"] as? String == "x.svg")
    let failure = try site.run("db_diagram", "--json", "--output", "trove.conf")
    #expect(failure.status == 1)
    #expect(try failure.document()["ok"] as? Bool == false)
  }

  /// Types differ by nature: each engine has a picture of its own.
  @Test(arguments: Engine.allCases)
  func `the picture in docs is that of the shipped core and plugin`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let outcome = try TestProgram.run(
      [
        "--config-file", Checkout.root.appending("conf/trove.conf").text, "db_diagram", "--from",
        "repositories",
      ], environment: ["OS_DATABASE__CONNECTION": database.urlText])
    outcome.expectSuccess()
    let file = Checkout.root.appending("docs/schema-\(engine.rawValue).svg").text
    let picture = String(decoding: try FileSystem.read(file), as: UTF8.self)
    #expect(outcome.output == picture, "docs/draw draws it anew")
  }
}
