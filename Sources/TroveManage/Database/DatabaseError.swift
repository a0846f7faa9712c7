/// What an engine, or the way to it, said when something failed.
public struct DatabaseError: Error, Hashable, Sendable {
  /// What a caller can do about it.
  public enum Kind: Hashable, Sendable {
    /// The engine refused a statement.
    case statement
    /// A statement of our own changed another number of rows than it must.
    case unexpectedChanges(required: Int, actual: Int)
    /// The database could not be opened: it does not exist, or we may not use it.
    case refused
    /// Nobody answered, or the server is still starting: trying again may help.
    case unreachable
    /// The session broke while it was in use.
    case connectionLost
    /// Another runner, or another program, kept the lock for longer than we wait.
    case lockTimeout
    /// A signal asked us to stop.
    case interrupted(signal: Int32)
    /// A script's statement does what the script may not do (``ScriptWarden``).
    case forbidden
    /// A script ended the transaction that the run stands in.
    case transactionEnded
  }

  /// Where in a batch of commands an error happened.
  public struct Position: Hashable, Sendable {
    /// The command, counted from 0.
    public let command: Int
    /// The byte of the command's text, counted from 0, when the engine knows it.
    public let offset: Int?

    /// A position in the batch's `command`.
    public init(command: Int, offset: Int? = nil) {
      self.command = command
      self.offset = offset
    }
  }

  /// What a caller can do about it.
  public var kind: Kind
  /// SQLSTATE on PostgreSQL, the extended result code on SQLite; `nil` when neither was given.
  public var code: String?
  /// The engine's sentence.
  public var message: String
  /// PostgreSQL's DETAIL.
  public var detail: String?
  /// PostgreSQL's HINT, or ours.
  public var hint: String?
  /// PostgreSQL's CONTEXT: the functions that were being executed.
  public var context: String?
  /// The tables whose rows are to blame, when the engine names them.
  public var tables: [String]
  /// Which command failed, and where in it.
  public var position: Position?

  /// An error with what the engine said.
  public init(
    _ kind: Kind, code: String? = nil, message: String, detail: String? = nil, hint: String? = nil,
    context: String? = nil, tables: [String] = [], position: Position? = nil
  ) {
    self.kind = kind
    self.code = code
    self.message = message
    self.detail = detail
    self.hint = hint
    self.context = context
    self.tables = tables
    self.position = position
  }
}

extension DatabaseError {
  /// Whether no statement is to blame: a signal, the file, the way to the server.
  var isNobodysFault: Bool {
    switch kind {
    case .interrupted, .connectionLost: true
    default: isAboutFile
    }
  }

  /// The error with `***` for every one of `secrets` that the engine repeats.
  func hiding(_ secrets: [String]) -> Self {
    var error = self
    error.message = message.hiding(secrets)
    error.detail = detail?.hiding(secrets)
    error.hint = hint?.hiding(secrets)
    error.context = context?.hiding(secrets)
    return error
  }
}

extension DatabaseError: CustomStringConvertible {
  /// The engine's sentence with its code, then detail, context and hint, each on a line of its own.
  public var description: String {
    var lines = [code.map { "\(message) [\($0)]" } ?? message]
    if let detail { lines.append("detail: \(detail)") }
    if let context { lines.append("context: \(context)") }
    if let hint { lines.append("hint: \(hint)") }
    return lines.joined(separator: "\n")
  }
}
