extension SQLiteConnection {
  /// Marks what `sqlite_schema` lists, by its text.
  public func marks() throws(DatabaseError) -> CatalogMarks {
    let place = try place()
    var marks = Self.marks(of: try entries(where: "TRUE"))
    try markParts(of: &marks)
    return CatalogMarks(marks: try marks + counters(), place: .sqlite(place))
  }

  /// The entries of `sqlite_schema` that meet `condition`, but for SQLite's own, as type, name, table, page
  /// and text.
  func entries(where condition: String) throws(DatabaseError) -> [Row] {
    try rows(
      """
      SELECT type, name, tbl_name, rootpage, coalesce(sql, '') FROM main.sqlite_schema
      WHERE (\(condition)) AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
      """)
  }

  /// Marks the objects of the entries; a table has those indexes that are among them.
  static func marks(of rows: [Row]) -> [ObjectMark] {
    var marks: [ObjectMark] = []
    var indexes: [String: [String]] = [:]
    for row in rows {
      let (type, name, table) = (row[0].text ?? "", row[1].text ?? "", row[2].text ?? "")
      let text = row[4].text ?? ""
      switch type {
      case "index": indexes[table, default: []].append("\(name) \(text)")
      case "trigger":
        let name = ObjectName(.trigger, schema: "main", table: table, name: name)
        marks.append(ObjectMark(name, id: nil).with(text))
      default:
        let kind = type == "view" ? ObjectName.Kind.view : .table
        // A virtual table has no page of its own.
        let page = row[3].integer.flatMap { $0 > 0 ? $0 : nil }
        let name = ObjectName(kind, schema: "main", name: name)
        marks.append(ObjectMark(name, id: page).with(text))
      }
    }
    for index in marks.indices where marks[index].name.kind == .table {
      let texts = indexes[marks[index].name.name, default: []]
      marks[index].aspects[.indexes] = texts.isEmpty ? nil : texts.sorted().joined(separator: "\n")
    }
    return marks
  }

  /// Finds the tables that virtual ones keep what they show in (vtab.html §3 "xShadowName").
  private func markParts(of marks: inout [ObjectMark]) throws(DatabaseError) {
    let kinds = try rows(
      "SELECT name, type FROM pragma_table_list WHERE schema = 'main' AND type IN ('shadow', 'virtual')"
    )
    guard !kinds.isEmpty else { return }
    let virtual = kinds.filter { $0[1].text == "virtual" }.compactMap { $0[0].text }
    let shadows = Set(kinds.filter { $0[1].text == "shadow" }.compactMap { $0[0].text })
    for index in marks.indices where shadows.contains(marks[index].name.name) {
      let name = marks[index].name.name
      let whole = virtual.filter { name.hasPrefix("\($0)_") }.max { $0.count < $1.count }
      marks[index].part = whole.map { ObjectName(.table, schema: "main", name: $0) }
    }
  }

  /// The tables that count with AUTOINCREMENT.
  func counters(behind last: Int64 = 0) throws(DatabaseError) -> [ObjectMark] {
    guard try countsRows() else { return [] }
    return try rows(
      "SELECT DISTINCT name FROM main.sqlite_sequence WHERE rowid > \(last)"
    ).compactMap { row in
      guard let name = row[0].text else { return nil }
      var mark = ObjectMark(ObjectName(.sequence, schema: "main", name: name), id: nil)
      mark.part = ObjectName(.table, schema: "main", name: name)
      return mark
    }
  }

  private func countsRows() throws(DatabaseError) -> Bool {
    try !rows("PRAGMA main.table_info(sqlite_sequence)").isEmpty
  }

  /// What `sqlite_sequence` says.
  public func positions(
    of sequences: [ObjectName]
  ) throws(DatabaseError) -> [ObjectName: SequencePosition] {
    guard !sequences.isEmpty, try countsRows() else { return [:] }
    let wanted = Set(sequences)
    var positions: [ObjectName: SequencePosition] = [:]
    for row in try rows("SELECT name, seq FROM main.sqlite_sequence") {
      let name = ObjectName(.sequence, schema: "main", name: row[0].text ?? "")
      guard wanted.contains(name) else { continue }
      positions[name] = SequencePosition(value: row[1].integer ?? 0, isCalled: true)
    }
    return positions
  }

  /// None: SQLite rewrites the texts of whatever speaks of what is renamed, so that marks show it.
  public func dependents(of _: [ObjectName]) -> [ObjectName] { [] }

  /// Nothing: only foreign keys can wait for the commit, and they do nothing but refuse.
  public func runDeferred() {}

  /// Nothing: a rollback puts `sqlite_sequence` back.
  public func restore(_: ObjectName, to _: SequencePosition) -> String? { nil }

  /// None: nothing changes a table outside a transaction.
  public func table(of _: CatalogName) -> ObjectName? { nil }

  /// Nothing: pragmas do not change what our questions mean.
  public func putSessionAside() {}

  /// Nothing.
  public func takeSessionBack() {}

  /// Nothing: the warden is asked before anything is done.
  public func setReturn() {}

  /// Nothing.
  public func forgetReturn() {}

  /// Nothing.
  public func goBack() {}

  /// Nothing.
  public func runAgain(
    _ script: [Command], afterEach body: (Int) throws(DatabaseError) -> Bool
  ) {}
}

extension ObjectMark {
  fileprivate func with(_ text: String) -> Self {
    var mark = self
    mark.aspects[.shape] = text
    return mark
  }
}
