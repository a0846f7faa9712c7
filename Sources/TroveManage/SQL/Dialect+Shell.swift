/// What the engines' own shells, sqlite3 and psql, have to be told where the program runs nothing itself.
extension Dialect {
  /// Something that must hold when a script goes on, and what is said when it does not.
  struct Condition {
    /// An expression that is true or false.
    let expression: String
    /// A sentence.
    let message: String
  }

  /// How long statements may take, for engines that can be told.
  struct ShellLimits {
    var duration: Int64?
    var lockWait: Int64?
  }

  /// How the shell runs a script.
  public var shellUsage: String {
    switch self {
    case .sqlite: "sqlite3 FILE < script.sql"
    case .postgresql: "psql --file=script.sql DATABASE"
    }
  }

  /// The table `name` where it is not known in which schema: that of the session.
  func unasked(table name: String) -> String {
    switch self {
    case .sqlite: "main.\(identifier(name))"
    case .postgresql: identifier(name)
    }
  }

  /// What a script begins with.
  ///
  /// The shell stops at the first error, and the session is what scripts are written for. On SQLite foreign keys
  /// are off, or a table that is rebuilt would delete its children (lang_altertable.html §7).
  func shellHead(_ limits: ShellLimits) -> [String] {
    switch self {
    case .sqlite: [".bail on", "PRAGMA foreign_keys = OFF;"]
    case .postgresql: ["\\set ON_ERROR_STOP on", "\\set AUTOCOMMIT on"] + shellSettings(limits)
    }
  }

  private func shellSettings(_ limits: ShellLimits) -> [String] {
    let limits = [("statement_timeout", limits.duration), ("lock_timeout", limits.lockWait)]
    return ["SET client_encoding = 'UTF8';", "SET standard_conforming_strings = on;"]
      + limits.compactMap { name, limit in limit.map { "SET \(name) = \(max(1, $0));" } }
  }

  /// What begins a transaction.
  var shellBegin: String {
    switch self {
    case .sqlite: "BEGIN IMMEDIATE;"
    case .postgresql: "BEGIN ISOLATION LEVEL READ COMMITTED;"
    }
  }

  /// What ends the script unless all `conditions` hold.
  func shellGuard(_ conditions: [Condition]) -> [String] {
    guard !conditions.isEmpty else { return [] }
    switch self {
    case .sqlite:
      // The name of a constraint is what the engine says when it is broken.
      let columns = conditions.enumerated().map { index, condition in
        "  c\(index) CONSTRAINT \(identifier(condition.message)) CHECK (c\(index) IS TRUE)"
      }
      let values = conditions.map { "  \($0.expression)" }
      let table = "temp.trove_migrate_guard"
      return [
        "CREATE TABLE \(table) (\n\(columns.joined(separator: ",\n"))\n);",
        "INSERT INTO \(table) SELECT\n\(values.joined(separator: ",\n"));",
        "DROP TABLE \(table);",
      ]
    case .postgresql:
      let checks = conditions.map { condition in
        """
          IF (\(condition.expression)) IS NOT TRUE THEN
            RAISE EXCEPTION USING MESSAGE = \(literal(condition.message));
          END IF;
        """
      }
      return ["DO \(body("BEGIN\n\(checks.joined(separator: "\n"))\nEND"));"]
    }
  }

  private func body(_ code: String) -> String {
    let tag = "$guard$"
    return code.contains(tag) ? literal(code) : "\(tag) \(code) \(tag)"
  }

  /// The number of the advisory lock that runners take: the bytes of `trove-mg`.
  static let lockNumber = 0x7472_6F76_652D_6D67

  /// Until when a lock is held.
  enum LockScope: String {
    case transaction = "pg_try_advisory_xact_lock"
    case session = "pg_try_advisory_lock"
  }

