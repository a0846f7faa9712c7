import ArgumentParser
import TroveManage

/// The command `repo_create`.
struct RepoCreate: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "repo_create",
    abstract: "Make a new repository: migrate.cfg and a folder for its versions.",
    discussion: """
      NAME becomes its repository_id, by which databases know it. Its version table is named after it, and so its \
      own: com.foo.dbaas gets com_foo_dbaas_migrate_version. Nothing is overwritten, and no database or conf \
      file is asked. With --templates, a migrate.cfg in that folder is used in place of the built-in one, and \
      its templates of scripts, such as upgrade.sql, become the repository's: version_create uses them.

      Example: trove-manage repo_create /opt/foo/migrate_repo com.foo.dbaas
      Example: trove-manage repo_create migrate_repo com.foo.dbaas --version_table foo_version
      """
  )

  @OptionGroup var options: GlobalOptions

  @Argument(
    help: "The folder to make; it is not there yet, those around it may be missing, too.",
    completion: .directory)
  var path: String

  @Argument(help: "The repository_id, such as the name of your Python package.")
  var name: String

  @Option(
    name: .customLong("version_table"),
    help: ArgumentHelp(
      "The table that will hold its version; without it, one that is named after it.",
      valueName: "table"))
  var versionTable: String?

  @Option(
    help: ArgumentHelp(
      """
      A folder of templates: any of migrate.cfg, upgrade.sql, downgrade.sql, and sqlite_upgrade.sql and its \
      like for one engine; what is not in it is built in.
      """, valueName: "folder"), completion: .directory)
  var templates: String?

  func validate() throws {
    guard !path.isEmpty else { throw ValidationError("An empty PATH is no folder to make") }
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let repository = try NewRepository(
      named: name, in: Path(path), versionTable: versionTable, templates: templates.map { Path($0) }
    )
    let files = try repository.create()
    let place = FileSystem.realPath(of: path)
    let program = options.programWords
    reporter.finishCreation(
      CreationOutcome(
        key: RepositoryKey(id: repository.id, versionTable: repository.versionTable),
        folder: repository.folder, version: nil, files: files,
        steps: [
          "\(program) version_create 'what it does' --repo_path \(place.shellWord)",
          "in the section [DEFAULT] of the conf file: db_plugins = \(place.replacing("$", with: "$$"))",
          "\(program) db_sync --repo_path \(place.shellWord)",
        ]))
    return .done
  }
}
