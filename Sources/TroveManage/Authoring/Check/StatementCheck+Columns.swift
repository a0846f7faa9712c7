extension StatementCheck {
  /// Looks at columns that are added to tables with rows.
  mutating func checkColumns() {
    guard let alteration = subject.alteration, isInUse(alteration.table) else { return }
    for case .addColumn(let column, _) in alteration.actions.map(\.action) {
      let place = "\(alteration.table.text).\(column.name.text)"
      let fillsItself = column.isIdentity || column.isSerial || column.isGenerated
      if column.isNotNull, column.defaultValue == nil, !fillsItself {
        note(
          .notNullWithoutDefault,
          "\(place) is NOT NULL without a DEFAULT: it fails where there are rows",
          at: column.name)
      }
      switch dialect {
      case .sqlite: checkSQLite(column, place)
      case .postgresql: if isUpgrade { checkRewrite(column, place) }
      }
    }
  }

  private mutating func checkSQLite(_ column: ColumnDefinition, _ place: String) {
    if column.isKey || column.isUnique {
      let word = column.isKey ? "PRIMARY KEY" : "UNIQUE"
      note(.sqliteAddColumnKey, "SQLite cannot add \(place) as \(word)", at: column.name)
    }
    if column.isStored {
      note(.sqliteAddStoredColumn, "SQLite cannot add \(place) as STORED", at: column.name)
    }
    guard let value = column.defaultValue, !value.isConstant else { return }
    note(
      .sqliteAddColumnDefault, "SQLite cannot add \(place): its DEFAULT is no constant",
      at: column.name)
  }

  private mutating func checkRewrite(_ column: ColumnDefinition, _ place: String) {
    let reason: String
    if column.isSerial || column.isIdentity {
      reason = "its numbers are"
    } else if column.isStored {
      reason = "its computed values are"
    } else if let function = column.defaultValue?.volatileFunction {
      reason = "the value of \(function)() is"
    } else {
      if column.isKey || column.isUnique {
        note(
          .uniqueConstraintLocks, "the index of \(place) is built while nobody can use the table",
          at: column.name)
      }
      if column.references, column.defaultValue != nil {
        note(
          .foreignKeyValidates, "\(place) is looked up in every row while nobody can write",
          at: column.name)
      }
      return
    }
    note(
      .columnRewritesTable,
      "\(reason) written into every row of \(column.placeTable(place)) under full lock",
      at: column.name)
  }
}

extension ColumnDefinition {
  fileprivate func placeTable(_ place: String) -> Substring {
    place.prefix { $0 != "." }
  }
}

extension ArraySlice<StatementToken> {
  /// Whether SQLite takes it for a constant.
  fileprivate var isConstant: Bool {
    let tokens = filter { !["(", ")", "+", "-"].contains($0.text) || $0.kind == .string }
    guard tokens.count == 1 || tokens.count == 2 && tokens.first?.isWord("x") == true,
      let token = tokens.last
    else { return false }
    let isTime = ["current_time", "current_date", "current_timestamp"].contains(token.text)
    return !isTime && (token.kind != .word || first?.isWord("(") != true)
  }

  /// The name of a function that may have another value for each row.
  fileprivate var volatileFunction: String? {
    let steady: Set = [
      "now", "transaction_timestamp", "statement_timestamp", "lower", "upper", "coalesce",
      "timezone", "to_char", "date_trunc", "concat", "md5", "current_setting", "array", "row",
      "varchar", "char", "numeric", "decimal", "timestamp", "timestamptz", "time", "bit",
      "jsonb_build_object", "json_build_object", "jsonb_build_array", "interval",
    ]
    for (token, next) in zip(self, dropFirst())
    where token.kind == .word && next.isWord("(") && !steady.contains(token.text) {
      return token.text
    }
    return nil
  }
}
