/// A statement that the engine refuses inside a transaction, by what an interrupted one leaves.
public enum LoneStatement: Hashable, Sendable {
  /// `CREATE INDEX CONCURRENTLY`: an INVALID index.
  case createIndex(CatalogName, on: CatalogName)
  /// `DROP INDEX CONCURRENTLY`: the index, INVALID.
  case dropIndex(CatalogName)
  /// `REINDEX`: with `CONCURRENTLY`, INVALID indexes whose names end with `_ccnew` or `_ccold`.
  case reindex(ReindexScope)
  /// `ALTER TABLE … DETACH PARTITION … CONCURRENTLY`: a partition that is on its way out.
  case detach(partition: CatalogName, from: CatalogName)
  /// `CREATE DATABASE` and the like: nothing, or all of it.
  case create(LoneObject, name: String)
  /// `DROP DATABASE` and the like: nothing, or all of it.
  case drop(LoneObject, name: String)
  /// A pragma that SQLite refuses inside a transaction, though it changes nothing but the session.
  case setting
  /// `VACUUM` and the like: doing it twice is the same as doing it once.
  case repeatable
}

/// What `REINDEX` rebuilds.
public enum ReindexScope: Hashable, Sendable {
  case index(CatalogName)
  case table(CatalogName)
  /// A schema, the database or the catalog.
  case everything
}

/// What only a statement outside a transaction makes and drops.
public enum LoneObject: String, Hashable, Sendable, CaseIterable {
  case database, tablespace, subscription
}

extension LoneStatement {
  /// Reads a statement of PostgreSQL; `nil` when a transaction may hold it.
  ///
  /// The list is that of the server's calls of `PreventInTransactionBlock`, without `REINDEX` and
  /// `CLUSTER`.
  init?(_ words: inout StatementWords) {
    if words.take("vacuum") || words.take("alter", "system") {
      self = .repeatable
    } else if words.take("create") {
      guard let found = Self.creation(&words) else { return nil }
      self = found
    } else if words.take("drop") {
      guard let found = Self.removal(&words) else { return nil }
      self = found
    } else if words.take("alter") {
      guard let found = Self.alteration(&words) else { return nil }
      self = found
    } else {
      return nil
    }
  }

  private static func creation(_ words: inout StatementWords) -> Self? {
    if let object = words.object(), let name = words.name() {
      return .create(object, name: name.name)
    }
    _ = words.take("unique")
    guard words.take("index", "concurrently") else { return nil }
    if words.take("if", "not") { _ = words.take("exists") }
    guard let index = words.name(), words.take("on") else { return nil }
    _ = words.take("only")
    return words.name().map { .createIndex(index, on: $0) }
  }

  private static func removal(_ words: inout StatementWords) -> Self? {
    let object = words.object()
    guard object != nil || words.take("index", "concurrently") else { return nil }
    _ = words.take("if", "exists")
    guard let name = words.name() else { return nil }
    return object.map { .drop($0, name: name.name) } ?? .dropIndex(name)
  }

  private static func alteration(_ words: inout StatementWords) -> Self? {
    if words.take("database") {
      _ = words.name()
      return words.take("set", "tablespace") ? .repeatable : nil
    }
    if words.take("subscription") {
      _ = words.name()
      return words.contains("publication") ? .repeatable : nil
    }
    guard words.take("table") else { return nil }
    _ = words.take("if", "exists")
    _ = words.take("only")
    guard let table = words.name(), words.take("detach", "partition"),
      let partition = words.name(), words.take("concurrently")
    else { return nil }
    return .detach(partition: partition, from: table)
  }
}

extension StatementWords {
  fileprivate mutating func object() -> LoneObject? {
    LoneObject.allCases.first { take($0.rawValue) }
  }
}
