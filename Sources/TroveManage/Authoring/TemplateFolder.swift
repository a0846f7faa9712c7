/// The templates of new files: those in a folder, and the built-in ones for what it does not have.
struct TemplateFolder: Sendable {
  /// The folder; `nil` where everything is built in.
  private let folder: Path?

  /// The templates that somebody names.
  ///
  /// - Throws: ``AuthoringError`` when the folder is not there, or holds no template.
  init(naming folder: Path) throws(AuthoringError) {
    let names: [String]
    do { names = try FileSystem.names(in: folder.text) } catch { throw .file(error) }
    guard !Self.fileNames.isDisjoint(with: names) else {
      throw .noTemplates(folder.text, known: Self.fileNames.sorted())
    }
    self.folder = folder
  }

  /// The templates of the repository in `folder`, in its folder `templates/` if it has one.
  init(ofRepositoryIn folder: Path) {
    self.folder = folder.appending(Self.name)
  }

  /// The built-in templates.
  static let builtIn = Self()

  private init() { folder = nil }

  /// What a repository calls the folder.
  static let name = "templates"

  /// The template of `migrate.cfg`.
  func config() throws(AuthoringError) -> ScriptTemplate {
    try own([Self.configName]) ?? ScriptTemplate(builtIn: Self.configText)
  }

  /// The template of a script.
  func script(
    _ operation: Operation, for audience: ScriptAudience
  ) throws(AuthoringError) -> ScriptTemplate {
    let own = try own(["\(audience.word)_\(operation).sql", "\(operation).sql"])
    return own ?? ScriptTemplate(builtIn: Self.scriptText(operation, for: audience))
  }

  /// The templates of scripts that are in the folder.
  func ownScripts() throws(AuthoringError) -> [(name: String, template: ScriptTemplate)] {
    var scripts: [(name: String, template: ScriptTemplate)] = []
    for name in Self.scriptNames {
      if let template = try own([name]) { scripts.append((name, template)) }
    }
    return scripts
  }

  /// The first of `names` that is in the folder.
  private func own(_ names: [String]) throws(AuthoringError) -> ScriptTemplate? {
    guard let folder else { return nil }
    let path = names.map { folder.appending($0) }.first { FileSystem.kind(of: $0.text) != nil }
    guard let path else { return nil }
    return try ScriptTemplate(reading: path)
  }

  private static let configName = "migrate.cfg"

  private static let scriptNames = Operation.ofVersions.flatMap { operation in
    ["\(operation).sql"] + ScriptAudience.words.map { "\($0)_\(operation).sql" }
  }

  private static let fileNames = Set(scriptNames + [configName])
}

extension TemplateFolder {
  private static let configText = """
    [db_settings]
    # Identifies this repository in its version table. Databases will carry it: it stays as it is.
    repository_id={{repository_id}}

    # The table that holds the version at which a database stands, this repository's own. It stays, too.
    version_table={{version_table}}

    # Other repositories that must be there, such as core, and in which versions:
    # requires=Trove Migrations >= 1

    # True numbers new versions by the time in UTC: two authors do not take the same number then.
    use_timestamp_numbering=False

    # For sqlalchemy-migrate.
    required_dbs=[]

    """

  private static func scriptText(_ operation: Operation, for audience: ScriptAudience) -> String {
    let others =
      audience == .everyEngine
      ? """
      -- * An engine that needs other words takes a script of its own:
      --   {{stem}}_sqlite_\(operation).sql, {{stem}}_postgresql_\(operation).sql

      """ : ""
    let advice =
      switch operation {
      case .downgrade:
        """
        -- Write below what undoes version {{version}} on {{engines}}, the last change first,
        -- then take the line 'migrate: draft' out: as long as it is there, no run takes this script.
        -- If nothing can undo it, delete this file: db_downgrade stops above the version then.
        """
      default:
        """
        -- Write below what takes the database from the version before to version {{version}}, for {{engines}},
        -- then take the line 'migrate: draft' out: as long as it is there, no run takes this script.
        --
        -- * It runs in a transaction that is the run's: leave out BEGIN and COMMIT.
        \(others)-- * Tables of other repositories are there to be read and referred to, not to be changed.
        """
      }
    return """
      -- Version {{version}}: {{description}}
      -- migrate: draft
      --
      \(advice)

      """
  }
}
