extension Conf {
  /// A file or folder that is read.
  public enum Source: Hashable, Sendable {
    /// The file at that path.
    case file(String)
    /// The files in the folder at that path that end with `.conf` and start with no dot.
    case folder(String)
  }

  /// What is read when the command line names `named`, files and folders in its order.
  ///
  /// The default files come in where no file is named, and the default folders where no folder is;
  /// both lie below what is named. The default files are `trove.conf` and `trove-manage.conf`, each
  /// from the first of `~/.trove`, `~`, `/etc/trove` and `/etc` that has it; the default folders are
  /// `trove.conf.d` and `trove-manage.conf.d`, found likewise.
  ///
  /// - Parameters:
  ///   - named: The files and folders of the command line.
  ///   - home: The home folder, or `nil` when there is none.
  ///   - exists: Whether there is something at a path.
  /// - Returns: The sources, a later one winning.
  public static func sources(
    _ named: [Source], home: String?, exists: (String) -> Bool
  ) -> [Source] {
    let places = defaultPlaces(home: home)
    func found(_ ending: String) -> [String] {
      ["trove", "trove-manage"].compactMap { name in
        places.map { $0.appending(name + ending).text }.first(where: exists)
      }
    }
    var sources: [Source] = []
    if !named.contains(where: \.isFile) { sources += found(".conf").map(Source.file) }
    if named.allSatisfy(\.isFile) { sources += found(".conf.d").map(Source.folder) }
    return sources + named
  }

  /// The folders that are searched for default files, in order.
  static func defaultPlaces(home: String?) -> [Path] {
    let home = home.flatMap { $0.isEmpty ? nil : Path($0) }
    return [home?.appending(".trove"), home, Path("/etc/trove"), Path("/etc")].compactMap { $0 }
  }
}

extension Conf.Source {
  var isFile: Bool {
    if case .file = self { true } else { false }
  }

  /// The paths of the conf files, a later one winning.
  func files(home: String?) throws(ConfError) -> [String] {
    switch self {
    case .file(let path):
      return [try Self.expanded(path, home: home)]
    case .folder(let path):
      let folder = Path(try Self.expanded(path, home: home))
      do {
        return try FileSystem.names(in: folder.text)
          .filter { $0.hasSuffix(".conf") && !$0.hasPrefix(".") }
          .map { folder.appending($0).text }
      } catch {
        throw .unreadable(error)
      }
    }
  }

  /// `path` with the home folder for a tilde at its start.
  private static func expanded(_ path: String, home: String?) throws(ConfError) -> String {
    // The system takes an empty path for the current folder.
    guard !path.isEmpty else { throw .unreadable(FileError(path: "''", reason: .notFound)) }
    guard path == "~" || path.hasPrefix("~/"), let home, !home.isEmpty else { return path }
    return Path(home).appending(String(path.dropFirst().drop { $0 == "/" })).text
  }
}
