/// Maps core's tables: those that core's scripts made, by what is recorded of that or, in a database that the
/// reference alone has migrated, by what the scripts say.
struct CoreMapper: Mapper {
  let members: [Member]
  let connection: any Connection

  /// Maps the tables in the order of their names.
  func map(_ engine: Engine) throws {
    guard let core = members.first(where: { $0.role == .core }) else { return }
    let recorded = try OwnerTable(on: connection).owners(on: connection)
    var names = recorded.objects(of: Owner(core.repository))
    if recorded.records[Owner(core.repository)] == nil {
      let seed = try OwnerSeed(recorded, members: members, standings: [], on: connection)
      names = seed.claims.filter { $0.value.owner == Owner(core.repository) }.keys.sorted()
    }
    for name in names where name.kind == .table {
      // One that somebody dropped behind the record is missed by whoever asks for it.
      if try engine.hasTable(name.name) { _ = try engine.table(name.name, autoload: true) }
    }
  }
}
