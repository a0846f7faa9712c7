import Foundation

extension TestFolder {
  /// Sets what the repository `name` requires, in place of what it did: the fourth line of its
  /// `migrate.cfg` and on.
  func require(_ text: String, in name: String) throws {
    let config = try String(contentsOfFile: path("\(name)/migrate.cfg"), encoding: .utf8)
    let lines = config.split(separator: "\n").prefix(3)
    try write("\(name)/migrate.cfg", (lines + ["requires = \(text)\n"]).joined(separator: "\n"))
  }
}
