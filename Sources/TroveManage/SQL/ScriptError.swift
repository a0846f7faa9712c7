/// A script that cannot be run, and the place in its file that says why.
public struct ScriptError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What does not end before the script does.
  public enum Construct: Hashable, Sendable {
    /// A string in single quotes.
    case string
    /// A name in double quotes, on SQLite also in backquotes or brackets, and what would close it.
    case identifier(Character)
    /// A `/*` comment.
    case comment
    /// A body in dollar quotes, and the tag that would close it, such as `$body$`.
    case dollarQuote(String)
    /// `CREATE TRIGGER` of SQLite, which ends with `; END;`.
    case trigger
    /// The body `BEGIN ATOMIC … END` of a function or procedure of PostgreSQL.
    case routineBody
  }

  /// What a script must not take from the run.
  public enum Harm: Hashable, Sendable {
    /// `DISCARD ALL` of PostgreSQL, which gives up the locks of the session.
    case lock
    /// `PRAGMA journal_mode = OFF` or `MEMORY` of SQLite: a rollback without a journal, or a crash with
    /// one in memory, leaves a damaged file (pragma.html).
    case journal
    /// `VACUUM INTO` of SQLite, which makes a file that no run takes back.
    case copy
    /// `CREATE INDEX CONCURRENTLY` without a name: of one that was interrupted, nobody could tell which
    /// index is its own.
    case namelessIndex
  }

  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    /// There is nothing but blanks, not even a comment.
    case empty
    /// Its head says `-- migrate: draft`: it was made from a template, and is not written yet.
    case draft
    /// The file begins with the byte order mark of UTF-16.
    case utf16
    /// There is a NUL byte at an offset, counted from 0.
    case nul(byteOffset: Int)
    /// A byte at an offset, counted from 0, does not belong to UTF-8.
    case invalidUTF8(byte: UInt8, byteOffset: Int)
    /// Something does not end; the location is where it begins.
    case unterminated(Construct)
    /// The statement would undo or hand over the transaction that the script runs in.
    case transactionControl(String)
    /// The statement would take from the run what undoes it, or what keeps others out.
    case harmful(Harm)
    /// A backslash command of psql.
    case psqlCommand(String)
    /// A dot command of the sqlite3 shell.
    case shellCommand(String)
    /// `COPY … FROM STDIN`, whose data no script can hold.
    case copyFromStandardInput
    /// A word after `-- migrate:` that is no ``ScriptDirective``; may be empty.
    case unknownDirective(String)
    /// A `${…` that is no variable.
    case malformedVariable(String)
    /// The variable has neither a value nor a default.
    case variableNotSet(ScriptVariable)
    /// The variable's value holds a NUL.
    case variableHasNUL(ScriptVariable)
  }

  /// What is wrong.
  public let reason: Reason
  /// The place in the script's file, with a column.
  public let location: TextLocation

  /// A script that is wrong at `location`.
  public init(_ reason: Reason, at location: TextLocation) {
    self.reason = reason
    self.location = location
  }

  /// The location and a sentence, and on a second line what to do about it.
  public var description: String {
    "\(location): \(reason.sentence)\nhint: \(reason.hint)"
  }
}

extension ScriptError.Reason {
  fileprivate var sentence: String {
    switch self {
    case .empty: "the script is empty"
    case .draft: "the script is a draft: it is not written yet"
    case .utf16: "the script is UTF-16, not UTF-8"
    case .nul(let offset): "NUL byte at byte offset \(offset): the script is not UTF-8 text"
    case .invalidUTF8(let byte, let offset):
      "byte 0x\(String(byte, radix: 16, uppercase: true)) at byte offset \(offset) is not UTF-8"
    case .unterminated(let construct): construct.sentence
    case .transactionControl(let statement):
      "\(statement) is refused: the run begins and ends transactions"
    case .harmful(.lock): "DISCARD ALL would give away the lock of the run"
    case .harmful(.journal): "a script cannot do without SQLite's journal"
    case .harmful(.copy): "a script cannot make a copy of the database"
    case .harmful(.namelessIndex): "an index that is built CONCURRENTLY needs a name in a script"
    case .psqlCommand(let command): "`\(command)` is a command of psql, not SQL"
    case .shellCommand(let command): "`\(command)` is a command of the sqlite3 shell, not SQL"
    case .copyFromStandardInput: "COPY … FROM STDIN has no input: a script is SQL only"
    case .unknownDirective(""): "`-- migrate:` is followed by no directive"
    case .unknownDirective(let name): "unknown directive `\(name)`"
    case .malformedVariable(let text): "`\(text)` is not a variable"
    case .variableNotSet(let variable):
      "\(variable) has no value: neither --var nor a conf file sets it"
    case .variableHasNUL(let variable):
      "the value of \(variable) holds a NUL, which cannot stand in SQL"
    }
  }

  fileprivate var hint: String {
    switch self {
    case .empty: "write its statements, or a comment if it has nothing to do"
    case .draft: "write its statements, and take the line `-- migrate: draft` out"
    case .utf16, .nul: "save the script as UTF-8"
    case .invalidUTF8: "save the script as UTF-8, for example with `iconv -f LATIN1 -t UTF-8`"
    case .unterminated(let construct): construct.hint
    case .transactionControl: "delete it: a script that fails is rolled back without it"
    case .harmful(.lock):
      "delete it, or use RESET ALL: what a script does to the session does not outlive the script"
    case .harmful(.journal):
      "a run that fails must be undone: take DELETE, TRUNCATE, PERSIST or WAL"
    case .harmful(.copy): "copy it between runs, for example with `sqlite3 FILE 'VACUUM INTO …'`"
    case .harmful(.namelessIndex):
      "CREATE INDEX CONCURRENTLY name ON …: an interrupted build is found by its name"
    case .psqlCommand: "delete the line, or write what it does as SQL"
    case .shellCommand: "delete the line, or write what it does as SQL"
    case .copyFromStandardInput: "write the rows as INSERT statements, as `pg_dump --inserts` does"
    case .unknownDirective:
      "the directives are \(ScriptDirective.names), with commas between them"
    case .malformedVariable: "write ${option}, ${group.option} or ${group.option:default}"
    case .variableNotSet(let variable):
      """
      set it by --var \(variable.name)=…, or in the section [\(variable.group ?? "variables")] of a conf file; or \
      give a default: \(variable.description.dropLast()):default}
      """
    case .variableHasNUL(let variable): "correct the option \(variable.optionName)"
    }
  }
}

extension ScriptError.Construct {
  fileprivate var sentence: String {
    switch self {
    case .string: "the string that begins here does not end"
    case .identifier: "the quoted name that begins here does not end"
    case .comment: "the comment that begins here does not end"
    case .dollarQuote(let tag): "the body that begins here does not end with \(tag)"
    case .trigger: "the trigger that begins here does not end with `; END;`"
    case .routineBody: "the body that begins here does not end with `; END`"
    }
  }

  fileprivate var hint: String {
    switch self {
    case .string: "close it with ', and write '' for a quote inside of it"
    case .identifier(let quote): "close it with \(quote)"
    case .comment: "close it with */"
    case .dollarQuote(let tag): "close it with \(tag), spelled exactly so"
    case .trigger: "end each statement of its body with `;`, and the body with `END;`"
    case .routineBody: "end each statement of the body with `;`, and the body with `END;`"
    }
  }
}
