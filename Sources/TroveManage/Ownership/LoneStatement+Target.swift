extension LoneStatement {
  /// The table, or the index of a table, that the statement changes for good, and how; `nil` when it changes
  /// none.
  var target: (name: CatalogName, deed: Trespass.Deed)? {
    switch self {
    case .createIndex(_, on: let table): (table, .indexes)
    case .dropIndex(let index): (index, .indexes)
    case .detach(partition: _, from: let table): (table, .alters)
    case .reindex, .create, .drop, .setting, .repeatable: nil
    }
  }
}
