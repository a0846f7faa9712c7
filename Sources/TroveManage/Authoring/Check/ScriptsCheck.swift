/// What is wrong with the scripts of a repository, read in the order in which they run.
struct ScriptsCheck {
  /// What was found.
  private(set) var found: [Diagnostic] = []
  /// What is not to be found, as the scripts say.
  private(set) var ignores: [CheckIgnore] = []

  private let files: FileCheck
  private let versionTable: String?
  /// Those whose comments were read: one for both engines has them once.
  private var seen: Set<String> = []

  /// Checks the scripts of `files`.
  init(of files: FileCheck, versionTable: String?) {
    self.files = files
    self.versionTable = versionTable
    for dialect in files.dialects { walk(dialect) }
  }

  private mutating func walk(_ dialect: Dialect) {
    for version in files.numbers {
      for operation in Operation.allCases {
        _ = read(version, operation, for: dialect)
      }
    }
  }

  /// Reads the script; `nil` when there is none, or it cannot be read.
  private mutating func read(
    _ version: Int, _ operation: Operation, for dialect: Dialect
  ) -> CheckedScript? {
    guard let name = files.script(version, operation, for: dialect) else { return nil }
    let path = files.path(of: name)
    let text: [UInt8]
    do throws(FileError) {
      text = try FileSystem.read(path)
    } catch {
      let location = TextLocation(path: path, line: 1, column: 1)
      found.append(Diagnostic(.unreadableFile, at: location, quoting: error))
      return nil
    }
    let script = CheckedScript(
      path: path, version: version, operation: operation, text: text, dialect: dialect)
    found += script.found
    if seen.insert(path).inserted {
      ignores += CheckIgnore.list(in: text, of: script, noting: &found)
    }
    return script
  }
}
