extension OwnershipRule {
  /// What the warden refused.
  public func violation(
    behind error: DatabaseError, in part: ScriptPart
  ) -> (any RuleViolation)? {
    guard error.kind == .forbidden, let refused, let index = part.statements.first else {
      return nil
    }
    let statement = part.step.script.statements[index]
    return OwnershipViolation(trespass: refused, step: part.step, statement: statement)
  }
}

extension OwnershipRule: ScriptWarden {
  /// Whether the running script may do it; code of a trigger may what the owner of the trigger may.
  public func allows(_ access: ScriptAccess) -> Bool {
    guard let segment else { return true }
    let name = access.object
    if access.action == .writeCatalog {
      refused = Trespass(deed: .writesRows, object: name, owner: .engine)
      return false
    }
    let owner = name.kind == .trigger ? owners.owner(of: name) : owners.owner(ofRelation: name)
    guard let owner else { return true }
    let actor = access.trigger.flatMap { owners.owner(ofTrigger: $0) } ?? segment.actor
    if may(actor, touch: owner) {
      if access.action == .drop { self.segment?.dropped.insert(name) }
      return true
    }
    refused = Trespass(deed: Trespass.Deed(access.action), object: name, owner: owner)
    return false
  }

  /// Whether the tables, and the numbers of AUTOINCREMENT, of others are as they were.
  public func allowsCatalogChange(on connection: any Connection) throws(DatabaseError) -> Bool {
    guard let segment else { return true }
    let change = segment.catalog.change(to: try connection.marks().marks)
    refused = try segment.trespass(change, on: connection)
    return refused == nil
  }
}
