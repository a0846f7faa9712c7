import TroveManage

extension Workplace {
  /// A builder of the repositories in scratch databases.
  func scratchBuild(at place: DatabaseURL?, reportingTo reporter: any Reporter) -> ScratchBuild {
    // From here on a signal ends what runs and not the process, which has a database to drop.
    let interruption = Interruption()
    let scratch = ScratchDatabase(like: database, at: place, interruption: interruption) {
      reporter.report(.warning($0))
    }
    return ScratchBuild(
      in: scratch, identity: Self.identity(), interruption: interruption,
      python: pythonSetup, variables: variables(reportingTo: reporter))
  }

  /// The repositories of the conf files that stand in the database before the one in `path`, and at which
  /// version.
  ///
  /// What the conf files name wrongly does not matter to it, but is warned about.
  func base(of path: String?, reportingTo reporter: any Reporter) throws -> [ScratchBuild.Level] {
    guard let path, let neighbourFinder else { return [] }
    let all: [Member]
    do {
      all = try neighbourFinder.members()
    } catch {
      reporter.report(.warning("\(error)"))
      return []
    }
    let own = FileSystem.realPath(of: path)
    let before = all.prefix { $0.repository.folder.text != own }
    return try Migrator(
      database, members: Array(before), options: Migrator.Options(identity: Self.identity())
    ).standings().compactMap { standing in
      standing.isKnown ? ScratchBuild.Level(standing) : nil
    }
  }
}
