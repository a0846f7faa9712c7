import Foundation
import TroveManage

/// The deliberate differences between core's scripts and the reference: `differences.txt`.
struct ReferenceDifferences {
  /// One line of the file.
  struct Entry: Hashable, CustomStringConvertible {
    let line: Int
    let engines: [Engine]
    let operation: TroveManage.Operation
    let versions: ClosedRange<Int>
    let object: String
    let kind: Kind
    let reason: String

    var description: String { "differences.txt:\(line): \(object) \(kind.rawValue) # \(reason)" }
  }

  /// What differs.
  enum Kind: String {
    /// A table has the same columns in another order.
    case columnOrder = "column-order"
    /// The schema is the same, the rows differ.
    case rows
  }

  /// A line that is no entry.
  struct BadLine: Error, Hashable {
    let number: Int
    let text: String
  }

  let entries: [Entry]

  /// The entries of the file among the fixtures.
  init() throws {
    let path = Checkout.fixtures.appending("reference/differences.txt").text
    try self.init(try String(contentsOfFile: path, encoding: .utf8))
  }

  /// The entries of `text`.
  init(_ text: String) throws {
    var entries: [Entry] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      let line = line.trimmingCharacters(in: .whitespaces)
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      guard let entry = Entry(line, number: index + 1) else {
        throw BadLine(number: index + 1, text: line)
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// The entries of `kind` that hold for `engine` at `version`, reached by `operation`.
  func entries(
    _ kind: Kind, _ engine: Engine, _ operation: TroveManage.Operation, _ version: Int
  ) -> [Entry] {
    entries.filter {
      $0.kind == kind && $0.operation == operation && $0.engines.contains(engine)
        && $0.versions.contains(version)
    }
  }
}

extension ReferenceDifferences.Entry {
  fileprivate init?(_ text: String, number: Int) {
    let parts = text.split(separator: "#", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    let fields = parts[0].split(whereSeparator: \.isWhitespace).map(String.init)
    let reason = parts[1].trimmingCharacters(in: .whitespaces)
    guard fields.count == 5, !reason.isEmpty,
      let operation = TroveManage.Operation(rawValue: fields[1]),
      let versions = Self.versions(fields[2]),
      let kind = ReferenceDifferences.Kind(rawValue: fields[4])
    else { return nil }
    let engines = fields[0] == "*" ? Engine.allCases : Engine(rawValue: fields[0]).map { [$0] }
    guard let engines else { return nil }
    self.init(
      line: number, engines: engines, operation: operation, versions: versions, object: fields[3],
      kind: kind, reason: reason)
  }

  /// `N`, or `N-M` with N less than M.
  private static func versions(_ text: String) -> ClosedRange<Int>? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }
    guard let first = numbers.first, let last = numbers.last, numbers.count == parts.count,
      numbers.count <= 2, first < last || numbers.count == 1
    else { return nil }
    return first...last
  }
}
