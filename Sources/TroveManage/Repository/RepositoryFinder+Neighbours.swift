extension RepositoryFinder {
  /// Core and the plugins that are none of `members`, as far as they can be found.
  ///
  /// - Parameters:
  ///   - members: the repositories that a command is about.
  ///   - problem: told why one of the others cannot be found or read.
  /// - Returns: core first, then the plugins in the order of `db_plugins`.
  public func neighbours(
    of members: [Member], problem: (RepositoryError) -> Void
  ) -> [Member] {
    var neighbours: [Member] = []
    func add(_ role: Member.Role, _ find: () throws(RepositoryError) -> Repository) {
      do throws(RepositoryError) {
        let repository = try find()
        // One with the same row is the same repository, perhaps another copy of it.
        guard !(members + neighbours).contains(where: { $0.repository.sharesRow(with: repository) })
        else { return }
        neighbours.append(Member(role: role, repository: repository))
      } catch {
        problem(error)
      }
    }
    add(.core) { () throws(RepositoryError) in try core() }
    for entry in settings.plugins {
      add(.plugin(name: entry.text)) { () throws(RepositoryError) in try plugin(entry) }
    }
    return neighbours
  }
}
