extension PostgresConnection {
  /// As many as a server that is far away makes worth while; 1 where a limit for statements would be one for all
  /// of them (before PostgreSQL 13).
  public var scriptsTogether: Int { limits.duration == nil ? 500 : 1 }

  /// Sends scripts, with what records them, in as few query strings as their size allows; one that is longer than
  /// a string in several.
  public func execute(
    _ scripts: [RecordedScript], done: (Int) -> Void
  ) throws(DatabaseError) {
    var first = 0
    var start = scripts.startIndex
    while start < scripts.endIndex {
      let end = Self.end(ofStringFrom: start, scripts)
      let string = scripts[start..<end]
      do throws(DatabaseError) {
        if scripts[start].size > Self.longestString {
          try execute(inParts: scripts[start])
          done(start)
        } else {
          try execute(string, done: done)
        }
      } catch {
        throw error.shifted(by: first)
      }
      first += string.reduce(0) { $0 + $1.count }
      start = end
    }
  }

  /// How many bytes go in one query string, unless a statement alone has more: libpq copies it twice, and the
  /// server takes several times as much for what it reads in it.
  private static let longestString = 1 << 20

  private static func end(ofStringFrom start: Int, _ scripts: [RecordedScript]) -> Int {
    var size = 0
    var end = start
    repeat {
      size += scripts[end].size
      end += 1
    } while end < scripts.endIndex && size + scripts[end].size <= longestString
    return end
  }

  /// Sends a script in several query strings, the last of them with what records it.
  private func execute(inParts script: RecordedScript) throws(DatabaseError) {
    var rest = script.script[...]
    while let end = Self.end(ofPart: rest) {
      do throws(DatabaseError) {
        try execute(part: Array(rest[..<end]))
      } catch {
        throw error.shifted(by: rest.startIndex)
      }
      rest = rest[end...]
    }
    let resets = resets(after: script.script)
    do throws(DatabaseError) {
      try restoreReading()
      try execute(Array(rest) + resets + script.bookkeeping, havingScript: rest.count)
    } catch {
      throw error.withoutCommands(resets.count, after: rest.count).shifted(by: rest.startIndex)
    }
  }

  /// Where the next query string ends; `nil` when the last has room for what is left.
  private static func end(ofPart rest: ArraySlice<Command>) -> Int? {
    var size = 0
    for index in rest.indices {
      size += rest[index].text.count
      if size > longestString { return max(index, rest.startIndex + 1) }
    }
    return nil
  }

  private func execute(
    _ scripts: ArraySlice<RecordedScript>, done: (Int) -> Void
  ) throws(DatabaseError) {
    var commands: [Command] = []
    // Where each script begins, and how many statements undo what it has set.
    var parts: [(start: Int, resets: Int)] = []
    for script in scripts {
      let resets = resets(after: script.script)
      parts.append((commands.count, resets.count))
      commands += script.script + resets + script.bookkeeping
    }
    var current = 0
    do throws(DatabaseError) {
      let last = (parts.last?.start ?? 0) + (scripts.last?.script.count ?? 0)
      try execute(commands, havingScript: last) { (index, _) in
        guard current + 1 < parts.count, index + 1 == parts[current + 1].start else { return }
        done(scripts.startIndex + current)
        current += 1
      }
      // Behind the last, the session is free for questions.
      done(scripts.startIndex + current)
    } catch {
      throw error.counted(in: scripts, parts)
    }
  }
}

extension RecordedScript {
  fileprivate var size: Int {
    bookkeeping.reduce(script.reduce(0) { $0 + $1.text.count }) { $0 + $1.text.count }
  }
}

extension DatabaseError {
  /// The error with its position counted from `count` commands before.
  fileprivate func shifted(by count: Int) -> Self {
    let position = position ?? .init(command: 0)
    return at(.init(command: count + position.command, offset: position.offset))
  }

  /// The error with its position counted without the statements that undo what scripts have set.
  fileprivate func counted(
    in scripts: ArraySlice<RecordedScript>, _ parts: [(start: Int, resets: Int)]
  ) -> Self {
    guard let position else { return self }
    var before = 0
    for (index, script) in scripts.enumerated() {
      let isLast = index + 1 == parts.count
      guard isLast || position.command < parts[index + 1].start else {
        before += script.count
        continue
      }
      let error = at(
        .init(command: position.command - parts[index].start, offset: position.offset))
      let own = error.withoutCommands(parts[index].resets, after: script.script.count)
      let command = own.position?.command ?? script.script.count
      return own.at(.init(command: before + command, offset: position.offset))
    }
    return self
  }
}
