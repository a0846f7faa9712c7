import ArgumentParser
import TroveManage

/// What a run is asked to show in place of running.
struct PlanOptions: ParsableArguments {
  @Flag(
    name: .customLong("dry_run"),
    help: """
      Show what would run, and in which transactions, and what that destroys; nothing is locked, run or \
      written.
      """)
  var isDryRun = false

  @Flag(
    name: .customLong("sql"),
    help: """
      Print the script by which psql or sqlite3 does the same, bookkeeping included. The scripts run in a \
      scratch database for that, and nowhere else.
      """)
  var isPrinting = false

  @OptionGroup var scratch: ScratchOption

  /// Whether anything is to run.
  var isRun: Bool { !isDryRun && !isPrinting }

  func validate() throws {
    guard !isDryRun || !isPrinting else {
      throw ValidationError("--dry_run shows the plan and --sql the script: name one of them")
    }
    guard isPrinting || scratch.url == nil else {
      throw ValidationError("--scratch is of use with --sql alone")
    }
  }
}

/// Between which versions a run is shown that no database is asked about.
struct RangeOptions: ParsableArguments {
  @Option(
    help: """
      With --to and --sql or --dry_run: show the way from this version to that one, down as well, without a \
      database, for core or the repository of --repo_path.
      """, transform: VersionNumber.init)
  var from: VersionNumber?

  @Option(help: "Where the way that begins at --from ends.", transform: VersionNumber.init)
  var to: VersionNumber?

  @Option(
    name: .customLong("dialect"),
    help: ArgumentHelp(
      "With --from: sqlite or postgresql; without it, what the connection of the conf file says.",
      valueName: "engine"),
    completion: .list(Dialect.allCases.map(\.rawValue)),
    transform: Dialect.init(argument:))
  var dialect: Dialect?

  /// The versions; `nil` when the database is asked.
  var ends: (from: Int, to: Int)? {
    guard let from, let to else { return nil }
    return (from.number, to.number)
  }

  func validate() throws {
    guard (from == nil) == (to == nil) else {
      throw ValidationError("--from and --to go together: --from 3 --to 5")
    }
    guard from != nil || dialect == nil else {
      throw ValidationError("--dialect is of use with --from and --to alone")
    }
  }
}

extension Dialect {
  /// The engine that the command line names.
  init(argument text: String) throws {
    guard let dialect = Dialect(rawValue: text) else {
      throw ValidationError("--dialect is sqlite or postgresql, not '\(text)'")
    }
    self = dialect
  }
}
