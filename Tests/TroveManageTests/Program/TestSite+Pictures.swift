import Foundation
import TroveManage

extension TestSite {
  /// A site whose core has three tables and whose plugin has one that refers to core's; both are synced.
  static func forPictures(_ engine: Engine) throws -> Self {
    let site = try Self(
      engine,
      [
        "001_all_default_upgrade.sql": """
        CREATE TABLE hosts (id INTEGER PRIMARY KEY, name VARCHAR(36) NOT NULL, note TEXT);
        CREATE TABLE disks (
          id INTEGER PRIMARY KEY, host_id INTEGER NOT NULL REFERENCES hosts (id),
          twin_id INTEGER REFERENCES disks (id)
        );
        CREATE TABLE alone (word VARCHAR(10));
        """
      ], plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_x_default_upgrade.sql": """
        CREATE TABLE extras (host_id INTEGER PRIMARY KEY REFERENCES hosts (id));
        """
      ])
    return site
  }

  /// Names that mean something in one of the languages; the last one has a line break.
  static let hostileNames = [
    "a<b>&amp;c", "\"quoted\"", "back\\slash\\", "100% %% #35; ;", "]]> --> <!--",
    "}o--o{ : x", "direction LR", "Direction\u{A0}TB", "~a~", "pk", "日本語 é", "a\u{1}b\u{7F}c",
    "line\nbreak",
  ]

  /// Makes a table of each hostile name, with a column of that name that refers to the one before.
  func makeHostileTables() throws {
    var before: String?
    for name in Self.hostileNames {
      let quoted = "\"\(name.replacing("\"", with: "\"\""))\""
      let reference = before.map { " REFERENCES \($0) (\($0))" } ?? ""
      try database.execute("CREATE TABLE \(quoted) (\(quoted) INTEGER PRIMARY KEY\(reference))")
      before = quoted
    }
  }
}

/// What an XML parser finds in a text.
struct ParsedXML {
  /// The texts of all elements, by the names of the elements.
  let texts: [String: [String]]

  struct NotWellFormed: Error, CustomStringConvertible {
    let description: String
  }

  /// Lets Python's parser read `text`.
  init(_ text: String) throws {
    let folder = try TestFolder()
    let file = try folder.write("text.xml", text)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = [
      "-c",
      """
      import json, sys, xml.etree.ElementTree as tree
      found = {}
      for node in tree.parse(sys.argv[1]).iter():
          found.setdefault(node.tag.split('}')[1], []).append(node.text or '')
      json.dump(found, open(sys.argv[2], 'w'))
      """, file, folder.path("found.json"),
    ]
    let errors = Pipe()
    process.standardError = errors
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let data = errors.fileHandleForReading.readDataToEndOfFile()
      throw NotWellFormed(description: String(decoding: data, as: UTF8.self))
    }
    let data = try Data(contentsOf: URL(filePath: folder.path("found.json")))
    texts = try JSONDecoder().decode([String: [String]].self, from: data)
  }
}
