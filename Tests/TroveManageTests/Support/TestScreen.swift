/// What a person sees when a terminal has received a text.
struct TestScreen {
  /// The lines, without blanks at their ends.
  private(set) var lines = [""]
  /// Whether a line was longer than the terminal is wide.
  private(set) var hasWrapped = false
  /// Whether the cursor can be seen.
  private(set) var hasCursor = true
  /// What was drawn in place, in order: whatever a line was erased behind.
  private(set) var drawings: [String] = []
  private var column = 0
  private let columns: Int

  /// The screen of a terminal with so many columns after `text`.
  init(_ text: String, columns: Int) {
    self.columns = columns
    var rest = Substring(text)
    while let scalar = rest.unicodeScalars.first {
      if scalar == "\u{1B}" {
        let end = rest.dropFirst(2).firstIndex { $0.isLetter } ?? rest.index(before: rest.endIndex)
        obey(String(rest[...end].dropFirst(2)))
        rest = rest[rest.index(after: end)...]
      } else {
        rest.unicodeScalars.removeFirst()
        receive(scalar)
      }
    }
    lines = lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }
  }

  private mutating func receive(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\r": column = 0
    case "\n": lines.append("")
    default:
      if column == columns {
        hasWrapped = true
        lines.append("")
        column = 0
      }
      var line = Array(lines[lines.count - 1])
      while line.count <= column { line.append(" ") }
      line[column] = Character(scalar)
      lines[lines.count - 1] = String(line)
      column += 1
    }
  }

  private mutating func obey(_ sequence: String) {
    switch sequence {
    case "K":
      let line = String(lines[lines.count - 1].prefix(column))
      lines[lines.count - 1] = line
      if column > 0 { drawings.append(line) }
    case "?25l": hasCursor = false
    case "?25h": hasCursor = true
    default: break
    }
  }
}
