/// A column as CREATE TABLE or ALTER TABLE defines it.
struct ColumnDefinition {
  /// Its name.
  let name: StatementToken
  /// The first word of its type; empty when it has none.
  let type: String
  /// What stands behind the name.
  let rest: ArraySlice<StatementToken>

  /// Reads `name [type] …`.
  init?(_ tokens: ArraySlice<StatementToken>) {
    var cursor = StatementCursor(tokens)
    guard let name = cursor.name() else { return nil }
    self.name = name
    rest = cursor.rest
    let isType = cursor.rest.first.map { $0.isName && !Self.constraintWords.contains($0.text) }
    type = isType == true ? cursor.rest.first?.text ?? "" : ""
  }

  private static let constraintWords: Set<String> = [
    "constraint", "not", "null", "default", "primary", "unique", "check", "references",
    "generated", "as", "collate",
  ]

  var isNotNull: Bool { rest.index(behind: "not", "null") != nil }
  var isKey: Bool { rest.index(behind: "primary", "key") != nil }
  var isUnique: Bool { rest.index(behind: "unique") != nil }
  var references: Bool { rest.index(behind: "references") != nil }
  var isIdentity: Bool { rest.index(behind: "as", "identity") != nil }
  var isStored: Bool { rest.index(behind: "stored") != nil && isGenerated }
  var isGenerated: Bool {
    rest.index(behind: "generated") != nil || rest.contains { $0.isWord("as") } && !isIdentity
  }
  var isSerial: Bool { type.hasPrefix("serial") || type.hasSuffix("serial") }

  /// The value of its DEFAULT; `nil` when there is none, or it is NULL.
  var defaultValue: ArraySlice<StatementToken>? {
    guard let start = rest.index(behind: "default") else { return nil }
    let words: Set = ["constraint", "not", "primary", "unique", "check", "references", "generated"]
    let value = rest[start...].prefix { token in
      !(token.depth == name.depth && token.kind == .word && words.contains(token.text))
    }
    return value.count == 1 && value.first?.isWord("null") == true ? nil : value
  }
}

/// A constraint of a table as CREATE TABLE or ALTER TABLE defines it.
struct ConstraintDefinition {
  enum Kind {
    case primaryKey, unique, foreignKey, check, exclude
  }

  let kind: Kind
  /// Its name; `nil` when the engine makes one up.
  let name: StatementToken?
  /// What stands behind the words that tell the kind.
  let rest: ArraySlice<StatementToken>

  /// Reads `[CONSTRAINT name] …`; `nil` for what is a column.
  init?(_ tokens: ArraySlice<StatementToken>) {
    var cursor = StatementCursor(tokens)
    name = cursor.take("constraint") ? cursor.name() : nil
    if cursor.take("primary", "key") {
      kind = .primaryKey
    } else if cursor.take("unique") {
      kind = .unique
    } else if cursor.take("foreign", "key") {
      kind = .foreignKey
    } else if cursor.take("check") {
      kind = .check
    } else if cursor.take("exclude") {
      kind = .exclude
    } else {
      return nil
    }
    rest = cursor.rest
  }

  var isNotValid: Bool { rest.index(behind: "not", "valid") != nil }
  var usesIndex: Bool {
    rest.index(behind: "using", "index") != nil && !rest.contains { $0.isWord("(") }
  }
}
