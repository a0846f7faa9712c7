internal import FoundationEssentials

extension DatastoreCatalog {
  /// Gives the parameters of `rules` to a version: those that it has already are changed, in their old
  /// rows, and those that the file does not name are let alone.
  ///
  /// - Returns: the parameters, in the order of the file.
  /// - Throws: ``DatastoreError``; nothing is changed then.
  public func load(
    _ rules: ParameterRules, for selector: VersionSelector
  ) throws(DatastoreError) -> ParameterChange {
    try change(with: [.datastores, .versions, .parameters]) { (session) throws(DatastoreError) in
      try session.check(rules)
      let version = try session.version(selector).identity
      var known: [ExactText: String] = [:]
      for parameter in try session.parameters(of: version) {
        known[ExactText(parameter.name)] = parameter.id
      }
      let parameters = rules.rules.map { rule in
        ConfigurationParameter(
          id: known[ExactText(rule.name)] ?? UUID().uuidString.lowercased(), name: rule.name,
          effect: rule.effect, dataType: rule.dataType, maximum: rule.maximum,
          minimum: rule.minimum)
      }
      try session.write(parameters, to: version)
      let count = rules.rules.count { known[ExactText($0.name)] != nil }
      return ParameterChange(version: version, parameters: parameters, knownCount: count)
    }
  }

  /// Removes all parameters of a version.
  ///
  /// - Returns: those that were there, in the order of their names.
  /// - Throws: ``DatastoreError``; nothing is changed then.
  public func removeParameters(
    of selector: VersionSelector
  ) throws(DatastoreError) -> ParameterChange {
    try change(with: [.datastores, .versions, .parameters]) { (session) throws(DatastoreError) in
      let version = try session.version(selector).identity
      let parameters = try session.parameters(of: version).sorted {
        ExactText($0.name) < ExactText($1.name)
      }
      try session.execute([
        Command(
          """
          DELETE FROM \(session.name(.parameters))
          WHERE datastore_version_id = \(session.literal(version.id))
          """, requiredChanges: parameters.count)
      ])
      return ParameterChange(
        version: version, parameters: parameters, knownCount: parameters.count)
    }
  }
}

extension DatastoreSession {
  /// How many rows a statement writes: a megabyte of SQL at the very most, which every SQLite reads
  /// (limits.html §3).
  private static let rowsPerStatement = 200
  /// How many statements are sent at once: few round trips, without the whole file in one string.
  private static let statementsPerBatch = 25

  /// Checks that every value fits its column.
  fileprivate func check(_ rules: ParameterRules) throws(DatastoreError) {
    let columns = ["name", "data_type", "max_size", "min_size"].map { column($0, of: .parameters) }
    for (index, rule) in rules.rules.enumerated() {
      let fault =
        columns[0].fault(inName: rule.name) ?? columns[1].fault(inName: rule.dataType)
        ?? rule.maximum.flatMap { columns[2].fault(in: $0) }
        ?? rule.minimum.flatMap { columns[3].fault(in: $0) }
      if let fault { throw rules.error(fault, at: index) }
    }
  }

  fileprivate func parameters(
    of version: DatastoreVersion.Identity
  ) throws(DatastoreError) -> [ConfigurationParameter] {
    let rows = try rows(
      """
      SELECT id, name, CASE WHEN restart_required THEN 1 ELSE 0 END, data_type, max_size, min_size
      FROM \(name(.parameters)) WHERE datastore_version_id = \(literal(version.id))
      """)
    return rows.map { row in
      ConfigurationParameter(
        id: row[0].text ?? "", name: row[1].text ?? "",
        effect: row[2] == .integer(1) ? .afterRestart : .atOnce, dataType: row[3].text ?? "",
        maximum: row[4].text, minimum: row[5].text)
    }
  }

  /// Inserts the parameters, or updates those that are there.
  fileprivate func write(
    _ parameters: [ConfigurationParameter], to version: DatastoreVersion.Identity
  ) throws(DatastoreError) {
    var rest = parameters[...]
    while !rest.isEmpty {
      var batch: [Command] = []
      while !rest.isEmpty, batch.count < Self.statementsPerBatch {
        batch.append(statement(writing: rest.prefix(Self.rowsPerStatement), to: version))
        rest = rest.dropFirst(Self.rowsPerStatement)
      }
      try execute(batch)
    }
  }

  private func statement(
    writing parameters: ArraySlice<ConfigurationParameter>, to version: DatastoreVersion.Identity
  ) -> Command {
    let versionID = literal(version.id)
    let rows = parameters.map { parameter in
      let values = [
        literal(parameter.id), literal(parameter.name), versionID,
        parameter.effect == .afterRestart ? "TRUE" : "FALSE", literal(parameter.maximum),
        literal(parameter.minimum), literal(parameter.dataType),
      ]
      return "(\(values.joined(separator: ", ")))"
    }
    return Command(
      """
      INSERT INTO \(name(.parameters))
        (id, name, datastore_version_id, restart_required, max_size, min_size, data_type)
      VALUES \(rows.joined(separator: ",\n"))
      ON CONFLICT (datastore_version_id, name) DO UPDATE SET
        restart_required = excluded.restart_required, max_size = excluded.max_size,
        min_size = excluded.min_size, data_type = excluded.data_type
      """, requiredChanges: parameters.count)
  }
}
