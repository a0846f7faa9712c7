/// What the texts of SQLite's catalog say, in a normal form.
enum SQLiteDefinition {
  /// The parts of an object that was made by `text`.
  ///
  /// - Parameters:
  ///   - kind: what it is.
  ///   - text: what the catalog has.
  ///   - indexes: the names and texts of its indexes.
  /// - Returns: the parts; the whole text as one when it is not understood.
  static func parts(
    of kind: ObjectName.Kind, _ text: String, indexes: [(name: String, text: String)]
  ) -> [SchemaObject.Part] {
    guard let tokens = CatalogTokens(text) else { return [.init(kind: "definition", text: text)] }
    guard kind == .table else { return [definition(tokens)] }
    if let option = virtualTable(tokens) { return [option] }
    do throws(TokenReader.Confusion) {
      let table = try SQLiteTableDefinition(tokens)
      return table.parts + indexes.map { index($0.name, $0.text, columns: table.columns) }
    } catch {
      // SQLite has read what we have not: nothing to rely on, but still something to compare.
      return [definition(tokens)] + indexes.map { index($0.name, $0.text, columns: []) }
    }
  }

  /// Everything behind the name.
  private static func definition(_ tokens: CatalogTokens) -> SchemaObject.Part {
    let text = CatalogTokens.text(of: tokens.tokens.dropFirst(3), .anywhere)
    return .init(kind: "definition", text: text)
  }

  private static func virtualTable(_ tokens: CatalogTokens) -> SchemaObject.Part? {
    guard tokens.tokens.prefix(3).map(\.keyword) == ["CREATE", "VIRTUAL", "TABLE"] else {
      return nil
    }
    // Behind the name and USING.
    let module = CatalogTokens.text(of: tokens.tokens.dropFirst(5), .anywhere)
    return .init(kind: "option", name: "virtual table", text: module)
  }

  private static func index(_ name: String, _ text: String, columns: [String]) -> SchemaObject.Part
  {
    guard let tokens = CatalogTokens(text)?.tokens else {
      return .init(kind: "index", name: name, text: text)
    }
    do throws(TokenReader.Confusion) {
      return .init(kind: "index", name: name, text: try indexText(tokens, .table(columns)))
    } catch {
      return .init(kind: "index", name: name, text: CatalogTokens.text(of: tokens, .anywhere))
    }
  }

  private static func indexText(
    _ tokens: [CatalogTokens.Token], _ spelling: CatalogTokens.Spelling
  ) throws(TokenReader.Confusion) -> String {
    var reader = TokenReader(tokens[...])
    guard reader.take("CREATE") else { throw .init() }
    let unique = reader.take("UNIQUE") ? "UNIQUE " : ""
    guard reader.take("INDEX") else { throw .init() }
    _ = try reader.name()
    guard reader.take("ON") else { throw .init() }
    _ = try reader.name()
    let key = SQLiteTableDefinition.keyText(try reader.list(), spelling)
    let rest = CatalogTokens.text(of: reader.rest, spelling)
    return unique + key + (rest.isEmpty ? "" : " \(rest)")
  }
}
