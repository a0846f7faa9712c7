import ArgumentParser
import TroveManage

/// The command `db_wait`.
struct DbWait: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_wait",
    abstract: "Wait until the database can be used.",
    discussion: """
      That is when a session can be opened, with target_session_attrs in the URL a fitting one; a \
      SQLite file may be missing, db_sync makes it. Nothing is written. Exits with 75 when the time is \
      over, and at once with 1 for what waiting cannot mend: a wrong password, a database, a user or a \
      host that does not exist.

      Example: trove-manage db_wait --timeout 120 && trove-manage db_sync
      """
  )

  @OptionGroup var options: GlobalOptions

  @Option(help: Self.timeoutHelp)
  var timeout: Seconds?

  private static let timeoutHelp = ArgumentHelp(
    """
    How long to wait at the most, with or without a fraction; 0 tries once. Without it: connect_wait \
    of the conf file when that is set above 0, otherwise 60.
    """, valueName: "seconds")

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .none)
    workplace.prepareDatabase(reportingTo: reporter)
    let wait = workplace.settings.connectWait
    let start = ContinuousClock.now
    try workplace.database.waitUntilReady(
      timeout?.duration ?? (wait > .zero ? wait : .seconds(60)), interruption: Interruption()
    ) { hosts in
      reporter.report(.notice("waiting for \(hosts)"))
    }
    reporter.finishWait(for: workplace.database.url, after: .now - start)
    return .done
  }
}

/// A time in seconds on the command line, written as in a conf file.
struct Seconds: ExpressibleByArgument {
  let duration: Duration

  init?(argument: String) {
    guard let duration = Duration(secondsText: argument) else { return nil }
    self.duration = duration
  }
}
