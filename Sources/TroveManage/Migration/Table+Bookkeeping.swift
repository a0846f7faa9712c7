/// What the tables of this program have in common.
extension Table {
  /// Those of the `columns` that the table lacks, sorted; none of one that does not exist.
  func missing(_ columns: Set<String>) -> [String] {
    exists ? columns.subtracting(columnTypes.keys).sorted() : []
  }

  /// Makes the table with `columns`, a line each; nothing when it exists.
  func creation(_ columns: String) -> [Command] {
    guard !exists else { return [] }
    return [Command("CREATE TABLE IF NOT EXISTS \(qualifiedName) (\n\(columns)\n)")]
  }
}
