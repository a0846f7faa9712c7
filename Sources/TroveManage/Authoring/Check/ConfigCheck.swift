/// What is wrong with a repository's `migrate.cfg`: all of it, not the first thing only.
struct ConfigCheck {
  /// What was found.
  private(set) var found: [Diagnostic] = []
  /// What is not to be found.
  private(set) var ignores: [CheckIgnore] = []
  /// The repository's id, when it has one.
  private(set) var repositoryID: String?
  /// The table that holds its version, when it names one.
  private(set) var versionTable: String?
  /// Whether it says that scripts touch what belongs to others.
  private(set) var allowsOthers = false
  /// Whether it says that other repositories must be there.
  private(set) var requiresOthers = false
  /// Whether versions are points of time, which follow no count.
  private(set) var countsByTime = false

  /// Reads the file in `folder`, whose absence is no mistake of the file's.
  init(folder: Path) {
    guard let path = MigrateConfig.path(in: folder), let file = read(path) else { return }
    let beginning = TextLocation.beginning(of: path)
    repositoryID = attempt(.configSetting, at: file.location(of: "repository_id") ?? beginning) {
      () throws(RepositoryError) in try file.repositoryID()
    }
    versionTable = attempt(.configSetting, at: file.location(of: "version_table") ?? beginning) {
      () throws(RepositoryError) in try file.versionTable()
    }
    let holder = repositoryID ?? ""
    _ = attempt(.configContract, at: file.location(of: "requires") ?? beginning) {
      () throws(RepositoryError) in try file.requires(of: holder)
    }
    let flag = file.entry("use_timestamp_numbering", in: "db_settings")?.value
    countsByTime = flag.flatMap(VersionNumbering.init(word:)) == .timestamps
    allowsOthers = file.entry("allow", in: "db_settings")?.value.isEmpty == false
    requiresOthers = file.entry("requires", in: "db_settings")?.value.isEmpty == false
    checkNames(in: file)
    readIgnores(in: file)
  }

  /// Reads the file, without the lines that cannot be read.
  private mutating func read(_ path: String) -> INIFile? {
    var bytes: [UInt8]
    do throws(FileError) {
      bytes = try FileSystem.read(path)
    } catch {
      let location = TextLocation.beginning(of: path)
      found.append(Diagnostic(.unreadableFile, at: location, quoting: error))
      return nil
    }
    while found.count < 100 {
      do throws(ConfError) {
        return try INIFile(bytes, path: path, grammar: .configParser)
      } catch {
        guard case .syntax(let location, let problem) = error else { return nil }
        found.append(Diagnostic(.configSyntax, at: location, quoting: error))
        if case .notUTF8 = problem {
          bytes = bytes.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") }
        } else {
          bytes.blank(line: location.line)
        }
      }
    }
    return nil
  }

  private mutating func attempt<Value>(
    _ rule: CheckRule, at location: TextLocation, _ read: () throws(RepositoryError) -> Value
  ) -> Value? {
    do throws(RepositoryError) {
      return try read()
    } catch {
      var place = location
      if case .contract(let error) = error { place = error.location ?? location }
      found.append(Diagnostic(rule, at: place, quoting: error))
      return nil
    }
  }

  private mutating func checkNames(in file: INIFile) {
    let known: [String: Set<String>] = [
      "db_settings": [
        "repository_id", "version_table", "required_dbs", "use_timestamp_numbering", "requires",
        "allow",
      ],
      "check": ["ignore"],
    ]
    for (section, names) in known {
      for (name, location) in file.keys(in: section) where !names.contains(name) {
        found.append(
          Diagnostic(.configUnknownSetting, at: location, "nobody reads '\(name)' in [\(section)]"))
      }
    }
  }

  /// Reads `ignore` of the section `[check]`: lines `RULE[, RULE] [<= VERSION]: reason`.
  private mutating func readIgnores(in file: INIFile) {
    guard let entry = file.entry("ignore", in: "check") else { return }
    let lines = entry.value.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy(\.isWhitespace) {
      let location = entry.location(ofLine: index)
      var text = line
      var last: Int?
      if let match = line.firstMatch(of: /\s*<=\s*(\d+)\s*(:|$)/) {
        last = Int(match.1)
        text = (line[..<match.range.lowerBound] + line[match.2.startIndex...])[...]
      }
      ignores.append(
        CheckIgnore(text, at: location, about: [.repository(upTo: last)], noting: &found))
    }
  }
}

extension INIFile {
  fileprivate func location(of key: String) -> TextLocation? {
    entry(key, in: "db_settings")?.valueLocation
  }
}

extension ContractError {
  /// The place in `migrate.cfg`; `nil` for what is in several.
  fileprivate var location: TextLocation? {
    switch self {
    case .emptyPart(let location), .noName(let location, _), .badName(let location, _),
      .unknownRelation(let location, _, _), .badVersion(let location, _, _),
      .itself(let location, _):
      location
    case .cannotBeKept(let contract): contract.location
    case .circle: nil
    }
  }
}

extension [UInt8] {
  /// Puts blanks in the place of what stands in a line, counted from 1.
  mutating func blank(line: Int) {
    var number = 1
    for index in indices {
      if self[index] == 0x0A { number += 1 } else if number == line { self[index] = 0x20 }
    }
  }
}
