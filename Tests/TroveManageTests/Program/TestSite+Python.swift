import Foundation
import TroveManage

/// Sites whose versions are written in Python.
extension TestSite {
  /// A site whose Python versions run in `environment`; `options` are more lines of `[migrate]`.
  static func withPython(
    _ engine: Engine, _ scripts: [String: String] = [:],
    in environment: PythonEnvironment = .reference,
    plugins: String = "", options: String = ""
  ) throws -> Self {
    let python = "python = \(try environment.interpreter)"
    return try Self(engine, scripts, plugins: plugins, options: "\(python)\n\(options)")
  }

  /// A site of three versions: the table `a` in SQL, the table `b` in Python, and `003_c.py`.
  static func withThirdVersion(
    _ engine: Engine, _ text: String, in environment: PythonEnvironment = .reference,
    options: String = ""
  ) throws -> Self {
    let site = try withPython(engine, in: environment, options: options)
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    try site.write(
      "002_b.py", upgrade("with migrate_engine.begin() as c: c.execute(\(create("b")))"))
    try site.write("003_c.py", text)
    return site
  }

  /// The third version's path.
  var thirdVersion: String { script("003_c.py") }

  /// A Python version whose upgrade executes `body`, from the third line on.
  static func upgrade(_ body: String) -> String {
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    return """
      import sqlalchemy as sa
      def upgrade(migrate_engine):
      \(lines.map { "    \($0)" }.joined(separator: "\n"))

      def downgrade(migrate_engine):
          pass

      """
  }

  /// The Python expression of the statement that makes a table.
  static func create(_ table: String) -> String {
    "sa.text('CREATE TABLE \(table) (id NUMERIC)')"
  }

  /// Python that writes the interpreter's process id into the file `name` of the folder, in one go.
  func writeProcessID(to name: String = "pid") -> String {
    let path = folder.path(name)
    return """
      import os
      open('\(path).new', 'w').write(str(os.getpid()))
      os.rename('\(path).new', '\(path)')
      """
  }

  /// Waits for the file that ``writeProcessID(to:)`` writes.
  func processID(_ name: String = "pid") throws -> Int {
    try waitUntil("the file \(name)") { FileSystem.kind(of: folder.path(name)) != nil }
    let text = try String(contentsOfFile: folder.path(name), encoding: .utf8)
    return try Int(text) ?? { throw NoNumber(text: text) }()
  }

  private struct NoNumber: Error {
    let text: String
  }

  /// Waits until the process is gone; one that nobody has waited for yet is.
  func waitUntilGone(_ id: Int) throws {
    try waitUntil("process \(id) to end") { Self.hasEnded(id) }
  }

  /// Whether the process does nothing any more.
  private static func hasEnded(_ id: Int) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8) else {
      return true
    }
    // The state stands behind the command, which may hold anything.
    return status.split(separator: ")").last?.hasPrefix(" Z") == true
  }
}
