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
    let path = file.path
    repositoryID = try file.setting("repository_id")
    versionTable = try file.setting("version_table")
    allowances = file.list("allow")
    guard Self.canBeID(repositoryID) else { throw .badRepositoryID(path: path, id: repositoryID) }
    guard Self.canBeVersionTable(versionTable) else {
      throw .badVersionTable(path: path, name: versionTable)
    }
    do {
      let entry = file.entry("requires", in: "db_settings")
      requires = if let entry { try Contract.list(entry, of: repositoryID) } else { [] }
    } catch {
      throw .contract(error)
    }
  }

  /// Whether `folder` holds the file.
  static func exists(in folder: Path) -> Bool { path(in: folder) != nil }

  private static func path(in folder: Path) -> String? {
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
    Dialect.isPlainIdentifier(name) && !isReserved(name.lowercased())
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

  private static func isReserved(_ table: String) -> Bool {
    table.hasPrefix("sqlite_") || table.hasPrefix("pg_") || table.hasPrefix("trove_migrate_")
  }
}

extension INIFile {
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
