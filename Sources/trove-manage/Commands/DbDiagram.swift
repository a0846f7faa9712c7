import ArgumentParser
import TroveManage

/// The command `db_diagram`.
struct DbDiagram: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_diagram",
    abstract: "Draw tables and foreign keys, in the colours of their owners.",
    discussion: """
      The picture shows the database of the conf files, which is only read; or, with --from repositories, what \
      the scripts of core and of every plugin make up to their latest versions, in a scratch database that \
      is dropped again. SVG needs no other program; dot is for Graphviz, mermaid an erDiagram. The same \
      schema always makes the same text. With --output, a picture that the command has made before \
      is replaced; any other file stays.

      Example: trove-manage --config-file /etc/trove/trove.conf db_diagram --output schema.svg
      Example: trove-manage --config-file conf/trove.conf db_diagram --from repositories --format mermaid
      """
  )

  /// What is drawn.
  enum Source: String, CaseIterable, ExpressibleByArgument {
    case database
    case repositories
  }

  @OptionGroup var options: GlobalOptions
  @OptionGroup var scratch: ScratchOption

  @Option(
    help: ArgumentHelp("The language of the picture: svg, dot or mermaid.", valueName: "language"),
    completion: .list(DiagramFormat.allCases.map(\.rawValue)),
    transform: DiagramFormat.init(argument:))
  var format = DiagramFormat.svg

  @Option(name: .customLong("output"), help: Self.outputHelp, completion: .file())
  var output: String?

  @Option(help: "What is drawn: the database, or what the scripts of the repositories make.")
  var from = Source.database

  @Option(name: .customLong("repo_path"), help: Self.pathHelp, completion: .directory)
  var paths: [String] = []

  @Flag(name: .customLong("all"), help: "Version tables, the program's own, and partitions, too.")
  var isEverything = false

  private static let outputHelp = ArgumentHelp(
    "A file for the picture, in a folder that is there; without it, standard output.",
    valueName: "file")

  private static let pathHelp = ArgumentHelp(
    """
    Only the repository in this folder, which holds migrate.cfg and versions/, with the names of the tables \
    that it refers to; may be given more than once. Without it, core, every plugin of db_plugins, and \
    what is nobody's.
    """, valueName: "folder")

  func validate() throws {
    guard from == .repositories || scratch.url == nil else {
      throw ValidationError("--scratch is of no use without --from repositories")
    }
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let file = try output.map { try DiagramFile(Path($0), format) }
    let workplace = try Workplace(options, .some(of: paths))
    let diagram =
      switch from {
      case .database: try drawDatabase(of: workplace, reportingTo: reporter)
      case .repositories: try drawRepositories(of: workplace, reportingTo: reporter)
      }
    let text = format.text(of: diagram)
    try file?.write(text)
    reporter.finishDiagram(
      DiagramOutcome(diagram: diagram, format: format, text: text, file: file?.path))
    return .done
  }

  private func drawDatabase(
    of workplace: Workplace, reportingTo reporter: any Reporter
  ) throws -> Diagram {
    if let path = workplace.database.url.missingFile { throw NothingToDraw(path: path) }
    let standings = try workplace.migrator(reportingTo: reporter).standings()
    let keys = paths.isEmpty ? nil : workplace.members.map(\.repository.key)
    defer { workplace.database.close() }
    return try Diagram(of: workplace.database, standings, showing: scope(of: keys))
  }

  private func drawRepositories(
    of workplace: Workplace, reportingTo reporter: any Reporter
  ) throws -> Diagram {
    workplace.prepareDatabase(reportingTo: reporter)
    let levels = workplace.members.map {
      ScratchBuild.Level($0, at: $0.repository.latest, .everything)
    }
    return try workplace.scratchBuild(at: scratch.place(), reportingTo: reporter)
      .diagram(of: levels, showing: scope(of: nil))
  }

  private func scope(of repositories: [RepositoryKey]?) -> Diagram.Scope {
    Diagram.Scope(isEverything ? .everything : .usual, of: repositories)
  }
}

extension DiagramFormat {
  /// The language that an argument names.
  fileprivate init(argument: String) throws {
    guard let format = Self(rawValue: argument) else {
      let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--format takes one of \(known), not '\(argument)'")
    }
    self = format
  }
}

/// The database file to draw is not there.
struct NothingToDraw: Error, CustomStringConvertible {
  let path: Path

  var description: String {
    """
    \(path): no such file
    hint: db_sync makes the database; --from repositories draws what the scripts would make
    """
  }
}
