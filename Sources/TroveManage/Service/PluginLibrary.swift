internal import Glibc

/// A shared library that brings a plugin; it stays loaded, for nobody can say what of it is in use.
struct PluginLibrary {
  /// The symbol that it exports, see ``DBPluginExport``.
  static let symbol = "trove_db_plugin"

  private typealias Symbol = @convention(c) (Int32) -> UnsafeMutableRawPointer?

  /// The file.
  let path: Path

  /// Loads the library, and makes its plugin.
  ///
  /// - Parameter name: the plugin's name, for messages.
  /// - Returns: the plugin.
  /// - Throws: ``ServiceError/library(path:reason:)``, ``ServiceError/noSymbol(path:)``,
  ///   ``ServiceError/otherBuild(path:build:own:)``, ``ServiceError/ownCopy(path:)`` and
  ///   ``ServiceError/plugin(_:_:)``.
  func plugin(named name: String) throws(ServiceError) -> any DBPlugin {
    guard let library = unsafe dlopen(path.text, RTLD_NOW | RTLD_LOCAL) else {
      throw .library(path: path.text, reason: Self.lastError)
    }
    guard let address = unsafe dlsym(library, Self.symbol) else { throw .noSymbol(path: path.text) }
    let ask = unsafe unsafeBitCast(address, to: Symbol.self)
    // Before this is right, nothing of Swift's may be touched.
    let build = unsafe ask(0).map { unsafe String(cString: $0.assumingMemoryBound(to: CChar.self)) }
    let own = "\(DBPluginExport.build)"
    guard build == own else {
      throw .otherBuild(path: path.text, build: build ?? "nothing", own: own)
    }
    guard unsafe ask(1) == PluginBox.copy else { throw .ownCopy(path: path.text) }
    guard let box = unsafe ask(2) else {
      throw .library(path: path.text, reason: "\(Self.symbol) gave no plugin")
    }
    let result = unsafe Unmanaged<PluginBox>.fromOpaque(box).takeRetainedValue().result
    do { return try result.get() } catch { throw .plugin(name, error) }
  }

  private static var lastError: String {
    unsafe dlerror().map { unsafe String(cString: $0) } ?? "it cannot be loaded"
  }
}
