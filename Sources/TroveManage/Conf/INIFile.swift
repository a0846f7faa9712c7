/// The sections and values of an INI file, each with its place in the file.
///
/// The text is UTF-8; a byte order mark at its start is skipped. A line ends with a line feed, a
/// carriage return or both. Blanks are what Unicode calls white space and the separators U+001C to
/// U+001F; those at the end of a line never count. ``Grammar/oslo`` is:
///
///     file         = { line }
///     line         = blank | comment | section | assignment
///     comment      = ("#" | ";") text               only at the start of a line
///     section      = "[" name "]"                   blanks in the name count
///     assignment   = key ("=" | ":") value          the first of either separates
///                    { continuation }
///     continuation = (space | tab) text             directly below; joined by a line feed
///
/// - Blanks around keys and values are dropped, then one pair of equal quotes around the value's
///   first line.
/// - `#` and `;` behind a value or below it with an indent are part of the value; a backslash and a
///   percent sign mean nothing.
/// - A blank line, a comment or a section ends a value: an indented line after one is an error.
/// - Names of sections ignore case, but for `DEFAULT`, which is not `default`. Keys do not.
/// - A section may come again, and a key: its last value counts.
///
/// ``Grammar/configParser`` differs as Python's `configparser` does:
///
/// - A comment may be indented, and any line but the key's own may be part of a value: it continues
///   as long as lines are indented deeper than its key; blank lines within it count, comments do not.
/// - Quotes are part of the value. Text behind a section's `]` is ignored.
/// - Keys ignore case; names of sections do not.
/// - Values of `[DEFAULT]` show through in every section.
/// - A section or key that comes again is an error.
/// - `%%` stands for a percent sign, and a single one for itself; `%(name)s`, which there inserts
///   another value, is an error.
public struct INIFile: Sendable {
  /// Whose rules a file follows.
  public enum Grammar: Hashable, Sendable {
    /// oslo.config's: conf files.
    case oslo
    /// Python's `configparser`: `migrate.cfg`.
    case configParser
  }

  /// A value and where it stands.
  public struct Entry: Hashable, Sendable {
    /// The value without blanks and quotes around it; its lines are joined by a line feed.
    public let value: String
    /// Where the key starts.
    public let keyLocation: TextLocation
    /// Where the value starts, or would: just behind the separator when that line holds none.
    public let valueLocation: TextLocation
    /// The lines of the file that hold the value's lines after the first, where comments may stand
    /// between them.
    let laterLines: [Int]

    /// Where the line `index` of the value, counted from 0, stands in the file.
    func location(ofLine index: Int) -> TextLocation {
      let isListed = laterLines.indices.contains(index - 1)
      let line = isListed ? laterLines[index - 1] : valueLocation.line + index
      return TextLocation(path: valueLocation.path, line: line)
    }
  }

  /// An entry without the path, which all of a file share.
  struct Record: Sendable {
    var value: String
    var line: Int
    var keyColumn: Int
    var valueColumn: Int
    var laterLines: [Int] = []
  }

  /// The file's path, as it stands in every location.
  public let path: String
  /// The rules that the file was read with.
  public let grammar: Grammar

  private let sections: [String: [String: Record]]

  /// The file whose bytes are `bytes`.
  ///
  /// - Throws: ``ConfError/syntax(_:_:)`` at the first line that the grammar does not allow.
  public init(_ bytes: [UInt8], path: String, grammar: Grammar) throws(ConfError) {
    var parser = try INIParser(bytes, path: path, grammar: grammar)
    switch grammar {
    case .oslo: try parser.parseOslo()
    case .configParser: try parser.parseConfigParser()
    }
    self.path = path
    self.grammar = grammar
    sections = parser.sections
  }

  /// Reads the file at `path`.
  ///
  /// - Throws: ``ConfError/unreadable(_:)``, or ``ConfError/syntax(_:_:)``.
  public init(reading path: String, grammar: Grammar) throws(ConfError) {
    let bytes: [UInt8]
    do {
      bytes = try FileSystem.read(path)
    } catch {
      throw .unreadable(error)
    }
    try self.init(bytes, path: path, grammar: grammar)
  }

  /// Whether the file has the section `name`, be it empty.
  public func hasSection(_ name: String) -> Bool {
    sections[grammar.sectionName(name)] != nil
  }

  /// The value of `key` in the section `section`, or `nil` when it is not set.
  public func entry(_ key: String, in section: String) -> Entry? {
    guard let records = sections[grammar.sectionName(section)] else { return nil }
    let key = grammar.keyName(key)
    let inherited = grammar == .configParser ? sections["DEFAULT"] : nil
    guard let record = records[key] ?? inherited?[key] else { return nil }
    return Entry(
      value: record.value,
      keyLocation: TextLocation(path: path, line: record.line, column: record.keyColumn),
      valueLocation: TextLocation(path: path, line: record.line, column: record.valueColumn),
      laterLines: record.laterLines)
  }
}

extension INIFile {
  /// The keys that the section `section` sets itself, with their places, in the order of the file.
  func keys(in section: String) -> [(name: String, location: TextLocation)] {
    let records = sections[grammar.sectionName(section)] ?? [:]
    return records.sorted { $0.value.line < $1.value.line }.map { name, record in
      (name, TextLocation(path: path, line: record.line, column: record.keyColumn))
    }
  }
}

extension INIFile.Grammar {
  /// The name under which the section called `name` is kept.
  func sectionName(_ name: String) -> String {
    self == .configParser || name == "DEFAULT" ? name : name.lowercased()
  }

  /// The name under which the key called `name` is kept.
  func keyName(_ name: String) -> String {
    self == .configParser ? name.lowercased() : name
  }
}
