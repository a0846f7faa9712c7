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
      variables: variables(reportingTo: reporter))
  }

  /// Another database, waited for as the conf file's own.
  func sibling(at url: DatabaseURL) -> Database {
    let other = Database(url)
    other.connectWait = database.connectWait
    other.busyWait = database.busyWait
    other.statementHandler = database.statementHandler
    return other
  }
}
