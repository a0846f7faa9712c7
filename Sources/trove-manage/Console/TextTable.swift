/// A table of words in columns.
struct TextTable {
  private var rows: [[String]]

  /// A table with a line of headings.
  init(_ headings: String...) {
    rows = [headings]
  }

  /// Adds a line.
  mutating func add(_ cells: String...) {
    rows.append(cells)
  }

  /// The lines, each column as wide as its widest cell.
  var lines: [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.count)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
