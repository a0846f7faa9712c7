/// Why a repository or a version cannot be made.
public enum AuthoringError: Error {
  /// What is wrong with the name of a repository.
  public enum NameFault: Hashable, Sendable {
    case empty
    case tooLong
    /// It begins or ends with a blank, which no reader of `migrate.cfg` would see.
    case blanksAround
    case controlCharacter
    /// The settings `requires` and `allow` could not name it.
    case character(Character)
    /// It begins with a bracket, which is no name to `requires`.
    case bracket
  }

  /// What is wrong with the description of a version.
  public enum DescriptionFault: Hashable, Sendable {
    case empty
    case slash
    case controlCharacter
    /// The name of a file would have more than 255 bytes.
    case tooLong(name: String)
    /// sqlalchemy-migrate would not read the repository.
    case engineName(String)
  }

  case badName(String, NameFault)
  case badVersionTable(String)
  /// No table can be named after the repository.
  case noVersionTable(name: String)
  case badDescription(String, DescriptionFault)
  /// The folder in which the command was started is no repository.
  case notInRepository(Path)
  /// There is no number behind the repository's latest.
  case noNumberLeft(Repository)
  /// Two versions were made at once, where the file system knows no locks.
  case numberTaken(Path, RepositoryError)
  case repository(RepositoryError)
  case file(FileError)
  /// A folder of templates holds none.
  case noTemplates(String, known: [String])
  case templateEmpty(String)
  case templateNotText(String)
  case unknownPlaceholder(TextLocation, String, known: [String])
  /// What a template of `migrate.cfg` makes is not what was asked for.
  case badConfigTemplate(String, problem: String)

  /// Whether the arguments are to blame.
  public var isMisuse: Bool {
    switch self {
    case .badName, .badVersionTable, .noVersionTable, .badDescription: true
    default: false
    }
  }
}

extension AuthoringError: CustomStringConvertible {
  /// What is wrong, and how to mend it.
  public var description: String {
    switch self {
    case .badName(let name, let fault):
      """
      '\(name.shown)' cannot be the name of a repository: \(fault.words)
      hint: take a short name that is your own, such as that of your Python package: com.foo.dbaas
      """
    case .badVersionTable(let name):
      """
      --version_table '\(name.shown)' is no name for a table of versions
      hint: use letters, digits and _, at most 63, not starting with a digit, sqlite_, pg_ or trove_migrate_
      """
    case .noVersionTable(let name):
      """
      no version table can be named after '\(name.shown)'
      hint: name one with --version_table, such as foo_migrate_version
      """
    case .badDescription(let text, let fault):
      """
      '\(text.shown)' cannot describe a version: \(fault.words)
      hint: a few words do, such as "add person": they become part of the names of its scripts
      """
    case .notInRepository(let folder):
      """
      \(folder): not a repository: it has no migrate.cfg, and --repo_path names no other folder
      hint: --repo_path DIR names the repository; `trove-manage repo_create DIR NAME` makes one
      """
    case .noNumberLeft(let repository):
      """
      \(repository.folder): there is no number behind \(repository.latest), the latest version
      hint: renumber that version
      """
    case .numberTaken(_, let error):
      """
      somebody else has made a version with the same number: \(error.description.firstLine)
      hint: nothing is left of this one: try again
      """
    case .repository(let error): error.description
    case .file(let error): error.description + (error.remedy.map { "\nhint: \($0)" } ?? "")
    case .noTemplates(let folder, let known):
      """
      \(folder): there is no template in this folder
      hint: templates are called \(known.joined(separator: ", "))
      """
    case .templateEmpty(let path):
      """
      \(path): the template is empty
      hint: write what a new file begins with, or delete the template: the built-in one is used then
      """
    case .templateNotText(let path):
      """
      \(path): the template is no text in UTF-8
      hint: save it as UTF-8
      """
    case .unknownPlaceholder(let location, let word, let known):
      """
      \(location): {{\(word)}} stands for nothing
      hint: use \(known.map { "{{\($0)}}" }.joined(separator: ", "))
      """
    case .badConfigTemplate(let path, let problem):
      """
      \(path): what this template makes is not the configuration that was asked for: \(problem)
      hint: it needs [db_settings] with repository_id={{repository_id}} and version_table={{version_table}}
      """
    }
  }
}

extension AuthoringError.NameFault {
  fileprivate var words: String {
    switch self {
    case .empty: "it is empty"
    case .tooLong: "it is longer than 250 characters"
    case .blanksAround: "it begins or ends with a blank"
    case .controlCharacter: "it holds a line break or another control character"
    case .character(let character):
      "other repositories could not name it in `requires` or `allow`, because of '\(character)'"
    case .bracket: "other repositories could not name it in `requires`, because of '['"
    }
  }
}

extension AuthoringError.DescriptionFault {
  fileprivate var words: String {
    switch self {
    case .empty: "it is empty"
    case .slash: "a file's name cannot hold '/'"
    case .controlCharacter: "it holds a line break or another control character"
    case .tooLong(let name): "\(name.shown) would be longer than the 255 bytes of a file's name"
    case .engineName(let word): "sqlalchemy-migrate takes \(word) for an engine"
    }
  }
}

extension FileError {
  fileprivate var remedy: String? {
    switch reason {
    case .exists: "name another place, or move away what is there"
    case .notWritable, .cannotMake, .permissionDenied:
      "let this user write there, or name another place"
    case .notFound: "name a folder that is there"
    default: nil
    }
  }
}

extension String {
  /// The first sixty characters, with `?` for those that could talk to a terminal.
  fileprivate var shown: String {
    let scalars = unicodeScalars.prefix(60).map { $0.isControl ? "?" : $0 }
    return String(String.UnicodeScalarView(scalars)) + (unicodeScalars.count > 60 ? "…" : "")
  }

  fileprivate var firstLine: Substring { prefix { !$0.isNewline } }
}
