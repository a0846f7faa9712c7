/// The side table that keeps the texts of scripts that ran, by their checksums.
///
/// It is made by the first step that is recorded, and read when a script was edited, to show how.
struct ScriptTexts: Sendable {
  /// The table's bare name.
  static let tableName = "trove_migrate_scripts"

  /// The longest text that is kept, in bytes: rows that a script holds by the thousand are no history.
  static let longest = 256 * 1024

  private let table: Table
  private let dialect: Dialect

  /// The name with its schema, quoted.
  var name: String { table.qualifiedName }

  /// The table as the catalog describes it, be it that it does not exist yet.
  ///
  /// - Throws: ``SideTableError/missingColumns(table:purpose:columns:)`` when it lacks columns of ours.
  init(_ table: Table, dialect: Dialect) throws(SideTableError) {
    try SideTableError.check(table, has: ["checksum", "text"], for: .texts)
    self.table = table
    self.dialect = dialect
  }

  /// Makes the table; nothing when it exists.
  var creation: [Command] {
    table.creation(
      """
        checksum VARCHAR(80) NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (checksum)
      """)
  }

  /// Keeps `text`, as it stands in the file: values of variables are not in it.
  ///
  /// - Returns: `nil` for a text that is too long.
  func keep(_ text: [UInt8], checksum: String) -> Command? {
    guard text.count <= Self.longest + 3 else { return nil }
    let normalized = Array(NormalizedText(text[...]))
    guard normalized.count <= Self.longest, !normalized.contains(0),
      let kept = String(validating: normalized, as: UTF8.self)
    else { return nil }
    return Command(
      """
      INSERT INTO \(name) (checksum, text)
      \(dialect.rowIfStorable(dialect.literal(checksum), text: kept))
      ON CONFLICT DO NOTHING
      """)
  }

  /// The query for the texts with `checksums`, as checksum and text; `nil` while there is no table.
  func query(for checksums: some Sequence<String>) -> String? {
    guard table.exists else { return nil }
    let list = checksums.map { dialect.literal($0) }.joined(separator: ", ")
    return "SELECT checksum, text FROM \(name) WHERE checksum IN (\(list))"
  }
}
