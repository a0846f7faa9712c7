/// The scripts of a repository that have a name in the place of a version, as `repeatable/` and `hooks/` list
/// them: `NAME_DIALECT.sql`.
///
/// Neither folder need be there, and no file is opened.
struct NamedScripts: Sendable {
  /// Why files cannot be used, or a folder cannot be listed.
  let problems: [RepositoryError]

  private let repeatables: Listing
  private let hooks: Listing

  /// Lists the folders of the repository in `folder`.
  init(folder: Path) {
    repeatables = Listing(folder: folder.appending("repeatable"), names: nil)
    hooks = Listing(folder: folder.appending("hooks"), names: Operation.hooks.map(\.rawValue))
    problems = repeatables.problems + hooks.problems
  }

  /// Every script, what it is called and does, and the engines that it runs on.
  var all: [(name: String, operation: Operation, path: Path, dialects: [Dialect])] {
    repeatables.all.map { ($0.name, .repeatable, $0.path, $0.dialects) }
      + hooks.all.compactMap { script in
        Operation(rawValue: script.name).map { (script.name, $0, script.path, script.dialects) }
      }
  }

  /// Whether there is any repeatable script.
  var hasRepeatables: Bool { !repeatables.scripts.isEmpty }

  /// The repeatable scripts for `dialect`, in the order of their names.
  func repeatables(for dialect: Dialect) -> [Path] {
    repeatables.scripts.keys.sorted().compactMap { repeatables.script($0, for: dialect) }
  }

  /// The script of a hook; `nil` when there is none for `dialect`.
  func hook(_ hook: Operation, for dialect: Dialect) -> Path? {
    hooks.script(hook.rawValue, for: dialect)
  }
}

/// One folder of them.
private struct Listing: Sendable {
  let folder: Path
  /// The files by name and dialect.
  private(set) var scripts: [String: [ScriptName.Target: String]] = [:]
  private(set) var problems: [RepositoryError] = []

  /// Lists `folder`, whose scripts have the `names`, or any.
  init(folder: Path, names: [String]?) {
    self.folder = folder
    guard FileSystem.kind(of: folder.text) == .folder else { return }
    let files: [String]
    do throws(FileError) {
      files = try FileSystem.names(in: folder.text)
    } catch {
      problems.append(.file(error))
      return
    }
    for file in files where file.hasSuffix(".sql") && !file.hasPrefix(".") {
      do throws(ScriptNameError) {
        try add(file, names)
      } catch {
        problems.append(.badScript(path: folder.appending(file).text, error))
      }
    }
  }

  /// Every script with the engines that it runs on, in the order of the names.
  var all: [(name: String, path: Path, dialects: [Dialect])] {
    scripts.sorted { $0.key < $1.key }.flatMap { name, files in
      files.values.sorted().compactMap { file in
        let path = folder.appending(file)
        let dialects = Dialect.allCases.filter { script(name, for: $0)?.text == path.text }
        let isOurs = files[.otherEngine] != file
        return isOurs ? (name, path, dialects) : nil
      }
    }
  }

  private mutating func add(_ file: String, _ names: [String]?) throws(ScriptNameError) {
    guard !file.unicodeScalars.contains(where: \.isControl) else { throw .controlCharacter }
    let stem = file.dropLast(4)
    guard let cut = stem.lastIndex(of: "_"), cut > stem.startIndex else { throw .unnamed }
    let word = String(stem[stem.index(after: cut)...])
    guard let target = ScriptName.target(word) else { throw .unknownDialect(word) }
    let name = String(stem[..<cut])
    if let names, !names.contains(name) { throw .unknownHook(name) }
    scripts[name, default: [:]][target] = file
  }

  /// The script called `name`, the one for the very dialect before that for every dialect.
  func script(_ name: String, for dialect: Dialect) -> Path? {
    let files = scripts[name]
    return (files?[.dialect(dialect)] ?? files?[.anyDialect]).map { folder.appending($0) }
  }
}
