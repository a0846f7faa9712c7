/// A whole configuration: conf files, folders of conf files, and the environment.
///
/// Whatever comes later wins: files and folders in the order in which they are named, the `*.conf`
/// files of a folder by the order of their names, the last value of a file, and over all of them
/// the environment variable `OS_GROUP__OPTION`. Options and sections that nobody asks for are
/// ignored.
public struct Conf: Sendable {
  /// The conf files that were read, in order: a later one wins.
  public let files: [String]

  let parsed: [INIFile]
  let environment: [String: String]

  /// The configuration in `sources`, in order, under `environment`.
  ///
  /// A path that starts with `~/` starts at the environment's `HOME`.
  ///
  /// - Throws: ``ConfError/unreadable(_:)`` or ``ConfError/syntax(_:_:)``: a source that is named
  ///   must be there.
  public init(reading sources: [Source], environment: [String: String]) throws(ConfError) {
    var parsed: [INIFile] = []
    for source in sources {
      for path in try source.files(home: environment["HOME"]) {
        parsed.append(try INIFile(reading: path, grammar: .oslo))
      }
    }
    self.init(parsed, environment: environment)
  }

  /// The configuration in `files`, in order, and over it that in `folders`.
  ///
  /// - Throws: as ``init(reading:environment:)``.
  public init(
    files: [String], folders: [String], environment: [String: String]
  ) throws(ConfError) {
    try self.init(
      reading: files.map(Source.file) + folders.map(Source.folder), environment: environment)
  }

  /// The configuration in `files`, in order, which were read by ``INIFile/Grammar/oslo``.
  public init(_ files: [INIFile], environment: [String: String]) {
    self.files = files.map(\.path)
    parsed = files
    self.environment = environment
  }

  /// The value of `option` in `group`, or `nil` when nothing sets it: defaults do not count.
  ///
  /// A file that does not set the option may set it by a deprecated name.
  ///
  /// Names in it are replaced by their values. `$name` and `${name}` are an option of the same
  /// group or else of `DEFAULT`, `$group.name` and `${group.name}` one of another group; one that
  /// is not set has its default. `$$` and `\$` stand for a dollar sign, as does one that no name
  /// follows. What was inserted is not looked at again.
  ///
  /// - Throws: ``ConfError/unknownName(_:place:)``, ``ConfError/cycle(_:place:)``,
  ///   ``ConfError/nestedTooDeep(place:limit:)`` or ``ConfError/tooLong(place:limit:)``.
  public func value(
    _ option: String, group: String = "DEFAULT"
  ) throws(ConfError) -> ConfValue? {
    var substitution = Substitution(in: self)
    return try substitution.value(of: ConfOption.Name(option, group: group))
  }

  /// What a script's `${group.option}` stands for: the value or, when nothing sets it, the default.
  ///
  /// - Throws: as ``value(_:group:)``.
  public func variable(
    _ option: String, group: String = "DEFAULT"
  ) throws(ConfError) -> String? {
    var substitution = Substitution(in: self)
    return try substitution.valueOrDefault(of: ConfOption.Name(option, group: group))?.text
  }

  /// Where a conf file sets `name`, not minding environment and deprecated names.
  func location(of name: ConfOption.Name) -> TextLocation? {
    for file in parsed.reversed() {
      if let entry = file.entry(name.option, in: name.group) { return entry.keyLocation }
    }
    return nil
  }

  /// The value of `name` with nothing replaced in it.
  func unsubstituted(_ name: ConfOption.Name) -> ConfValue? {
    let variable = name.environmentVariable
    if let text = environment[variable] {
      return ConfValue(
        name: name, text: text, origin: .environment(variable), folder: .currentFolder,
        isSecret: name.isSecret)
    }
    let names = [name] + (ConfOption.named(name)?.deprecatedNames ?? [])
    for file in parsed.reversed() {
      for name in names {
        guard let entry = file.entry(name.option, in: name.group) else { continue }
        return ConfValue(
          name: name, text: entry.value, origin: .file(entry.valueLocation),
          folder: Path(file.path).parent, isSecret: name.isSecret)
      }
    }
    return nil
  }
}
