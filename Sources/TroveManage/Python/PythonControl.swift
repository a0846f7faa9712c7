/// A statement that begins or ends a transaction of one of the script's connections.
enum PythonControl {
  case begin, commit, rollback

  init?(_ text: String, _ dialect: Dialect) {
    let bytes = Array(text.utf8)
    let words: String
    switch TransactionControl(bytes.span, dialect: dialect) {
    case nil: return nil
    case .superfluous(let text), .harmful(let text): words = text.lowercased()
    }
    if words.contains("prepare") { return nil }
    switch words.prefix(while: { $0.isLetter }) {
    case "begin", "start": self = .begin
    case "commit", "end": self = .commit
    default: self = .rollback
    }
  }
}
