extension PostgresConnection {
  /// What else brings the session back after a script that speaks of it: `RESET` knows neither locks of
  /// the session nor what it listens to.
  ///
  /// The runners' own lock belongs to the transaction; nothing gives it away before its end (13.3.5). A
  /// session of a pooler may hold what is another client's, so that nothing is released without a cause.
  static func releases(after script: [Command]) -> [Command] {
    releases.compactMap { word, command in
      script.contains { $0.mentions(word) } ? command : nil
    }
  }

  private static let releases: [(word: String, command: Command)] = [
    // pg_advisory_lock, pg_try_advisory_lock_shared, …
    ("advisory_lock", Command("SELECT pg_catalog.pg_advisory_unlock_all()")),
    ("listen", Command("UNLISTEN *")),
  ]

  /// The words that stand anywhere in the script and say that it may leave more than `RESET` takes back.
  public func traces(of script: [Command]) -> Set<String> {
    let words = Self.releases.map(\.word)
    return Set(words.filter { word in script.contains { $0.mentions(word) } })
  }

  /// What to do about an error of the server that says none itself, by its SQLSTATE (appendix A).
  static func hint(forState state: String?) -> String? {
    switch state {
    case "25001": "begin the script with the line `-- migrate: no-transaction`"
    case "2D000":
      "code that a script runs must leave the transaction open: take COMMIT and ROLLBACK out"
    case "25006":
      """
      the session may only read: see default_transaction_read_only of the role and the database, \
      SET TRANSACTION READ ONLY in a script, and whether the server is a standby
      """
    case "42501": "GRANT the right to the URL's user, or name the owner of the tables in the URL"
    case "53100": "make room on the server's disk and run the command again"
    default: nil
    }
  }
}

extension Command {
  /// Whether `word`, given in small letters, stands anywhere in the statement.
  fileprivate func mentions(_ word: String) -> Bool {
    let word = Array(word.utf8)
    let (letters, bytes) = (word.span, text.span)
    var start = 0
    while start + letters.count <= bytes.count {
      var length = 0
      // The bit turns capitals into small letters; what else it makes of a byte only finds too much.
      while length < letters.count, bytes[start + length] | 0x20 == letters[length] | 0x20 {
        length += 1
      }
      if length == letters.count { return true }
      start += 1
    }
    return false
  }
}
