import Foundation
import Testing

@testable import TroveManage

/// Shared libraries that no service can use: real ones, made by the C compiler.
///
/// One that is a plugin lies in Examples/person-service, whose test loads it.
@Suite struct PluginLibraryTests {
  /// Makes the plugin's library of a C source.
  private func compile(_ source: String, for bench: ServiceBench) throws -> String {
    let file = try bench.folder.write("plugin.c", source)
    let library = bench.folder.path("plugins/com/acme/libBackups.so")
    let compiler = Process()
    compiler.executableURL = URL(filePath: "/usr/bin/cc")
    compiler.arguments = ["-shared", "-fPIC", "-o", library, file]
    try compiler.run()
    compiler.waitUntilExit()
    try #require(compiler.terminationStatus == 0)
    return library
  }

  @Test func `a file that is no library is named with what the linker says`() throws {
    let bench = try ServiceBench(.sqlite)
    let library = try bench.folder.write("plugins/com/acme/libBackups.so", "not an ELF file")

    #expect(try bench.refusal([:]) == "\(library): file too short")
  }

  @Test func `a library that needs what is not there is named with what it is`() throws {
    let bench = try ServiceBench(.sqlite)
    let library = try compile(
      "void nowhere_to_be_found(void); void *trove_db_plugin(int q) { nowhere_to_be_found(); return 0; }",
      for: bench)

    #expect(
      try bench.refusal([:]) == "\(library): undefined symbol: nowhere_to_be_found")
  }

  @Test func `a library without the symbol is no plugin`() throws {
    let bench = try ServiceBench(.sqlite)
    let library = try compile("int answer(void) { return 42; }", for: bench)

    #expect(
      try bench.refusal([:]) == """
        \(library): not a plugin: it does not export trove_db_plugin
        hint: the article "Write a plugin" of TroveManage has the function to export
        """)
  }

  @Test func `a library of another Swift is told before anything of it is used`() throws {
    let bench = try ServiceBench(.sqlite)
    let library = try compile(
      """
      #include <stdlib.h>
      void *trove_db_plugin(int q) {
        if (q != 0) abort();
        return "trove-manage plugin 1, Swift 5.10";
      }
      """, for: bench)

    #expect(
      try bench.refusal([:]) == """
        \(library): built with 'trove-manage plugin 1, Swift 5.10', and this service with '\(DBPluginExport.build)'
        hint: build both with the same compiler and the same TroveManage
        """)
  }

  @Test func `a library that does not say what it was built with is none`() throws {
    let bench = try ServiceBench(.sqlite)
    _ = try compile("void *trove_db_plugin(int q) { return 0; }", for: bench)

    #expect(try bench.refusal([:]).contains("built with 'nothing', and this service"))
  }

  @Test func `a library with a copy of TroveManage is told before its plugin is made`() throws {
    let bench = try ServiceBench(.sqlite)
    let library = try compile(
      """
      #include <stdlib.h>
      static int other;
      void *trove_db_plugin(int q) {
        if (q > 1) abort();
        return q == 0 ? (void *)"\(DBPluginExport.build)" : &other;
      }
      """, for: bench)

    #expect(
      try bench.refusal([:]) == """
        \(library): it brings a copy of TroveManage of its own
        hint: link plugin and service with the product TroveManageDynamic
        """)
  }

  @Test func `what is registered comes before a library`() throws {
    let bench = try ServiceBench(.sqlite)
    try bench.folder.write("plugins/com/acme/libBackups.so", "not an ELF file")

    #expect(try bench.engine().tables.count == 3)
  }

  @Test func `questions of a library are answered by number`() throws {
    let build = unsafe DBPluginExport.answer(0, with: Backups.self)
    #expect(
      unsafe build.map { unsafe String(cString: $0.assumingMemoryBound(to: CChar.self)) }
        == "\(DBPluginExport.build)")
    #expect(unsafe DBPluginExport.answer(1, with: Backups.self) == PluginBox.copy)
    #expect(unsafe DBPluginExport.answer(3, with: Backups.self) == nil)
    let box = try unsafe #require(DBPluginExport.answer(2, with: Backups.self))
    let result = unsafe Unmanaged<PluginBox>.fromOpaque(box).takeRetainedValue().result
    #expect(try result.get() is Backups)
  }
}
