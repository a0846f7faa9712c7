/// What `migrate.cfg` says: sqlalchemy-migrate's file, read by its rules.
struct MigrateConfig: Sendable {
  let repositoryID: String
  let versionTable: String
  /// The ids of the repositories whose objects this one's scripts may touch.
  let allowances: Set<String>
  let requires: [Contract]

  /// Reads `migrate.cfg`, or `migrate.cnf`, in the repository's `folder`.
  init(folder: Path) throws(RepositoryError) {
    guard let path = Self.path(in: folder) else { throw .noConfig(path: folder.text) }
    let file: INIFile
    do {
      file = try INIFile(reading: path, grammar: .configParser)
    } catch {
      throw .config(error)
    }
    try self.init(file)
  }

  /// What the file says.
  init(_ file: INIFile) throws(RepositoryError) {
    repositoryID = try file.repositoryID()
    versionTable = try file.versionTable()
    allowances = file.list("allow")
    requires = try file.requires(of: repositoryID)
  }

  /// Whether `folder` holds the file.
  static func exists(in folder: Path) -> Bool { path(in: folder) != nil }

  /// The path of the file; `nil` when `folder` holds none.
  static func path(in folder: Path) -> String? {
    ["migrate.cfg", "migrate.cnf"].map { folder.appending($0).text }
      .first { FileSystem.kind(of: $0) != nil }
  }

  /// Whether the id fits the version table's column and can be shown and compared.
  static func canBeID(_ id: String) -> Bool {
    let scalars = id.unicodeScalars
    return scalars.count <= 250
      && !scalars.contains(where: \.isControl)
  }

  /// Whether the name stands for a table of versions on both engines.
  static func canBeVersionTable(_ name: String) -> Bool {
    Dialect.isPlainIdentifier(name) && !name.lowercased().isReservedTable
  }

  /// How new versions of the repository in `folder` are numbered; sqlalchemy-migrate counts when nothing says.
  static func numbering(in folder: Path) throws(RepositoryError) -> VersionNumbering {
    guard let path = path(in: folder) else { throw .noConfig(path: folder.text) }
    let file: INIFile
    do { file = try INIFile(reading: path, grammar: .configParser) } catch { throw .config(error) }
    guard let entry = file.entry("use_timestamp_numbering", in: "db_settings") else {
      return .counting
    }
    guard let numbering = VersionNumbering(word: entry.value) else {
      throw .badNumbering(entry.valueLocation, entry.value)
    }
    return numbering
  }
}

extension INIFile {
  /// `repository_id`, which must be there and fit the version table's column.
  func repositoryID() throws(RepositoryError) -> String {
    let id = try setting("repository_id")
    guard MigrateConfig.canBeID(id) else { throw .badRepositoryID(path: path, id: id) }
    return id
  }

  /// `version_table`, which must be there and no name of somebody else's.
  func versionTable() throws(RepositoryError) -> String {
    let name = try setting("version_table")
    guard MigrateConfig.canBeVersionTable(name) else {
      throw .badVersionTable(path: path, name: name)
    }
    return name
  }

  /// What the repository with the id `holder` requires of others.
  func requires(of holder: String) throws(RepositoryError) -> [Contract] {
    guard let entry = entry("requires", in: "db_settings") else { return [] }
    do throws(ContractError) {
      return try Contract.list(entry, of: holder)
    } catch {
      throw .contract(error)
    }
  }

  /// A setting of ours, ids separated by commas or lines; empty when it is not there.
  fileprivate func list(_ name: String) -> Set<String> {
    let value = entry(name, in: "db_settings")?.value ?? ""
    let items = value.split { $0 == "," || $0.isNewline }.map { item in
      let words = item.drop(while: \.isWhitespace)
      return String(words.prefix(words.reversed().drop(while: \.isWhitespace).count))
    }
    return Set(items.filter { !$0.isEmpty })
  }

  /// A setting of sqlalchemy-migrate's section, which must be there.
  fileprivate func setting(_ name: String) throws(RepositoryError) -> String {
    guard let value = entry(name, in: "db_settings")?.value, !value.isEmpty else {
      throw .missingSetting(path: path, name: name)
    }
    return value
  }
}

extension String {
  /// Whether a table of this name, in small letters, is an engine's or our own.
  var isReservedTable: Bool {
    ["sqlite_", "pg_", "trove_migrate_"].contains { hasPrefix($0) }
  }
}
