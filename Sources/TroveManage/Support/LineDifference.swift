/// The lines by which two texts differ, as `diff -u` shows them.
struct LineDifference {
  /// A line that went, came, or stayed.
  private enum Edit {
    case kept(ArraySlice<UInt8>)
    case removed(ArraySlice<UInt8>)
    case added(ArraySlice<UInt8>)
  }

  /// The largest table that is made to find the fewest lines; texts that differ in more are shown as
  /// replaced as a whole.
  private static let largestTable = 4_000_000
  /// How many lines that stayed are shown around those that did not.
  private static let context = 3

  private var edits: [Edit] = []

  /// Compares two texts whose lines end with line feeds.
  init(from old: [UInt8], to new: [UInt8]) {
    let (old, new) = (Self.lines(old), Self.lines(new))
    var start = 0
    while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
    var end = 0
    while end < min(old.count, new.count) - start,
      old[old.count - 1 - end] == new[new.count - 1 - end]
    {
      end += 1
    }
    edits += old[..<start].map(Edit.kept)
    edits += Self.edits(
      from: Array(old[start..<(old.count - end)]), to: Array(new[start..<(new.count - end)]))
    edits += old[(old.count - end)...].map(Edit.kept)
  }

  /// At most `limit` lines, each with ` `, `-` or `+` before it, in hunks that say where they are; behind
  /// them how many more there are.
  func lines(limit: Int) -> [String] {
    var lines: [String] = []
    var (old, new) = (1, 1)
    var index = 0
    for hunk in hunks() {
      for edit in edits[index..<hunk.lowerBound] { Self.count(edit, &old, &new) }
      let start = (old: old, new: new)
      for edit in edits[hunk] { Self.count(edit, &old, &new) }
      let ranges = ["-\(start.old),\(old - start.old)", "+\(start.new),\(new - start.new)"]
      lines.append("@@ \(ranges.joined(separator: " ")) @@")
      lines += edits[hunk].flatMap(Self.shown)
      index = hunk.upperBound
    }
    guard lines.count > limit else { return lines }
    return lines.prefix(limit) + ["… \(lines.count - limit) more lines"]
  }

  /// The ranges of edits that stand close together, with what stayed around them.
  private func hunks() -> [Range<Int>] {
    var hunks: [Range<Int>] = []
    for (index, edit) in edits.enumerated() {
      if case .kept = edit { continue }
      let range = max(0, index - Self.context)..<min(edits.count, index + Self.context + 1)
      if let last = hunks.last, last.upperBound >= range.lowerBound {
        hunks[hunks.count - 1] = last.lowerBound..<range.upperBound
      } else {
        hunks.append(range)
      }
    }
    return hunks
  }

  private static func count(_ edit: Edit, _ old: inout Int, _ new: inout Int) {
    switch edit {
    case .kept: (old, new) = (old + 1, new + 1)
    case .removed: old += 1
    case .added: new += 1
    }
  }

  private static func shown(_ edit: Edit) -> [String] {
    let (sign, line) =
      switch edit {
      case .kept(let line): (" ", line)
      case .removed(let line): ("-", line)
      case .added(let line): ("+", line)
      }
    let isWhole = line.last == 0x0A
    let text = String(decoding: isWhole ? line.dropLast() : line, as: UTF8.self)
    let parts = text.split(separator: "\t", omittingEmptySubsequences: false)
    let shown = sign + parts.map { String($0).cut(500) }.joined(separator: "\t")
    return isWhole ? [shown] : [shown, "\\ No newline at end of file"]
  }
}

// MARK: - Comparing

extension LineDifference {
  /// The lines, each with the line feed that ends it.
  private static func lines(_ text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var rest = text[...]
    while let end = rest.firstIndex(of: 0x0A) {
      lines.append(rest[...end])
      rest = rest[(end + 1)...]
    }
    return rest.isEmpty ? lines : lines + [rest]
  }

  /// The fewest edits, by the longest sequence of lines that both have.
  private static func edits(
    from old: [ArraySlice<UInt8>], to new: [ArraySlice<UInt8>]
  ) -> [Edit] {
    guard !old.isEmpty, !new.isEmpty, old.count < largestTable / new.count else {
      return old.map(Edit.removed) + new.map(Edit.added)
    }
    let (olds, news) = numbers(old, new)
    let longest = lengths(olds, news)
    let width = new.count + 1
    var edits: [Edit] = []
    var (row, column) = (0, 0)
    while row < old.count, column < new.count {
      if olds[row] == news[column] {
        edits.append(.kept(old[row]))
        (row, column) = (row + 1, column + 1)
      } else if longest[(row + 1) * width + column] >= longest[row * width + column + 1] {
        edits.append(.removed(old[row]))
        row += 1
      } else {
        edits.append(.added(new[column]))
        column += 1
      }
    }
    return edits + old[row...].map(Edit.removed) + new[column...].map(Edit.added)
  }

  /// A number for each line, the same for lines that are: lines are compared often, numbers quickly.
  private static func numbers(
    _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> ([Int32], [Int32]) {
    var numbers: [ArraySlice<UInt8>: Int32] = [:]
    func number(_ line: ArraySlice<UInt8>) -> Int32 {
      if let number = numbers[line] { return number }
      let next = Int32(numbers.count)
      numbers[line] = next
      return next
    }
    return (old.map(number), new.map(number))
  }

  /// How many lines both have from each pair of places on, row by row, with a last row and column of none.
  private static func lengths(_ old: [Int32], _ new: [Int32]) -> [Int32] {
    let width = new.count + 1
    var longest = [Int32](repeating: 0, count: (old.count + 1) * width)
    for row in old.indices.reversed() {
      for column in new.indices.reversed() {
        longest[row * width + column] =
          old[row] == new[column]
          ? longest[(row + 1) * width + column + 1] + 1
          : max(longest[(row + 1) * width + column], longest[row * width + column + 1])
      }
    }
    return longest
  }
}
