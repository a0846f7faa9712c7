/// A repository, or the list of them, that cannot be used.
public enum RepositoryError: Error {
  case file(FileError)
  case config(ConfError)
  case notFound(path: String)
  case notFolder(path: String)
  case noConfig(path: String)
  case noVersions(path: String)
  case missingSetting(path: String, name: String)
  case badRepositoryID(path: String, id: String)
  case badVersionTable(path: String, name: String)
  /// What stands behind `use_timestamp_numbering` is no truth value.
  case badNumbering(TextLocation, String)
  case badScript(path: String, ScriptNameError)
  case noScript(Repository, version: Int, Operation, Dialect)
  case noCore
  case noPlugin(ConfValue, tried: [String])
  case sameRepositoryTwice(ConfValue, path: String)
  case sameID(Repository, Repository)
  /// Core was to be taken away.
  case coreStays(Repository)
  /// The folder holds another repository than the one that was named.
  case otherRepository(Repository, name: String)
  /// An entry of `db_plugins` leads to no repository: why.
  case lostPlugin(ConfValue, String)
  /// Several entries of `db_plugins` lead to repositories with one id.
  case ambiguousPlugin([ConfValue], id: String)
  /// Something is wrong with what `migrate.cfg` requires of other repositories.
  case contract(ContractError)
}

extension RepositoryError: CustomStringConvertible {
  /// What is wrong, starting with the path of the file or folder to blame, and how to mend it.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .config(let error): error.description
    case .notFound(""):
      """
      '' is no path of a repository
      hint: leave --repo_path out for core and every plugin
      """
    case .notFound(let path): "\(path): there is no such repository"
    case .notFolder(let path): "\(path): a repository is a folder, this is a file"
    case .noConfig(let path):
      """
      \(path): not a repository: it has no migrate.cfg
      hint: name the folder that holds migrate.cfg and versions/
      """
    case .noVersions(let path): "\(path): not a repository: it has no folder versions/"
    case .missingSetting(let path, let name):
      """
      \(path): \(name) is not set
      hint: add a line '\(name) = …' to the section [db_settings]
      """
    case .badRepositoryID(let path, _):
      """
      \(path): repository_id is no id: it is longer than 250 characters or holds control characters
      hint: use a short name, such as that of your Python package
      """
    case .badVersionTable(let path, let name):
      """
      \(path): version_table = \(name) is no name for a table of versions
      hint: use letters, digits and _, at most 63, not starting with a digit, sqlite_ or trove_migrate_
      """
    case .badNumbering(let location, let word):
      """
      \(location): use_timestamp_numbering = \(word) is neither True nor False
      hint: True numbers new versions by the time in UTC, False counts
      """
    case .badScript(let path, let problem): "\(path.onOneLine): \(problem)"
    case .noScript(let repository, let version, let operation, let dialect):
      """
      \(repository.folder): version \(version) of \(repository.id) has no \(operation) script for \
      \(dialect.rawValue)
      hint: add versions/\(ScriptName.example(version, dialect, operation)), or one for 'default'
      """
    case .noCore:
      """
      core's repository was not found beside the program
      hint: set core_repo_path in the section [migrate] of the conf file
      """
    case .noPlugin(let value, let tried):
      "\(value.place): no repository for the plugin \(value.shownText); tried:\n  "
        + tried.joined(separator: "\n  ")
        + "\nhint: db_plugins_path lists the folders in which plugins are looked up"
    case .sameRepositoryTwice(let value, let path):
      "\(value.place): \(value.shownText) names a repository that is already in the list: \(path)"
    case .sameID(let first, let second):
      """
      \(second.folder): repository_id '\(second.id)' in \(second.versionTable) is taken by \(first.folder)
      hint: every repository needs an id, or a version table, of its own
      """
    case .coreStays(let core):
      """
      \(core.folder): \(core.id) is core, which is not taken away
      hint: db_downgrade 0 drops what its scripts made
      """
    case .otherRepository(let repository, let name):
      """
      \(repository.folder): the repository_id is '\(repository.id)', not '\(name)'
      hint: name the repository as its migrate.cfg does
      """
    case .lostPlugin(_, let reason):
      """
      \(reason)
      hint: give its repository_id instead, with --repo_path and the folder where it is now, or with \
      --detach to keep its tables
      """
    case .ambiguousPlugin(let entries, let id):
      """
      '\(id)' is the repository_id of \(entries.map(\.shownText).joined(separator: " and "))
      hint: name the entry of db_plugins that is meant
      """
    case .contract(let error): error.description
    }
  }
}

extension ScriptName {
  /// A name that would do.
  static func example(_ version: Int, _ dialect: Dialect, _ operation: Operation) -> String {
    "\(digits(of: version))_description_\(dialect.rawValue)_\(operation).sql"
  }

  /// The version as names begin with it: in three digits or more.
  static func digits(of version: Int) -> String {
    let digits = String(version)
    return String(repeating: "0", count: max(0, 3 - digits.count)) + digits
  }
}

extension String {
  /// The text with `?` for control characters, so that it cannot talk to a terminal.
  fileprivate var onOneLine: String {
    let scalars = unicodeScalars.map { $0.isControl ? "?" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }
}
