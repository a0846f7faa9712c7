import ArgumentParser

/// A version on the command line: decimal digits, as the reference reads them also with blanks around
/// and zeros in front.
struct VersionNumber {
  let number: Int

  init(number: Int) {
    self.number = number
  }

  /// Reads `text`.
  init(_ text: String) throws {
    let digits = text.drop { $0 == " " }.prefix { $0 != " " }
    let isPlain = text.allSatisfy { $0 == " " || $0.isASCII && $0.isNumber }
    guard isPlain, text.split(separator: " ").count == 1, let number = Int(digits) else {
      throw ValidationError("'\(text)' is not the number of a version")
    }
    self.number = number
  }
}

/// The conf file refuses the command.
struct Protected: Error, CustomStringConvertible {
  let command: String

  var description: String {
    """
    \(command) is refused: the database is protected
    hint: it is [migrate] protected = true in the conf file that says so
    """
  }
}