  /// The condition that nobody else has the runners' lock, which is taken by that.
  ///
  /// SQLite's transaction is the lock.
  func shellLock(for scope: LockScope) -> [Condition] {
    guard self == .postgresql else { return [] }
    let function = scope.rawValue
    return [
      Condition(
        expression: "pg_catalog.\(function)(\(Self.lockNumber))",
        message: "another runner holds the lock of this database: the script stops here")
    ]
  }

  /// What gives the session's lock back.
  var shellUnlock: [String] {
    guard self == .postgresql else { return [] }
    return ["DO $$ BEGIN PERFORM pg_catalog.pg_advisory_unlock(\(Self.lockNumber)); END $$;"]
  }

  /// What counts the rows whose parent is missing, before scripts run in a transaction.
  var shellForeignKeyCount: [String] {
    guard self == .sqlite else { return [] }
    return [
      "CREATE TABLE temp.trove_migrate_dangling AS SELECT count(*) AS number FROM pragma_foreign_key_check;"
    ]
  }

  /// What ends the script when there are more of them now.
  var shellForeignKeyCheck: [String] {
    guard self == .sqlite else { return [] }
    let before = "(SELECT number FROM temp.trove_migrate_dangling)"
    let check = Condition(
      expression: "(SELECT count(*) FROM pragma_foreign_key_check) <= \(before)",
      message: "rows refer to rows that do not exist: the script stops here")
    return shellGuard([check]) + ["DROP TABLE temp.trove_migrate_dangling;"]
  }
}

// MARK: - Scripts

extension Dialect {
  /// What the shell does not hand on of a statement; `nil` when that is all of it.
  func shellLoss(of statement: Statement) -> String? {
    guard self == .sqlite, statement.text.contains(0x0D) else { return nil }
    return "the sqlite3 shell drops the carriage returns of this statement"
  }
}

// MARK: - Between scripts

extension Dialect {
  /// What brings the session back behind `script`, as far as its statements can have changed it.
  func shellResets(after script: Script, _ limits: ShellLimits) -> [String] {
    switch self {
    case .sqlite: sqliteResets(after: script)
    case .postgresql:
      script.pieces.contains { $0.contains(where: mayChangeSession) }
        ? [
          "RESET SESSION AUTHORIZATION;", "RESET ROLE;", "RESET ALL;", "CLOSE ALL;",
          "DISCARD TEMP;",
        ] + shellSettings(limits) : []
    }
  }

  private func mayChangeSession(_ statement: Statement) -> Bool {
    switch statement.role {
    case .setting, .bound, .lone(.setting): return true
    default: break
    }
    let words = StatementWords(statement.text.span, dialect: self)
    return ["do", "call", "select"].contains { words.begins(with: $0) }
  }

  private func sqliteResets(after script: Script) -> [String] {
    var resets: [String] = []
    var hasPragma = false
    for statement in script.pieces.joined() {
      var words = StatementWords(statement.text.span, dialect: self)
      if words.take("pragma") { hasPragma = true }
      guard words.take("create"), words.take("temp") || words.take("temporary"),
        let kind = ["table", "view", "trigger"].first(where: { words.take($0) })
      else { continue }
      if words.take("if", "not") { _ = words.take("exists") }
      guard let name = words.name() else { continue }
      resets.append("DROP \(kind.uppercased()) IF EXISTS temp.\(identifier(name.name));")
    }
    return resets.reversed() + (hasPragma ? Self.pragmaDefaults.map { "PRAGMA \($0);" } : [])
  }

  /// The pragmas that change what later statements mean, with SQLite's defaults (pragma.html).
  static let pragmaDefaults = [
    "query_only = OFF", "legacy_alter_table = OFF", "writable_schema = OFF",
    "ignore_check_constraints = OFF", "recursive_triggers = OFF", "case_sensitive_like = OFF",
    "reverse_unordered_selects = OFF", "defer_foreign_keys = OFF", "foreign_keys = OFF",
    "trusted_schema = ON", "locking_mode = NORMAL",
  ]
}
