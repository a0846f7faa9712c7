import Testing
import TroveManage

@Suite struct ConfOptionTests {
  /// The folder `conf` of the package.
  private static let folder = Path(#filePath).parent.parent.parent.parent.appending("conf")

  private static func text(_ name: String) throws -> String {
    String(decoding: try FileSystem.read(folder.appending(name).text), as: UTF8.self)
  }

  @Test func `the sample holds the table of options`() throws {
    #expect(try Self.text("trove.conf.sample") == ConfOption.sample)
  }

  @Test func `the sample sets nothing`() throws {
    let conf = try Conf(ConfOption.sample)
    for option in ConfOption.all {
      #expect(try conf.value(option.name.option, group: option.name.group) == nil)
    }
  }

  @Test func `the sample without comment signs is a configuration of defaults`() throws {
    let lines = ConfOption.sample.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("#") && !$0.hasPrefix("# ") ? $0.dropFirst() : $0 }
    let conf = try Conf(lines.joined(separator: "\n"))
    for option in ConfOption.all {
      let value = try conf.value(option.name.option, group: option.name.group)
      #expect(value?.text == option.defaultText ?? option.example ?? "")
    }
    let settings = try Settings(conf)
    let defaults = try Settings(Conf(""))
    #expect(settings.transaction == defaults.transaction)
    #expect(settings.lockWait == defaults.lockWait)
    #expect(settings.connectWait == defaults.connectWait)
    #expect(settings.isProtected == defaults.isProtected)
  }

  @Test func `an option has a default or an example, and a name of its own`() {
    #expect(Set(ConfOption.all.map(\.name)).count == ConfOption.all.count)
    for option in ConfOption.all {
      #expect((option.defaultText == nil) == (option.example != nil))
      #expect(option.help.hasSuffix("."))
    }
  }

  @Test(arguments: ["trove.conf", "trove-postgresql.conf"])
  func `the conf files that come with the program can be used`(name: String) throws {
    let file = Self.folder.appending(name).text
    let settings = try Settings(Conf(files: [file], folders: [], environment: [:]))
    #expect(settings.plugins.map(\.text) == ["com.foo.dbaas.db.plugin.DBPlugins"])
    #expect(settings.pluginFolders == [Self.folder.appending("../migrate_repos")])
    #expect(try settings.connection().folder == Self.folder)
  }
}
