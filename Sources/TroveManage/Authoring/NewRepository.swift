/// A repository that is to be made: `migrate.cfg` and an empty `versions/`.
public struct NewRepository: Sendable {
  /// The folder, which is not there yet.
  public let folder: Path
  /// The `repository_id`.
  public let id: String
  /// The table that will hold its version.
  public let versionTable: String
  private let config: [UInt8]
  private let templates: [(name: String, text: [UInt8])]

  /// What `name`, a `repository_id`, asks for; nothing is written yet.
  ///
  /// - Parameters:
  ///   - name: the `repository_id`.
  ///   - folder: where it is to be.
  ///   - versionTable: its version table; without one it gets one that is named after it, and so its own.
  ///   - templates: a folder whose templates take the place of the built-in ones; those of scripts become the
  ///     repository's.
  /// - Throws: ``AuthoringError`` for a name or a place that cannot be, or a template that makes something
  ///   else.
  public init(
    named name: String, in folder: Path, versionTable: String? = nil, templates: Path? = nil
  ) throws(AuthoringError) {
    if let fault = Self.fault(of: name) { throw .badName(name, fault) }
    self.folder = folder
    id = name
    self.versionTable =
      if let versionTable { versionTable } else { try Self.table(namedAfter: name) }
    guard MigrateConfig.canBeVersionTable(self.versionTable) else {
      throw .badVersionTable(self.versionTable)
    }
    let source = try templates.map { (path) throws(AuthoringError) in
      try TemplateFolder(naming: path)
    }
    let template = try (source ?? .builtIn).config()
    config = try template.filled(with: [
      // A percent sign begins something in the grammar of Python's configparser.
      "repository_id": name.replacing("%", with: "%%"), "version_table": self.versionTable,
    ])
    self.templates = try source?.ownScripts().map { ($0.name, $0.template.text) } ?? []
    try check(config, from: template)
    guard FileSystem.kind(of: folder.text) == nil else {
      throw .file(FileError(path: folder.text, reason: .exists))
    }
  }

  /// Makes it.
  ///
  /// - Returns: the files and folders that were made, first the repository's own.
  /// - Throws: ``AuthoringError`` when it cannot be made; nothing of it is left then.
  public func create() throws(AuthoringError) -> [Path] {
    var files = NewFiles()
    var made: [Path] = []
    do throws(FileError) {
      try files.makeFolder(folder)
      // Last comes what makes the folder a repository, so that nobody finds half of one.
      made.append(folder.appending("versions"))
      try files.makeFolder(made[0])
      if !templates.isEmpty {
        let place = folder.appending(TemplateFolder.name)
        try files.makeFolder(place)
        for (name, text) in templates {
          made.append(place.appending(name))
          try files.write(text, to: place.appending(name))
        }
      }
      made.insert(folder.appending("migrate.cfg"), at: 0)
      try files.write(config, to: made[0])
    } catch {
      throw .file(error)
    }
    return made
  }

  /// Makes sure that the configuration says what was asked for.
  private func check(_ text: [UInt8], from template: ScriptTemplate) throws(AuthoringError) {
    let problem: String
    do {
      let file = try INIFile(text, path: template.path, grammar: .configParser)
      let config = try MigrateConfig(file)
      guard config.repositoryID != id || config.versionTable != versionTable else { return }
      problem = "repository_id is '\(config.repositoryID)', version_table '\(config.versionTable)'"
    } catch {
      problem = String("\(error)".prefix { !$0.isNewline })
    }
    throw .badConfigTemplate(template.path, problem: problem)
  }

  private static func fault(of name: String) -> AuthoringError.NameFault? {
    guard !name.isEmpty else { return .empty }
    guard name.first?.isWhitespace == false, name.last?.isWhitespace == false else {
      return .blanksAround
    }
    guard !name.unicodeScalars.contains(where: \.isControl) else { return .controlCharacter }
    guard MigrateConfig.canBeID(name) else { return .tooLong }
    if name.hasPrefix("[") { return .bracket }
    return name.first { ",<>=!~^".contains($0) }.map { .character($0) }
  }

  /// `com.foo.dbaas` becomes `com_foo_dbaas_migrate_version`.
  private static func table(namedAfter name: String) throws(AuthoringError) -> String {
    let words = name.lowercased().utf8.split { !($0 < 0x80 && $0.continuesWord) || $0 == 0x24 }
      .map { String(decoding: $0, as: UTF8.self) }
    let stem = words.joined(separator: "_")
    let isDigit = stem.first?.isNumber == true
    let table = "\(isDigit ? "_" : "")\(stem)_migrate_version"
    guard !stem.isEmpty, MigrateConfig.canBeVersionTable(table) else {
      throw .noVersionTable(name: name)
    }
    return table
  }
}
