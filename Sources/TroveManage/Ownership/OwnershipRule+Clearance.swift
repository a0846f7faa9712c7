extension OwnershipRule {
  /// What the repositories own, as far as it is there: what somebody has renamed outside is not.
  public func clearance(
    of repositories: [Repository], on connection: any Connection
  ) throws(MigrationError) -> Clearance {
    let owned = repositories.flatMap { owners.objects(of: Owner($0)) }
    let present = try MigrationError.catching { () throws(DatabaseError) in
      try connection.schema(of: owned)
    }
    return Clearance(doomed: present.map(\.name), known: Set(owners.entries.keys))
  }
}
