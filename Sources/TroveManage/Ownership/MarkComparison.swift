/// What a script has done to the objects of others, by the marks from before and after it.
struct MarkComparison {
  private let before: [ObjectMark]
  private let after: [ObjectMark]
  private let owners: Owners
  private let actor: Owner
  private let mayTouch: (Owner) -> Bool
  private let afterByName: [ObjectName: ObjectMark]
  private let afterByID: [Int64: ObjectMark]
  private let beforeByName: [ObjectName: ObjectMark]

  /// Compares marks of one transaction.
  ///
  /// - Parameters:
  ///   - change: the marks from before and after the script.
  ///   - owners: who owned what before.
  ///   - actor: whose script it was.
  ///   - mayTouch: whether the actor may touch what somebody owns.
  init(
    _ change: MarkChange, owners: Owners, actor: Owner, mayTouch: @escaping (Owner) -> Bool
  ) {
    before = change.before
    after = change.after
    self.owners = owners
    self.actor = actor
    self.mayTouch = mayTouch
    beforeByName = Dictionary(before.map { ($0.name, $0) }) { first, _ in first }
    afterByName = Dictionary(after.map { ($0.name, $0) }) { first, _ in first }
    afterByID = Dictionary(after.compactMap { mark in mark.id.map { ($0, mark) } }) { first, _ in
      first
    }
  }

  /// The first thing that the actor may not do; `nil` when there is none.
  ///
  /// - Parameter bookkeeping: what we have done to our own tables ourselves.
  /// - Returns: what was done.
  func trespass(besides bookkeeping: [ObjectName: OwnWrites]) -> Trespass? {
    for mark in before {
      guard let owner = owners.owner(of: mark), !mayTouch(owner),
        let deed = deed(to: mark, bookkeeping)
      else { continue }
      return Trespass(deed: deed, object: mark.part ?? mark.name, owner: owner)
    }
    for mark in after where beforeByName[mark.name] == nil && owners.owner(of: mark) == .program {
      guard mark.name.kind == .table, let deed = deed(toNewOwnTable: mark, bookkeeping) else {
        continue
      }
      return Trespass(deed: deed, object: mark.name, owner: .program)
    }
    for mark in after where mark.name.kind == .trigger && mark.isOfTransaction {
      guard beforeByName[mark.name] == nil, let table = mark.name.tableName,
        let owner = owners.owner(ofRelation: table), !mayTouch(owner)
      else { continue }
      return Trespass(deed: .addsTrigger, object: table, owner: owner)
    }
    return nil
  }

  private func deed(to mark: ObjectMark, _ bookkeeping: [ObjectName: OwnWrites]) -> Trespass.Deed? {
    guard let now = successor(of: mark) else { return .drops }
    if now.name != mark.name { return .renames }
    let isOwn = owners.owner(of: mark) == .program
    let own = isOwn ? bookkeeping[mark.name] ?? OwnWrites() : OwnWrites()
    let changed = ObjectMark.Aspect.allCases.first {
      now.isTouched && mark.aspects[$0] != now.aspects[$0]
    }
    if let changed, !own.isRemade { return Trespass.Deed(changing: changed) }
    if isOwn {
      let rows = Int(now.insertions - mark.insertions + now.changes - mark.changes)
      return own.rows.contains(rows) ? nil : .writesRows
    }
    return hasWritten(mark, now) ? .writesRows : nil
  }

  /// What was done to a table that our bookkeeping has made meanwhile: its rows are ours, and nothing hangs on
  /// it.
  private func deed(
    toNewOwnTable mark: ObjectMark, _ bookkeeping: [ObjectName: OwnWrites]
  ) -> Trespass.Deed? {
    guard let own = bookkeeping[mark.name], own.isRemade else { return nil }
    // Privileges may be those that the database gives to every new table.
    let extras: [ObjectMark.Aspect] = [.rules, .attachments, .comments]
    if let extra = extras.first(where: { mark.aspects[$0] != nil }) {
      return Trespass.Deed(changing: extra)
    }
    return own.rows.contains(Int(mark.insertions + mark.changes)) ? nil : .writesRows
  }

  /// What became of an object: under its name, or under the name that it was given.
  private func successor(of mark: ObjectMark) -> ObjectMark? {
    if let same = afterByName[mark.name], same.id == mark.id { return same }
    return mark.id.flatMap { afterByID[$0] }
  }

