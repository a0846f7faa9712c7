/// What is known of the schema from the text of the statements so far.
///
/// Names are compared in small letters and without schemas. What Python or code in functions does is not seen.
struct SchemaTrace {
  /// An index, and the words that say of what.
  struct Index: Hashable {
    let table: String
    let words: Set<String>
  }

  /// All tables.
  private(set) var tables: Set<String> = []
  /// Those that this version makes: they are empty, and nobody uses them yet.
  private(set) var newTables: Set<String> = []
  /// The columns that this version adds, by table.
  private(set) var newColumns: [String: Set<String>] = [:]
  /// The types that this version makes.
  private(set) var newTypes: Set<String> = []
  /// The indexes that this version makes.
  private(set) var newIndexes: Set<String> = []
  /// The constraints that this version adds NOT VALID.
  private(set) var notValid: Set<String> = []
  /// The tables a constraint of which was validated.
  private(set) var validated: Set<String> = []
  /// All indexes by name.
  private(set) var indexes: [String: Index] = [:]
  /// The tables of all triggers by name.
  private(set) var triggers: [String: String] = [:]
  /// The columns of keys and constraints, by table.
  private(set) var keyColumns: [String: Set<String>] = [:]

  /// The types of columns, by table.
  private var types: [String: [String: ColumnType]] = [:]

  /// Views, and what else rows can be written into.
  private var others: Set<String> = []
  /// Whether nothing is made that is not seen here.
  var knowsAll = true

  /// Whether the table, or what can be used like one, is made by a statement so far.
  func knows(_ table: String) -> Bool {
    tables.contains(table) || newTables.contains(table) || others.contains(table)
  }

  /// Forgets what is new.
  mutating func beginVersion() {
    newTables = []
    newColumns = [:]
    newTypes = []
    newIndexes = []
    notValid = []
  }

  /// Takes in what `statement` does.
  mutating func apply(_ statement: CheckedStatement) {
    if let creation = statement.creation { make(creation) }
    if let alteration = statement.alteration { alter(alteration) }
    if let index = statement.index {
      let name = index.name?.text ?? "\(index.table.text)(\(index.words.sorted()))"
      indexes[name] = Index(table: index.table.text, words: index.words)
      newIndexes.insert(name)
    }
    for table in statement.dropped("table") { drop(table.text) }
    for index in statement.dropped("index") { indexes[index.text] = nil }
    for trigger in statement.dropped("trigger") { triggers[trigger.text] = nil }
    noteTrigger(statement)
    var cursor = statement.cursor
    if cursor.take("create", "type"), let name = cursor.name() { newTypes.insert(name.text) }
    noteOthers(statement)
    if cursor.take("create", "materialized", "view") {
      _ = cursor.take("if", "not", "exists")
      if let name = cursor.name() { newTables.insert(name.text) }
    }
  }

  private mutating func make(_ creation: TableCreation) {
    let table = creation.name.text
    // One that is there stays as it is.
    guard !(creation.hasIfNotExists && tables.contains(table)) else { return }
    if !creation.isTemporary { tables.insert(table) }
    newTables.insert(table)
    var words = Set(creation.columns.filter { $0.isKey || $0.isUnique }.map(\.name.text))
    for constraint in creation.constraints {
      words.formUnion(constraint.rest.inParentheses.filter(\.isName).map(\.text))
    }
    keyColumns[table] = words
    types[table] = Dictionary(
      creation.columns.map { ($0.name.text, ColumnType($0.rest)) }, uniquingKeysWith: { $1 })
  }

  /// Whether PostgreSQL takes the column's values for those of the type as they are.
  func isWidening(_ column: String, of table: String, to type: ColumnType) -> Bool {
    types[table]?[column].map { $0.isWidened(by: type) } ?? false
  }

  private mutating func alter(_ alteration: TableAlteration) {
    let table = alteration.table.text
    for (action, _) in alteration.actions {
      switch action {
      case .addColumn(let column, _):
        newColumns[table, default: []].insert(column.name.text)
        types[table, default: [:]][column.name.text] = ColumnType(column.rest)
      case .addConstraint(let constraint):
        if constraint.isNotValid, let name = constraint.name { notValid.insert(name.text) }
      case .validate: validated.insert(table)
      case .renameTable(let name): rename(table, to: name.text)
      case .renameColumn, .dropColumn:
        // What an index is called in is not followed any further.
        if case .dropColumn(let column, _) = action { newColumns[table]?.remove(column.text) }
      case .alterColumn(let column, let change):
        if let type = ColumnType(changing: change) { types[table]?[column.text] = type }
      case .other: break
      }
    }
  }

  private mutating func rename(_ old: String, to new: String) {
    if tables.remove(old) != nil { tables.insert(new) }
    if newTables.remove(old) != nil { newTables.insert(new) }
    if let columns = newColumns.removeValue(forKey: old) { newColumns[new] = columns }
    if let columns = keyColumns.removeValue(forKey: old) { keyColumns[new] = columns }
    if let columns = types.removeValue(forKey: old) { types[new] = columns }
    indexes = indexes.mapValues { $0.table == old ? Index(table: new, words: $0.words) : $0 }
    triggers = triggers.mapValues { $0 == old ? new : $0 }
  }

  private mutating func drop(_ table: String) {
    tables.remove(table)
    newTables.remove(table)
    newColumns[table] = nil
    keyColumns[table] = nil
    indexes = indexes.filter { $0.value.table != table }
    triggers = triggers.filter { $0.value != table }
  }

  private mutating func noteOthers(_ statement: CheckedStatement) {
    var cursor = statement.cursor
    guard cursor.take("create") else { return }
    cursor.skip(["or", "replace", "temp", "temporary", "recursive", "materialized"])
    let isTable = cursor.take("virtual", "table") || cursor.take("foreign", "table")
    guard isTable || cursor.take("view") else { return }
    _ = cursor.take("if", "not", "exists")
    if let name = cursor.name() { others.insert(name.text) }
  }

  private mutating func noteTrigger(_ statement: CheckedStatement) {
    var cursor = statement.cursor
    guard cursor.take("create") else { return }
    cursor.skip(["or", "replace", "constraint"])
    guard cursor.take("trigger") else { return }
    _ = cursor.take("if", "not", "exists")
    guard let name = cursor.name(), let place = cursor.rest.index(behind: "on") else { return }
    var rest = StatementCursor(cursor.rest[place...])
    if let table = rest.name() { triggers[name.text] = table.text }
  }
}
