import ArgumentParser

/// The command `set_nova_tags`.
struct DatastoreSetNovaTags: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "set_nova_tags",
    abstract: "Left out: it needs Nova.",
    discussion: """
      It fails, whatever its arguments are. Trove's own program can stand beside this one, under another path.

      Example: trove-manage help datastore_version_update
      """
  )

  @OptionGroup var options: GlobalOptions

  @Argument(parsing: .allUnrecognized, help: .hidden)
  var arguments: [String] = []

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    throw NeedsNova()
  }
}

/// The command asks Nova, which this program does not know.
struct NeedsNova: Error, CustomStringConvertible {
  let description =
    "set_nova_tags needs Nova and is left out: use Trove's own trove-manage beside this one"
}
