import Testing
import TroveManage

@Suite struct INIFileConfigParserTests {
  private func file(_ text: String) throws(ConfError) -> INIFile {
    try INIFile(Array(text.utf8), path: "migrate.cfg", grammar: .configParser)
  }

  @Test(arguments: [
    ConfCase("[s]\nk = v", "v"),
    ConfCase("[s]\nk: v", "v"),
    ConfCase("[s]\nk : a=b", "a=b"),
    ConfCase("[s]\nK = v", "v"),
    ConfCase("[s]\nk = 'v'", "'v'"),
    ConfCase("[s]\nk =", ""),
    ConfCase("[s]\nk = v # c", "v # c"),
    ConfCase("[s]\n# c\n  ; c\nk = v", "v"),
    ConfCase("[s]\n  k = v", "v"),
    ConfCase("  [s]\n k = v", "v"),
    ConfCase("[s]\n  a = 1\n  k = v\n  b = 2", "v"),
    ConfCase("[s]\n  a = 1\n k = v", "v"),
    ConfCase("[s]\na = 1\n k = v", nil),
    ConfCase("[s] # c\nk = v", "v"),
    ConfCase("[S]\nk = v", nil),
    ConfCase("[s]\nk = a\n b\n\n c\n\nx = 1", "a\nb\n\nc"),
    ConfCase("[s]\nk = a\n# comment\n b", "a\nb"),
    ConfCase("[s]\nk = a\n  # comment\n b", "a\nb"),
    ConfCase("[s]\nk = ['postgresql', 'sqlite']", "['postgresql', 'sqlite']"),
    ConfCase("[s]\nk = a\n [b]\n c = 1", "a\n[b]\nc = 1"),
    ConfCase("[DEFAULT]\nk = v\n[s]\nx = 1", "v"),
    ConfCase("[DEFAULT]\nk = v\n[s]\nk = w", "w"),
    ConfCase("[DEFAULT]\nk = v", nil),
    ConfCase("[s]\r\nk = v\r\n", "v"),
    ConfCase("\u{FEFF}[s]\nk = v", "v"),
    ConfCase("[s]\nk = 100%% sure", "100% sure"),
    // The reference refuses a single percent sign.
    ConfCase("[s]\nk = 100% mine%", "100% mine%"),
  ])
  func `a file is read as Python's configparser does`(_ test: ConfCase) throws {
    #expect(try file(test.text).entry("k", in: "s")?.value == test.expected)
    #expect(try file(test.text).entry("K", in: "s")?.value == test.expected)
  }

  @Test(arguments: [
    ConfCase("k = v", "migrate.cfg:1:1: an option stands above the first section"),
    ConfCase(
      "[s\nk = v", "migrate.cfg:1:1: a section's name must end with ']', and the line with it"),
    ConfCase("[]\nk = v", "migrate.cfg:1:1: a section needs a name between '[' and ']'"),
    ConfCase("[s]\nk", "migrate.cfg:2:1: neither a section, a comment nor 'key = value'"),
    ConfCase("[s]\n= v", "migrate.cfg:2:1: the name of an option is missing before the '=' or ':'"),
    ConfCase("[s]\n[s]", "migrate.cfg:2:1: the section [s] comes a second time"),
    ConfCase("[s]\nk = v\nK = w", "migrate.cfg:3:1: 'k' is set a second time, first in line 2"),
    ConfCase(
      "[s]\nk = a\n %(x)s",
      "migrate.cfg:2:5: '%(' would insert another value, which is not supported"),
  ])
  func `what configparser refuses is an error that names the place`(_ test: ConfCase) {
    let text = message { _ = try file(test.text) }
    #expect(text?.split(separator: "\n").first.map(String.init) == test.expected)
  }
}
