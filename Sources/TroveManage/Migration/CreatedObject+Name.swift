extension CreatedObject {
  /// Whether the object called `name` is the one that the statement has made.
  func made(_ name: ObjectName) -> Bool {
    let isOfKind =
      switch kind {
      case .table: name.kind == .table
      case .view: name.kind == .view
      case .materializedView: name.kind == .materializedView
      case .function, .procedure: name.kind == .function
      case .sequence: name.kind == .sequence
      case .domain, .type: name.kind == .type
      }
    guard isOfKind, schema.map({ $0 == name.schema }) ?? true else { return false }
    return name.name == self.name || name.kind == .function && name.name.hasPrefix("\(self.name)(")
      || name.schema == "main" && name.name.lowercased() == self.name.lowercased()
  }
}
