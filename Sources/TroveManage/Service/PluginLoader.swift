/// Makes the objects that the entries of `db_plugins` name.
struct PluginLoader {
  /// What a service registers: plugins by the entry of `db_plugins` that names them.
  let registered: [String: any DBPlugin.Type]
  /// The folders below which dotted names lead to plugins.
  let folders: [Path]

  /// The plugins, in the order of the entries.
  ///
  /// - Throws: ``ServiceError`` for an entry that is neither registered nor a library, and for a plugin that comes
  ///   twice; plugins that were made before are let go.
  func plugins(_ entries: [ConfValue]) throws(ServiceError) -> [LoadedPlugin] {
    var loaded: [LoadedPlugin] = []
    for entry in entries {
      let plugin = try plugin(entry)
      if let other = loaded.first(where: { $0.isSame(as: plugin) }) {
        throw .loadedTwice(entry, as: other.name)
      }
      loaded.append(plugin)
    }
    return loaded
  }

  private func plugin(_ entry: ConfValue) throws(ServiceError) -> LoadedPlugin {
    if let type = registered[entry.text] {
      do {
        return LoadedPlugin(name: entry.text, plugin: try type.init())
      } catch {
        throw .plugin(entry.text, error)
      }
    }
    let places = places(of: entry)
    guard let place = places.first(where: { FileSystem.kind(of: $0.text) != nil }) else {
      throw .noPlugin(entry, registered: registered.keys.sorted(), tried: places.map(\.text))
    }
    let library = PluginLibrary(path: Path(FileSystem.realPath(of: place.text)))
    return LoadedPlugin(name: entry.text, plugin: try library.plugin(named: entry.text))
  }

  /// Where the shared library of an entry may be, best first: for `a.b.c.Class` it is `a/b/c/libClass.so`, or the
  /// same in `a/b/c/Class/`; for a path, `libDBPlugins.so` in that folder or the one that it is in.
  private func places(of entry: ConfValue) -> [Path] {
    if entry.text.contains("/") {
      let folder = entry.path()
      return [folder, folder.parent].map { $0.appending("libDBPlugins.so") }
    }
    let parts = entry.text.split(separator: ".", omittingEmptySubsequences: false)
    let file = "lib\(parts.last ?? "").so"
    let module = parts.dropLast().joined(separator: "/")
    let whole = parts.joined(separator: "/")
    return folders.flatMap { folder in
      [module, whole].map { folder.appending($0).appending(file) }
    }
  }
}

/// A plugin, by the name that messages have for it.
struct LoadedPlugin {
  let name: String
  let plugin: any DBPlugin

  /// Plugins that were made already: first those that an entry is meant for, in the order of the entries.
  ///
  /// - Throws: ``ServiceError/givenTwice(_:)``.
  static func ordered(
    _ plugins: [any DBPlugin], by entries: [ConfValue]
  ) throws(ServiceError) -> [Self] {
    var rest = plugins.map { Self(name: String(reflecting: type(of: $0)), plugin: $0) }
    for (index, plugin) in rest.enumerated() {
      guard !rest[..<index].contains(where: { $0.isSame(as: plugin) }) else {
        throw .givenTwice(plugin.name)
      }
    }
    var named: [Self] = []
    for entry in entries {
      let word = entry.text.split(separator: ".").last.map { "\($0)" }
      let matches = rest.filter { "\(type(of: $0.plugin))" == word }
      guard let match = matches.first, matches.count == 1 else { continue }
      rest.removeAll { $0.isSame(as: match) }
      named.append(Self(name: entry.text, plugin: match.plugin))
    }
    return named + rest
  }

  /// Whether both are of one type, which is one plugin.
  func isSame(as other: Self) -> Bool { type(of: plugin) == type(of: other.plugin) }
}
