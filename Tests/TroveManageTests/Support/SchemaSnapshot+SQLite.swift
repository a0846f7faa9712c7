import TroveManage

extension SchemaSnapshot {
  /// What the pragmas say, and what only the text of `CREATE TABLE` does: checks, the names of
  /// constraints, and words that change what a table is.
  static func sqliteLines(_ connection: any Connection) throws -> [Line] {
    var result = try lines(sqliteQuery, connection)
    for row in try connection.rows("\(sqliteTables) SELECT name, sql FROM t") {
      let table = row[0].text ?? ""
      result += SQLiteDefinition(row[1].text ?? "").lines(of: table)
    }
    return result
  }

  private static let sqliteTables = """
    WITH t AS (
      SELECT name, sql FROM sqlite_schema AS s
      WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND name NOT LIKE 'trove\\_migrate\\_%' ESCAPE '\\'
        AND (SELECT group_concat(name) FROM pragma_table_xinfo(s.name))
          <> 'repository_id,repository_path,version'
    )
    """

  private static let sqliteQuery = """
    \(sqliteTables)
    SELECT t.name, 'column', c.name || ' ' || c.type || iif(c."notnull", ' NOT NULL', '')
      || coalesce(' DEFAULT ' || c.dflt_value, '') || iif(c.hidden, ' hidden ' || c.hidden, '')
    FROM t, pragma_table_xinfo(t.name) AS c
    UNION ALL
    SELECT t.name, 'columns in order',
      (
        SELECT group_concat(name, ', ')
        FROM (SELECT name FROM pragma_table_xinfo(t.name) ORDER BY cid)
      )
    FROM t
    UNION ALL
    SELECT name, 'primary key', columns
    FROM (
      SELECT t.name, (
        SELECT group_concat(name, ', ')
        FROM (SELECT name FROM pragma_table_info(t.name) WHERE pk > 0 ORDER BY pk)
      ) AS columns
      FROM t
    )
    WHERE columns IS NOT NULL
    UNION ALL
    SELECT t.name, 'foreign key', f."from" || ' refers to ' || f."table" || ' ('
      || coalesce(f."to", 'primary key') || ') part ' || f.seq || ' ON UPDATE ' || f.on_update
      || ' ON DELETE ' || f.on_delete || ' MATCH ' || f."match"
    FROM t, pragma_foreign_key_list(t.name) AS f
    UNION ALL
    SELECT t.name, iif(i.origin = 'u', 'unique', 'index'),
      iif(i.origin = 'u', '', i.name || iif(i."unique", ' unique ', ' ')) || '(' || (
        SELECT group_concat(coalesce(name, 'expression') || iif("desc", ' DESC', '')
          || iif(coll = 'BINARY', '', ' COLLATE ' || coll), ', ')
        FROM (SELECT * FROM pragma_index_xinfo(i.name) WHERE key ORDER BY seqno)
      ) || ')' || iif(i.partial, ' partial', '')
    FROM t, pragma_index_list(t.name) AS i
    WHERE i.origin <> 'pk'
    UNION ALL
    SELECT tbl_name, iif(type = 'trigger', 'trigger', 'other'), sql
    FROM sqlite_schema WHERE type IN ('trigger', 'view')
    """
}

/// The words of a `CREATE TABLE`.
private struct SQLiteDefinition {
  private var words: [String] = []

  /// Cuts `sql` into words, quoted or not, and punctuation.
  init(_ sql: String) {
    let punctuation = Set("(),")
    var rest = Substring(sql)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if first == "\"" || first == "`" || first == "'" {
        let body = rest.dropFirst().prefix { $0 != first }
        words.append(first == "'" ? "'\(body)'" : String(body))
        rest = rest[body.endIndex...].dropFirst()
      } else {
        let word =
          punctuation.contains(first)
          ? rest.prefix(1) : rest.prefix { !$0.isWhitespace && !punctuation.contains($0) }
        words.append(String(word))
        rest = rest[word.endIndex...]
      }
    }
  }

  func lines(of table: String) -> [SchemaSnapshot.Line] {
    words.enumerated().compactMap { index, word in
      switch word.uppercased() {
      case "CHECK": .init(object: table, kind: .check, text: item(after: index))
      case "CONSTRAINT": .init(object: table, kind: .constraint, text: item(after: index))
      case "AUTOINCREMENT", "COLLATE", "DEFERRABLE", "CONFLICT", "ROWID", "STRICT":
        .init(object: table, kind: .words, text: item(after: index - 1))
      default: nil
      }
    }
  }

  /// What follows the word at `index`, to the comma or parenthesis that ends the item.
  private func item(after index: Int) -> String {
    var depth = 0
    let item = words[(index + 1)...].prefix { word in
      if word == "(" { depth += 1 }
      if word == ")" { depth -= 1 }
      return depth >= 0 && !(depth == 0 && word == ",")
    }
    return item.joined(separator: " ")
  }
}
