extension Journal {
  /// The query for the newest run of each repeatable script since the repository last went down, was stamped,
  /// dropped or forgotten, as key, id, number, number, and a text of checksum and script;
  /// `nil` while there is no table.
  ///
  /// What went down may have taken with it what such a script has made.
  var repeated: String? {
    guard table.exists else { return nil }
    return """
      SELECT 'repeatable ' || newest.version_table, newest.repository_id, newest.id, newest.id,
        newest.checksum || ' ' || newest.script
      FROM \(table.qualifiedName) AS newest
      \(joiningLast("'downgrade', 'stamp', 'drop', 'detach'", to: "newest"))
      WHERE newest.id IN (
          SELECT max(id) FROM \(table.qualifiedName) WHERE operation = 'repeatable'
          GROUP BY repository_id, version_table, script
        )
        AND coalesce(last.id < newest.id, TRUE)
      """
  }

  /// What the rows of ``repeated`` among `rows` say of `repository`: the checksums, by the scripts' names.
  func repeated(in rows: [Row], of repository: Repository) -> [String: String] {
    let key = "repeatable \(repository.versionTable)"
    let pairs = rows.filter { $0[0].text == key }.compactMap { row -> (String, String)? in
      guard let text = row[4].text, let blank = text.firstIndex(of: " ") else { return nil }
      return (String(text[text.index(after: blank)...]), String(text[..<blank]))
    }
    return Dictionary(pairs) { _, last in last }
  }

  /// The query for the newest row of what an `after_sync` hook is owed to, and of the hook itself or of what
  /// began a repository anew, as key, id and both ids; `nil` while there is no table.
  var hooked: String? {
    guard table.exists else { return nil }
    return """
      SELECT 'hooked ' || version_table, repository_id,
        max(CASE WHEN operation IN ('upgrade', 'repeatable', 'before_sync') THEN id ELSE 0 END),
        max(CASE WHEN operation IN ('after_sync', 'stamp', 'drop', 'detach') THEN id ELSE 0 END),
        NULL
      FROM \(table.qualifiedName) GROUP BY version_table, repository_id
      """
  }

  /// Whether the rows of ``hooked`` among `rows` say that the hook of `repository` is owed to something.
  func isHookOwed(in rows: [Row], of repository: Repository) -> Bool {
    let key = "hooked \(repository.versionTable)"
    guard let row = rows.first(where: { $0[0].text == key }),
      let work = row[2].integer, let hook = row[3].integer
    else { return false }
    return work > hook
  }
}
