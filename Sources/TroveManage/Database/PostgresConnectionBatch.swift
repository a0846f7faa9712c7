/// Commands joined to one query string, with the way back from a place in it.
///
/// The string is put together where it is needed: it may be long, and libpq keeps copies of its own.
struct PostgresBatch {
  let commands: [Command]

  /// How many commands there are.
  var count: Int { commands.count }

  init(_ commands: [Command]) {
    self.commands = commands
  }

  /// The command with that number, counted from 0.
  func command(_ index: Int) -> Command? { index < commands.count ? commands[index] : nil }

  /// Makes one transaction of itself and of what follows in the query string (55.2.2.1 "Multiple Statements in a
  /// Simple Query"), which writes nothing.
  static let readOnly = Command("SET TRANSACTION READ ONLY")

  /// Whether it begins so.
  var isReadOnly: Bool { commands.first?.text == Self.readOnly.text }

  /// A line break stands before each `;`, or a comment at the end of a command would hide it.
  private static let separator = Array("\n;\n".utf8)

  /// Calls `body` with the text, ended by a NUL.
  func withText<Result>(_ body: (UnsafePointer<CChar>?) -> Result) -> Result {
    var text: [UInt8] = []
    text.reserveCapacity(commands.reduce(1) { $0 + $1.text.count + Self.separator.count })
    for command in commands {
      text += command.text
      text += Self.separator
    }
    text.append(0)
    return unsafe text.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { unsafe body($0.baseAddress) }
    }
  }

  /// The command and byte of the character that the server counts as `character`, from 1.
  func position(ofCharacter character: Int) -> DatabaseError.Position {
    var left = character
    for (index, command) in commands.enumerated() {
      let isThere = { (byte: UInt8) in
        // Every byte but UTF-8's continuation bytes begins a character.
        if byte & 0xC0 != 0x80 { left -= 1 }
        return left == 0
      }
      if let place = command.text.firstIndex(where: isThere) {
        return .init(command: index, offset: place - command.text.startIndex)
      }
      if let place = Self.separator.firstIndex(where: isThere) {
        return .init(command: index, offset: command.text.count + place)
      }
    }
    return .init(command: 0)
  }
}

extension DatabaseError {
  func at(_ position: Position) -> Self {
    var error = self
    error.position = position
    return error
  }

  /// The error with its position counted in the batch's commands: errors at run time carry none, but
  /// results come one per command, so the failing one is known.
  func located(in batch: PostgresBatch, failing index: Int) -> Self {
    var found = position?.offset.map { batch.position(ofCharacter: $0) }
    // Once a statement has returned, the failing one is the next; a position elsewhere counts in
    // another text, such as that of a prepared statement.
    if index > 0, found?.command != index { found = nil }
    var error = at(found ?? .init(command: min(index, batch.count - 1)))
    if let offset = found?.offset, offset >= batch.command(index)?.text.count ?? 0 {
      // The `;` is ours; the script may have none.
      error.message = message.replacing("at or near \";\"", with: "at the end of the statement")
    }
    return error
  }

  /// The error with its position counted as if `count` commands after the first `start` were not there.
  func withoutCommands(_ count: Int, after start: Int) -> Self {
    guard let position, position.command >= start, count > 0 else { return self }
    return at(.init(command: max(position.command - count, start), offset: position.offset))
  }
}
