/// The text that a new file begins with; `{{word}}` in it stands for a value.
struct ScriptTemplate: Sendable {
  /// The file that it comes from, for messages.
  let path: String
  let text: [UInt8]

  /// The template in the file at `path`.
  init(reading path: Path) throws(AuthoringError) {
    self.path = path.text
    do { text = try FileSystem.read(path.text) } catch { throw .file(error) }
    let isText: Bool
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text.span)
      isText = !text.contains(0)
    } catch {
      isText = false
    }
    guard isText else { throw .templateNotText(path.text) }
    guard text.contains(where: { !$0.isBlank }) else { throw .templateEmpty(path.text) }
  }

  /// A template of our own.
  init(builtIn text: String) {
    path = "built in"
    self.text = Array(text.utf8)
  }

  /// The text with `values` in the places of their words.
  ///
  /// What stands between two braces and is no word, such as an array of arrays, stays.
  func filled(with values: [String: String]) throws(AuthoringError) -> [UInt8] {
    var filled: [UInt8] = []
    var position = TextPosition(offset: 0)
    var rest = text[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "{")) {
      filled += rest[..<start]
      rest = rest[start...]
      guard let word = Self.word(at: rest) else {
        filled.append(rest.removeFirst())
        continue
      }
      guard let value = values[word] else {
        position.advance(to: start, in: text.span)
        let location = TextLocation(path: path, line: position.line, column: position.column)
        throw .unknownPlaceholder(location, word, known: values.keys.sorted())
      }
      filled += value.utf8
      rest = rest.dropFirst(word.utf8.count + 4)
    }
    return filled + rest
  }

  /// The word of `{{word}}`, with which `text` begins.
  private static func word(at text: ArraySlice<UInt8>) -> String? {
    let (open, close) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    guard text.prefix(2).elementsEqual([open, open]) else { return nil }
    let word = text.dropFirst(2).prefix { $0 == UInt8(ascii: "_") || $0.isLetter }
    guard !word.isEmpty, text.dropFirst(2 + word.count).prefix(2).elementsEqual([close, close])
    else { return nil }
    return String(decoding: word, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
