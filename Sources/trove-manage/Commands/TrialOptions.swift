import ArgumentParser
import TroveManage

/// How the scripts of a repository are tried in scratch databases.
struct TrialOptions: ParsableArguments {
  @Flag(
    name: .customLong("round_trip"),
    help: """
      Run each version up, down and up again on every engine: the schema must be as before, and the same the \
      second time.
      """)
  var isRoundTrip = false

  @Flag(
    name: .customLong("parity"),
    help: """
      Compare what the scripts for SQLite make with what those for PostgreSQL make: columns, what they hold, \
      NULL, defaults and keys.
      """)
  var isParity = false

  @Option(
    name: .customLong("dialect"),
    help: ArgumentHelp(
      "With --round_trip: only this engine, sqlite or postgresql.", valueName: "engine"),
    transform: Dialect.init(argument:))
  var dialect: Dialect?

  @OptionGroup var server: ScratchServerOption

  /// What is asked for.
  var chosen: Set<TrialCheck.Trial> {
    Set([isRoundTrip ? .roundTrip : nil, isParity ? .parity : nil].compactMap(\.self))
  }

  func validate() throws {
    guard !chosen.isEmpty || dialect == nil && server.url == nil else {
      throw ValidationError(
        "--dialect and --scratch are about scripts that run: add --round_trip or --parity")
    }
    guard !isParity || dialect == nil else {
      throw ValidationError("--parity compares the engines: --dialect is of no use with it")
    }
  }
}

extension TrialCheck.Progress {
  /// What begins.
  var words: String {
    let count = HumanReporter.count(repository.versions.count, "version")
    let way = course == .up ? "up" : "up, down and up again"
    return "\(repository.id) on \(dialect.rawValue): \(count) \(way)"
  }
}
