internal import FoundationEssentials
internal import Glibc

/// Splits one script and does nothing else.
///
/// `splitting DIALECT FILE STATEMENTS`; it is compiled together with the program's own splitter, and exits with 1 unless it finds that many
/// statements.
@main
struct Splitting {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count == 4, let dialect = Dialect(rawValue: words[1]) else {
      fatalError("usage: splitting DIALECT FILE STATEMENTS")
    }
    let bytes = try [UInt8](Data(contentsOf: URL(filePath: words[2])))
    let script = try Script(path: words[2], text: bytes, dialect: dialect) { _ in nil }
    guard script.statements.count == Int(words[3]) else { exit(1) }
  }
}
