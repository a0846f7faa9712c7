import ArgumentParser
import TroveManage

/// The command `version_create`.
struct VersionCreate: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "version_create",
    abstract: "Make the scripts of a repository's next version, to be written by you.",
    discussion: """
      The number is the next one or, with use_timestamp_numbering in migrate.cfg, the time in UTC; DESCRIPTION \
      becomes a part of the names. There is an upgrade and a downgrade script for each of --dialects. They \
      begin with a comment that says what belongs into them, and with the line `-- migrate: draft`: as long \
      as that is there, no run takes the script. Templates in the folder templates/ of the repository take \
      the place of the built-in ones: upgrade.sql, downgrade.sql, or sqlite_upgrade.sql and its like; \
      {{version}}, {{description}}, {{dialect}} and {{repository_id}} stand for what they say. Nothing is \
      overwritten, and no database or conf file is asked.

      Example: trove-manage version_create 'add person' --repo_path /opt/foo/migrate_repo
      Example: trove-manage version_create 'person updated' --dialects sqlite,postgresql
      """
  )

  @OptionGroup var options: GlobalOptions

  @Argument(help: "What the version does, in a few words.")
  var description: String

  @Option(
    name: .customLong("repo_path"),
    help: ArgumentHelp(
      "The repository, which holds migrate.cfg and versions/; without it, the current folder.",
      valueName: "folder"), completion: .directory)
  var repositoryPath: String?

  @Option(
    help: ArgumentHelp(
      "Whom there is a script for: default (both engines), or sqlite,postgresql for one each.",
      valueName: "list"),
    transform: ScriptAudience.list)
  var dialects: [ScriptAudience] = [.everyEngine]

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let version = try NewVersion(description, in: folder(), for: dialects)
    let repository = version.repository
    for warning in repository.warnings { reporter.report(.warning(warning)) }
    let result = try version.create()
    for dialect in result.enginesWithout {
      reporter.report(
        .warning(
          "version \(result.version) has no script for \(dialect.rawValue): no run there passes it")
      )
    }
    let place = FileSystem.realPath(of: repository.folder.text).shellWord
    let isDraft = result.isDraft
    reporter.finishCreation(
      CreationOutcome(
        key: repository.key, folder: repository.folder, version: result.version,
        files: result.scripts,
        steps: [
          "write the statements" + (isDraft ? ", and take the lines `-- migrate: draft` out" : ""),
          "\(options.programWords) repo_check --repo_path \(place)",
          "\(options.programWords) db_sync --repo_path \(place)",
        ]))
    return .done
  }

  /// The repository that is named, or in which the command is started; never another one.
  private func folder() throws(AuthoringError) -> Path {
    if let repositoryPath { return Path(repositoryPath) }
    return try NewVersion.currentRepository()
  }
}

extension ScriptAudience {
  /// The audiences that an argument lists.
  fileprivate static func list(_ text: String) throws -> [ScriptAudience] {
    var list: [ScriptAudience] = []
    for word in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let audience = ScriptAudience(word: String(word.filter { $0 != " " })) else {
        throw ValidationError(
          "--dialects takes \(words.joined(separator: ", ")), not '\(word)'")
      }
      guard !list.contains(audience) else {
        throw ValidationError("--dialects names \(audience.word) twice")
      }
      list.append(audience)
    }
    return list
  }
}
