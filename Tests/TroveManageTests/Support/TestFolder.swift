import Foundation
import TroveManage

/// A folder of a test's own, removed when the test lets go of it.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "trove-test-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of `name` in the folder.
  func path(_ name: String) -> String { "\(path)/\(name)" }

  /// Writes a file, and the folders that lead to it.
  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try write(name, bytes: Array(text.utf8))
  }

  /// Writes a file, and the folders that lead to it.
  @discardableResult
  func write(_ name: String, bytes: [UInt8]) throws -> String {
    let path = path(name)
    let folder = (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(bytes).write(to: URL(filePath: path))
    return path
  }

  /// Writes a repository: `migrate.cfg` and the scripts by name.
  @discardableResult
  func writeRepository(
    _ name: String, id: String? = nil, table: String? = nil, scripts: [String: String]
  ) throws -> String {
    let identifier = name.replacing("/", with: "_").replacing(".", with: "_")
    try write(
      "\(name)/migrate.cfg",
      """
      [db_settings]
      repository_id=\(id ?? name)
      version_table=\(table ?? "\(identifier)_version")
      """)
    try FileManager.default.createDirectory(
      atPath: path("\(name)/versions"), withIntermediateDirectories: true)
    for (file, text) in scripts { try write("\(name)/versions/\(file)", text) }
    return path(name)
  }
}

/// The checkout that the tests were built from.
enum Checkout {
  static let root = Path(#filePath).parent.parent.parent.parent
  static let core = root.appending("migrate_repos/trove")
  static let fixtures = root.appending("Tests/TroveManageTests/Fixtures")
}
