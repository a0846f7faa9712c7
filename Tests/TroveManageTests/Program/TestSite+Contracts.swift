import Testing
import TroveManage

extension TestSite {
  /// A site whose core has the versions 1 to 6, up and down, with the plugins `requires` by name, which
  /// have the versions 1 to 3 and require what stands there.
  ///
  /// `installed` are core's version and those of the plugins that are there to begin with.
  static func withContracts(
    _ engine: Engine, _ requires: KeyValuePairs<String, String>, installed: [String: Int] = [:]
  ) throws -> Self {
    let site = try Self(
      engine, scripts("core", upTo: 6),
      plugins: requires.map { "./\($0.key)" }.joined(separator: ","))
    for (name, _) in requires {
      try site.folder.writeRepository(name, scripts: scripts(name, upTo: 3))
    }
    // Each is put there alone, before anybody requires anything.
    for (name, version) in installed.sorted(by: { $0.key < $1.key }) {
      for arguments in [["db_version_control"], ["db_upgrade", "--version", String(version)]] {
        try site.run(arguments + ["--repo_path", site.folder.path(name)]).expectSuccess()
      }
    }
    for (name, text) in requires { try site.folder.require(text, in: name) }
    return site
  }

  /// Scripts that make and drop a table for each version.
  static func scripts(_ name: String, upTo last: Int) -> [String: String] {
    let scripts = (1...last).flatMap { version in
      [
        ("00\(version)_t_default_upgrade.sql", "CREATE TABLE \(name)\(version) (id INTEGER);"),
        ("00\(version)_t_default_downgrade.sql", "DROP TABLE \(name)\(version);"),
      ]
    }
    return Dictionary(uniqueKeysWithValues: scripts)
  }

  /// The line of the plugin's contracts, as messages write it.
  func place(_ plugin: String) -> String { "\(folder.path(plugin))/migrate.cfg:4" }

  /// The path as the option that names it.
  func option(_ plugin: String) -> String { "--repo_path \(folder.path(plugin))" }
}
