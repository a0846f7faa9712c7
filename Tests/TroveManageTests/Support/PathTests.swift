import Testing
import TroveManage

@Suite struct PathTests {
  @Test(arguments: [
    ("/etc/trove", "a.db", "/etc/trove/a.db"),
    ("/etc/trove/", "a.db", "/etc/trove/a.db"),
    ("/etc/trove", "/srv/a.db", "/srv/a.db"),
    ("/etc/trove", "../a.db", "/etc/trove/../a.db"),
    ("/etc/trove", "./a/../b", "/etc/trove/a/../b"),
    ("conf", "../var/a.db", "conf/../var/a.db"),
    (".", "a", "a"),
    (".", "../a", "../a"),
    ("..", "../a", "../../a"),
    ("/", "a", "/a"),
    ("/", "..", "/.."),
    ("/a", "..", "/a/.."),
    ("/a", "", "/a"),
  ])
  func `a relative path starts at the folder`(folder: String, relative: String, result: String) {
    #expect(Path(folder).appending(relative).text == result)
  }

  @Test(arguments: [
    ("/a/b", "/a", "b"), ("/a", "/", "a"), ("a", ".", "a"), ("a/b/", "a", "b"), ("/", ".", ""),
  ])
  func `a path has a parent and a name`(path: String, parent: String, name: String) {
    #expect(Path(path).parent.text == parent)
    #expect(Path(path).name == name)
  }
}
