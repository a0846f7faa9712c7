/// A version that is to be made in a repository: an upgrade and a downgrade script for each audience.
public struct NewVersion: Sendable {
  /// The repository, as it is now.
  public let repository: Repository
  /// What the version does, as its author says it.
  public let description: String
  private let audiences: [ScriptAudience]
  private let slug: String
  private let numbering: VersionNumbering
  private let templates: TemplateFolder

  /// What was made.
  public struct Result: Sendable {
    /// The version's number.
    public let version: Int
    /// The scripts, each audience's upgrade before its downgrade.
    public let scripts: [Path]
    /// The engines that no script is for.
    public let enginesWithout: [Dialect]
    /// Whether a script is one that no run takes before its author has written it.
    public let isDraft: Bool
  }

  /// The version that `description` names; nothing is written yet.
  ///
  /// - Parameters:
  ///   - description: what it does; it becomes a part of its scripts' names, as sqlalchemy-migrate writes them.
  ///   - folder: the repository.
  ///   - audiences: whom there is to be a script for.
  /// - Throws: ``AuthoringError`` for a description that cannot be, or a folder that is no repository.
  public init(
    _ description: String, in folder: Path, for audiences: [ScriptAudience]
  ) throws(AuthoringError) {
    self.description = description
    self.audiences = audiences
    slug = Self.slug(of: description)
    if let fault = Self.fault(of: description, slug) { throw .badDescription(description, fault) }
    do throws(RepositoryError) {
      repository = try Repository(folder: folder)
      numbering = try MigrateConfig.numbering(in: folder)
    } catch {
      throw .repository(error)
    }
    templates = TemplateFolder(ofRepositoryIn: folder)
  }

  /// Makes the scripts.
  ///
  /// Processes that do so at once take turns, and so get numbers of their own.
  ///
  /// - Throws: ``AuthoringError`` when they cannot be made; nothing of them is left then.
  public func create() throws(AuthoringError) -> Result {
    let folder = repository.folder
    let versions = folder.appending("versions")
    let lock: FolderLock
    do { lock = try FolderLock(versions.text) } catch { throw .file(error) }
    defer { withExtendedLifetime(lock) {} }
    let current: Repository
    do { current = try Repository(folder: folder) } catch { throw .repository(error) }
    guard let version = numbering.next(after: current.latest, at: VersionNumbering.now) else {
      throw .noNumberLeft(current)
    }
    let scripts = try texts(of: version)
    var files = NewFiles()
    do throws(FileError) {
      for script in scripts { try files.write(script.text, to: versions.appending(script.name)) }
    } catch {
      throw .file(error)
    }
    do throws(RepositoryError) {
      // Who does not take the lock, such as another file system's client, may have come between.
      _ = try Repository(folder: folder)
    } catch {
      files.undo()
      throw .numberTaken(folder, error)
    }
    return Result(
      version: version, scripts: scripts.map { versions.appending($0.name) },
      enginesWithout: audiences.contains(.everyEngine)
        ? [] : Dialect.allCases.filter { !audiences.contains(.only($0)) },
      isDraft: scripts.contains { Self.isDraft($0.text) })
  }

  /// The repository in whose folder the process works.
  ///
  /// - Throws: ``AuthoringError/notInRepository(_:)`` when it is none.
  public static func currentRepository() throws(AuthoringError) -> Path {
    guard MigrateConfig.exists(in: Path(".")) else { throw .notInRepository(.currentFolder) }
    return Path(".")
  }

  private static func isDraft(_ text: [UInt8]) -> Bool {
    do throws(ScriptError) {
      _ = try Script(path: "", text: text, dialect: .sqlite)
      return false
    } catch {
      return error.reason == .draft
    }
  }

  /// The scripts, by the names of their files.
  private func texts(
    of version: Int
  ) throws(AuthoringError) -> [(name: String, text: [UInt8])] {
    let stem = ScriptName.digits(of: version) + slug
    var scripts: [(name: String, text: [UInt8])] = []
    for audience in audiences {
      for operation in Operation.ofVersions {
        let text = try templates.script(operation, for: audience).filled(with: [
          "version": String(version), "description": description, "stem": stem,
          "repository_id": repository.id, "engines": audience.engines, "dialect": audience.word,
          "operation": operation.rawValue,
        ])
        let name = "\(stem)_\(audience.word)_\(operation).sql"
        guard name.utf8.count <= 255 else {
          throw .badDescription(description, .tooLong(name: name))
        }
        scripts.append((name, text))
      }
    }
    return scripts
  }

  /// The description in a file's name: sqlalchemy-migrate's `str_to_filename`, with its `_` in front.
  private static func slug(of description: String) -> String {
    var slug = ""
    for character in "_\(description)" {
      let next: Character = " \"'.".contains(character) ? "_" : character
      if next != "_" || slug.last != "_" { slug.append(next) }
    }
    return slug
  }

  private static func fault(
    of description: String, _ slug: String
  ) -> AuthoringError.DescriptionFault? {
    if description.unicodeScalars.contains(where: \.isControl) { return .controlCharacter }
    if slug.contains("/") { return .slash }
    if slug.allSatisfy({ $0 == "_" || $0.isWhitespace }) { return .empty }
    return slug.contains("ibm_db_sa") ? .engineName("ibm_db_sa") : nil
  }
}