  // MARK: Rows

  private func hasWritten(_ mark: ObjectMark, _ now: ObjectMark) -> Bool {
    guard mark.name.kind == .table, isWritten(mark, now) else { return false }
    if comesFromTrigger(of: mark) { return false }
    return now.insertions != mark.insertions || !comesFromCascade(to: now, visited: [])
  }

  private func isWritten(_ mark: ObjectMark, _ now: ObjectMark) -> Bool {
    // Rows that a caught error has undone are counted, but the lock is gone with them.
    guard now.isLockedForWriting else { return false }
    if now.insertions != mark.insertions || now.changes != mark.changes { return true }
    // Writing no row at all leaves nothing but the lock, as does making a function in SQL that writes.
    return !mark.isLockedForWriting && !hasMadeCode
  }

  private var hasMadeCode: Bool {
    after.contains { mark in
      guard mark.isOfTransaction else { return false }
      let old = beforeByName[mark.name]
      switch mark.name.kind {
      case .function: return old == nil || old?.aspects != mark.aspects
      default: return mark.aspects[.rules] != old?.aspects[.rules]
      }
    }
  }

  /// Whether the owner of the table has asked, by a foreign key, that its rows follow rows that the actor
  /// may write and has written.
  private func comesFromCascade(to mark: ObjectMark, visited: Set<Int64>) -> Bool {
    mark.cascadeParents.contains { id in
      guard !visited.contains(id), let parent = afterByID[id], let old = beforeByName[parent.name],
        let owner = owners.owner(of: parent), isWritten(old, parent)
      else { return false }
      return mayTouch(owner) || comesFromCascade(to: parent, visited: visited.union([id]))
    }
  }

  /// Whether the owner of the table has a trigger on a table that the actor may write and has written.
  private func comesFromTrigger(of mark: ObjectMark) -> Bool {
    guard let owner = owners.owner(of: mark) else { return false }
    return before.contains { trigger in
      guard trigger.name.kind == .trigger, owners.entries[trigger.name]?.owner == owner,
        let table = trigger.name.tableName, let old = beforeByName[table],
        let now = afterByName[table], let its = owners.owner(of: old)
      else { return false }
      return mayTouch(its) && its != owner && isWritten(old, now)
    }
  }

  // MARK: Owners

  /// Who owns what after the script: what is new belongs to the actor, and what is renamed or built anew to
  /// whom it belonged.
  ///
  /// - Parameter dropped: names of what the script is known to have dropped.
  /// - Returns: what is another one of the owners, and the names about which something new is to be recorded.
  func outcome(dropped: Set<ObjectName> = []) -> OwnerChange {
    var outcome = OwnerChange()
    for mark in before where afterByName[mark.name] == nil && mark.part == nil {
      outcome.entries.append((mark.name, nil))
      outcome.changed.insert(mark.name)
    }
    let byID = Dictionary(before.compactMap { mark in mark.id.map { ($0, mark) } }) { first, _ in
      first
    }
    for mark in after where mark.part == nil && owners.owner(of: mark) != .program {
      if let old = beforeByName[mark.name] {
        if old.aspects != mark.aspects || old.id != mark.id { outcome.changed.insert(mark.name) }
        // A table that its owner has dropped and somebody made anew outside belongs to nobody still.
        guard old.id != mark.id, owners.entries[mark.name] == nil, mark.isOfTransaction else {
          continue
        }
      } else if let id = mark.id, let old = byID[id], !dropped.contains(old.name),
        afterByName[old.name] == nil
      {
        outcome.changed.insert(mark.name)
        outcome.entries.append((mark.name, owners.entries[old.name]))
        continue
      }
      guard mark.isOfTransaction else { continue }
      outcome.changed.insert(mark.name)
      outcome.entries.append((mark.name, Owners.Entry(owner: actor, fingerprint: "")))
    }
    return outcome
  }
}

/// What a script has changed of who owns what.
struct OwnerChange {
  /// The entries that are others now; without an owner, `nil`.
  var entries: [(name: ObjectName, entry: Owners.Entry?)] = []
  /// The objects about which something new is to be recorded.
  var changed: Set<ObjectName> = []
}
