/// What a shared library answers that brings a plugin.
///
/// The library exports one C symbol, `trove_db_plugin`, and hands it on:
///
///     @c(trove_db_plugin)
///     public func plugin(_ question: Int32) -> UnsafeMutableRawPointer? {
///       DBPluginExport.answer(question, with: DBPlugins.self)
///     }
///
/// In C that is `void *trove_db_plugin(int32_t question)`. Question 0 asks what the library was built with, and gets
/// a text that ends with a NUL; only when it is the service's own are the others asked. Question 1 asks which copy of
/// TroveManage it uses, and gets an address in it; question 2 asks for the plugin. Anything else gets a null pointer.
public enum DBPluginExport {
  /// What a library must have been built with to fit: the meaning of the questions, and the compiler, whose modules
  /// no other one reads.
  ///
  /// It is compiled into whoever calls it, and so tells of that library, and not of the one that runs.
  @_alwaysEmitIntoClient
  public static var build: StaticString {
    #if compiler(>=6.5)
      "trove-manage plugin 1, Swift 6.5 or later"
    #elseif compiler(>=6.4)
      "trove-manage plugin 1, Swift 6.4"
    #elseif compiler(>=6.3)
      "trove-manage plugin 1, Swift 6.3"
    #else
      "trove-manage plugin 1, Swift 6.2"
    #endif
  }

  /// The answer to a question of the service's.
  ///
  /// - Parameters:
  ///   - question: what the service has called the symbol with.
  ///   - type: the plugin.
  /// - Returns: what the service asked for; the plugin is retained.
  @_alwaysEmitIntoClient
  public static func answer(
    _ question: Int32, with type: any DBPlugin.Type
  ) -> UnsafeMutableRawPointer? {
    guard question == 0 else { return unsafe laterAnswer(question, with: type) }
    return unsafe UnsafeMutableRawPointer(mutating: build.utf8Start)
  }

  /// The answer to a question that the service asks of a library that fits.
  @usableFromInline
  static func laterAnswer(
    _ question: Int32, with type: any DBPlugin.Type
  ) -> UnsafeMutableRawPointer? {
    switch question {
    case 1: unsafe PluginBox.copy
    case 2: unsafe Unmanaged.passRetained(PluginBox(type)).toOpaque()
    default: nil
    }
  }
}

/// A plugin on its way from a shared library.
final class PluginBox {
  let result: Result<any DBPlugin, any Error>

  init(_ type: any DBPlugin.Type) {
    result = Result { try type.init() }
  }

  /// An address in this copy of TroveManage.
  static var copy: UnsafeMutableRawPointer {
    unsafe unsafeBitCast(self, to: UnsafeMutableRawPointer.self)
  }
}
