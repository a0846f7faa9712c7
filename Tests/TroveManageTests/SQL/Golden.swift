import TroveManage

/// A script in `Fixtures/splitter` and what is expected of it.
struct Golden: Sendable, CustomStringConvertible {
  let dialect: Dialect
  let name: String

  var description: String { "\(dialect.rawValue)/\(name)" }

  /// All of them.
  static let all: [Self] = Dialect.allCases.flatMap { dialect in
    let names = (try? FileSystem.names(in: folder.appending(dialect.rawValue).text)) ?? []
    return names.filter { $0.hasSuffix(".sql") }.map {
      Self(dialect: dialect, name: String($0.dropLast(4)))
    }
  }

  func text() throws -> [UInt8] {
    try FileSystem.read(Self.folder.appending("\(description).sql").text)
  }

  func expected() throws -> String {
    let bytes = try FileSystem.read(Self.folder.appending("\(description).expected").text)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What becomes of the script, in the form of the `.expected` files.
  ///
  /// Directives, a block `=== line:column` per statement, warnings, or the error. A carriage return
  /// is shown as `␍`.
  func rendering() throws -> String {
    let bytes = try text()
    var blocks: [String] = []
    do throws(ScriptError) {
      let script = try script(of: bytes)
      let directives = script.directives.map(\.rawValue).sorted()
      if !directives.isEmpty {
        blocks.append("=== directives: \(directives.joined(separator: ", "))")
      }
      for statement in script.statements {
        let text = String(decoding: statement.text, as: UTF8.self)
        blocks.append("=== \(statement.line):\(statement.column ?? 0)\n\(text)")
      }
      blocks += script.warnings.map { "=== warning\n\($0)" }
    } catch {
      blocks.append("=== error\n\(error)")
    }
    let scalars = blocks.map { $0 + "\n" }.joined().unicodeScalars.map { $0 == "\r" ? "␍" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }

  /// The script `text`, with values for the variables that the fixtures use.
  func script(of text: [UInt8]) throws(ScriptError) -> Script {
    try Script(path: "\(name).sql", text: text, dialect: dialect, variables: Self.value)
  }

  /// The values of the variables that the fixtures use.
  static func value(of variable: ScriptVariable) -> String? { values[variable.description] }

  private static let values = [
    "${tenant}": "acme", "${mail.sender}": "O'Neil <o@x>", "${path.data}": #"C:\data"#,
    "${nul}": "a\0b",
  ]

  private static let folder = Path(#filePath).parent.parent.appending("Fixtures/splitter")
}
