import Testing
import TroveManage

@Suite struct ConfSourceTests {
  /// Conf files as the table of the reference names them.
  private static let files = [
    "a.conf": "[database]\nconnection = from_a\nidle_timeout = 1\n",
    "b.conf": "[database]\nconnection = from_b\n",
    "d/10.conf": "[database]\nconnection = from_d10\n",
    "d/20.conf": "[database]\nconnection = from_d20\n",
    "d/.hidden.conf": "broken",
    "d/30.conf.bak": "broken",
    "e/1.conf": "[DEFAULT]\ndns_domain_name = zz\n",
    "empty/readme": "",
    "home/h.conf": "[database]\nconnection = from_home_h\n",
  ]

  private func conf(
    in folder: FolderOfFiles, _ sources: [Conf.Source], home: String? = nil
  ) throws(ConfError) -> Conf {
    try Conf(reading: sources, environment: home.map { ["HOME": folder($0)] } ?? [:])
  }

  @Test func `what comes later on the command line wins`() throws {
    let folder = try FolderOfFiles(Self.files)
    func connection(_ sources: Conf.Source...) throws -> String? {
      try conf(in: folder, sources).value("connection", group: "database")?.text
    }
    let (a, b) = (Conf.Source.file(folder("a.conf")), Conf.Source.file(folder("b.conf")))
    let (d, e) = (Conf.Source.folder(folder("d")), Conf.Source.folder(folder("e")))
    #expect(try connection(a, b) == "from_b")
    #expect(try connection(b, a) == "from_a")
    #expect(try connection(a, d) == "from_d20")
    #expect(try connection(d, a) == "from_a")
    #expect(try connection(d) == "from_d20")
    #expect(try connection(d, e) == "from_d20")
    #expect(try connection(.folder(folder("empty"))) == nil)
    #expect(try connection(.folder(folder("empty/"))) == nil)
  }

  @Test func `values of earlier files stay where a later one does not set them`() throws {
    let folder = try FolderOfFiles(Self.files)
    let conf = try Conf(
      files: [folder("a.conf"), folder("b.conf")], folders: [folder("d"), folder("e")],
      environment: [:])
    #expect(try conf.value("connection", group: "database")?.text == "from_d20")
    #expect(try conf.value("idle_timeout", group: "database")?.text == "1")
    #expect(try conf.value("dns_domain_name")?.text == "zz")
    #expect(
      conf.files == ["a.conf", "b.conf", "d/10.conf", "d/20.conf", "e/1.conf"].map { folder($0) })
  }

  @Test func `a tilde at the start of a path is the home folder`() throws {
    let folder = try FolderOfFiles(Self.files)
    let conf = try conf(in: folder, [.file("~/h.conf")], home: "home")
    #expect(try conf.value("connection", group: "database")?.text == "from_home_h")
    #expect(conf.files == [folder("home/h.conf")])
  }

  @Test func `a source that is named must be there`() throws {
    let folder = try FolderOfFiles(Self.files)
    func failure(_ source: Conf.Source, home: String? = nil) -> String? {
      message { _ = try conf(in: folder, [source], home: home) }
    }
    #expect(
      failure(.file(folder("missing.conf"))) == "\(folder("missing.conf")): no such file or folder")
    #expect(failure(.folder(folder("missing"))) == "\(folder("missing")): no such file or folder")
    #expect(failure(.file(folder("d"))) == "\(folder("d")): is a folder, not a file")
    // The reference takes a file for an empty folder.
    #expect(failure(.folder(folder("a.conf"))) == "\(folder("a.conf")): is a file, not a folder")
    #expect(failure(.file("~/n.conf"), home: "home")?.hasPrefix(folder("home/n.conf")) == true)
    #expect(failure(.file("")) == "'': no such file or folder")
    #expect(failure(.folder("")) == "'': no such file or folder")
  }

  @Test(arguments: [
    ([], "file /etc/trove/trove.conf"),
    (["/h/.trove/trove.conf"], "file /h/.trove/trove.conf"),
    (["/h/.trove/trove.conf", "/h/trove.conf"], "file /h/.trove/trove.conf"),
    (["/h/trove.conf"], "file /h/trove.conf"),
    (
      ["/h/trove.conf", "/h/.trove/trove-manage.conf"],
      "file /h/trove.conf, file /h/.trove/trove-manage.conf"
    ),
    (
      ["/h/trove.conf", "/h/.trove/trove-manage.conf", "/h/.trove/trove.conf.d"],
      "file /h/trove.conf, file /h/.trove/trove-manage.conf, folder /h/.trove/trove.conf.d"
    ),
    (
      ["/etc/trove-manage.conf", "/etc/trove.conf"],
      "file /etc/trove/trove.conf, file /etc/trove-manage.conf"
    ),
    (
      ["/etc/trove-manage.conf.d", "/etc/trove.conf.d", "/etc/trove/trove.conf.d"],
      "file /etc/trove/trove.conf, folder /etc/trove/trove.conf.d, folder /etc/trove-manage.conf.d"
    ),
  ])
  func `where nothing is named, default files and folders are read`(
    present: [String], expected: String
  ) {
    let present = present + ["/etc/trove/trove.conf"]
    let sources = Conf.sources([], home: "/h") { present.contains($0) }
    #expect(words(sources) == expected)
  }

  @Test func `a named file stands in for default files, a named folder for default folders`() {
    let present = ["/h/trove.conf", "/h/.trove/trove-manage.conf", "/h/.trove/trove.conf.d"]
    func sources(_ named: Conf.Source...) -> String {
      words(Conf.sources(named, home: "/h") { present.contains($0) })
    }
    #expect(sources(.file("a")) == "folder /h/.trove/trove.conf.d, file a")
    #expect(
      sources(.folder("d")) == "file /h/trove.conf, file /h/.trove/trove-manage.conf, folder d")
    #expect(sources(.folder("d"), .file("a")) == "folder d, file a")
    #expect(sources(.file("a"), .folder("d")) == "file a, folder d")
  }

  @Test(arguments: [nil, ""])
  func `without a home folder only the system's are searched`(home: String?) {
    let sources = Conf.sources([], home: home) { _ in true }
    #expect(
      words(sources)
        == ["file trove.conf", "file trove-manage.conf", "folder trove.conf.d"]
        .map { $0.replacing(" ", with: " /etc/trove/") }.joined(separator: ", ")
        + ", folder /etc/trove/trove-manage.conf.d")
  }

  private func words(_ sources: [Conf.Source]) -> String {
    sources.map { source in
      switch source {
      case .file(let path): "file \(path)"
      case .folder(let path): "folder \(path)"
      }
    }.joined(separator: ", ")
  }
}
