/// What can be wrong with a side table that holds history alone: it is somebody else's.
public enum SideTableError: Error {
  /// What a side table is for.
  public enum Purpose: String, Sendable {
    /// The texts of scripts that ran.
    case texts
    /// The steps that failed.
    case failures
  }

  /// The table is there but lacks columns.
  case missingColumns(table: String, purpose: Purpose, columns: [String])

  /// Makes sure that `table` has the `columns`, if it exists.
  static func check(
    _ table: Table, has columns: Set<String>, for purpose: Purpose
  ) throws(SideTableError) {
    let missing = table.missing(columns)
    guard !missing.isEmpty else { return }
    throw .missingColumns(table: table.qualifiedName, purpose: purpose, columns: missing)
  }
}

extension SideTableError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .missingColumns(let table, let purpose, let columns):
      """
      \(table) is not what this program keeps \(purpose.words) in: it has no \
      \(columns.joined(separator: ", "))
      hint: rename or drop the table; a new one is made, and only history is lost: \
      ALTER TABLE \(table) RENAME TO old_\(purpose.rawValue)
      """
    }
  }
}

extension SideTableError.Purpose {
  /// What the table holds, as it stands in a sentence.
  fileprivate var words: String {
    switch self {
    case .texts: "the texts of scripts"
    case .failures: "failed steps"
    }
  }
}
