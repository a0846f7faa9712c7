/// One script on its way: a repository goes from one version to its neighbour.
public struct Step: Sendable {
  /// The repository in its role.
  public let member: Member
  /// What the script does.
  public let operation: Operation
  /// The version before; one that leads to no version has the same before and after.
  public let from: Int
  /// The version after.
  public let to: Int
  /// The version at which the repository stands and stays, when the step's own is a late one below it.
  let staysAt: Int?
  /// The script, read and split; of one in Python the statements are known once they have run.
  public private(set) var script: Script
  /// `sha256:` and the digest of the script's text, whatever its line ends and without a byte order mark.
  public let checksum: String

  /// What was done of the script before it was interrupted.
  public let progress: Progress?
  /// How the statements stand to transactions, now that it is known what is partitioned.
  private(set) var roles: StatementRoles
  /// The function to run, when the script is in Python.
  let python: PythonScript?

  /// What its script in Python does that SQL cannot do in its place, once it has run and was recorded.
  private(set) var remarks: [PythonRemark] = []

  /// The values of secret options that stand in the script.
  let secrets: [String]

  /// Whether the step's version appeared below the one that the repository stands at.
  public var isLate: Bool { staysAt != nil }
  /// The version in the repository's row before the step.
  var rowBefore: Int { staysAt ?? from }
  /// The version in the repository's row after the step.
  var rowAfter: Int { staysAt ?? to }

  /// The repository.
  public var repository: Repository { member.repository }
  /// The version that the script stands for, or at which it runs.
  public var version: Int { max(from, to) }
  /// Where it takes the repository, in a table.
  public var way: String { operation.way(from: from, to: to) }
  /// What it is to its repository: its version, or what it has in the place of one.
  var label: String {
    switch operation {
    case .upgrade: "version \(version)"
    case .downgrade: "version \(version) (downgrade)"
    case .repeatable: "repeatable script \(Path(script.path).name)"
    case .beforeSync, .afterSync: "hook \(operation.rawValue)"
    }
  }
  /// What it does, in a sentence.
  var deed: String { operation.deed(on: repository.id, from: from, to: to) }

  /// Whether the script runs outside a transaction, statement by statement.
  public var runsOutside: Bool {
    guard !script.statements.isEmpty else { return false }
    return asksToRunOutside || firstLoneStatement != nil || progress != nil
  }
  /// Whether the script says that it cannot run in a transaction.
  public var asksToRunOutside: Bool { script.directives.contains(.noTransaction) }
  /// The first statement that the engine refuses inside a transaction.
  public var firstLoneStatement: Statement? {
    roles.lone.first.map { script.statements[$0] }
  }
  /// Whether a later script may need what this one commits: a value of a type.
  public var addsTypeValue: Bool {
    script.long?.roles.contains(.typeValue) ?? roles.contains(.typeValue)
  }

  /// Reads the script that takes `move` to its version.
  ///
  /// One outside a transaction is held in memory however long it is: what was done of it is remembered
  /// statement by statement.
  init(
    _ move: Move, dialect: Dialect, limits: ReadingLimits = ReadingLimits(),
    progress: Progress? = nil, isPartitioned: (CatalogName) throws(MigrationError) -> Bool,
    variables: (ScriptVariable) -> String?
  ) throws(MigrationError) {
    let path = try move.path(for: dialect)
    var secrets: [String] = []
    func value(of variable: ScriptVariable) -> String? {
      let value = variables(variable)
      let name = ConfOption.Name(variable.option, group: variable.group ?? "DEFAULT")
      if name.isSecret, let value { secrets.append(value) }
      return value
    }
    python =
      path.isPython
      ? PythonScript(
        path: path, repository: move.member.repository.folder, operation: move.operation) : nil
    script = try Self.read(
      path, for: dialect, limits: limits, progress: progress, isPartitioned: isPartitioned,
      variables: value)
    roles = try StatementRoles(script.statements, isPartitioned)
    self.secrets = secrets
    self.progress = progress
    checksum = script.long?.checksum ?? NormalizedText(script.text[...]).checksum
    member = move.member
    operation = move.operation
    from = move.from
    to = move.to
    staysAt = move.staysAt
    if runsOutside {
      guard operation != .repeatable else { throw .repeatableOutside(self) }
      try checkBonds()
    }
    try checkProgress()
  }

  /// The step, now that it is known what its script in Python has run.
  func running(_ statements: [Statement], _ remarks: [PythonRemark] = []) -> Self {
    var step = self
    step.remarks = remarks
    step.script = Script(
      path: script.path, text: script.text, dialect: script.dialect, running: statements)
    step.roles = StatementRoles()
    return step
  }

  /// Makes sure that no statement needs more of those before it than what they leave in the database.
  private func checkBonds() throws(MigrationError) {
    for (index, role) in roles.special {
      if case .bound(let bond) = role { throw .bound(script.statements[index].location, bond) }
    }
    for warning in script.warnings {
      if case .transactionControl = warning.reason { throw .bound(warning.location, .transaction) }
    }
  }

  /// The digest of the statement `index`, by which an edited one is known.
  func checksum(ofStatement index: Int) -> String {
    NormalizedText(script.statements[index].source).checksum
  }

  /// Makes sure that what was done is what the script still says.
  private func checkProgress() throws(MigrationError) {
    for (index, entry) in (progress?.entries ?? []).enumerated() {
      guard script.statements.indices.contains(index),
        checksum(ofStatement: index) == entry.checksum,
        entry.isDone || roles[index].isLone
      else { throw .editedSince(self, statement: index) }
    }
  }
}

extension Step {
  /// Reads the script at `path`, as much of it as is to be held in memory.
  private static func read(
    _ path: Path, for dialect: Dialect, limits: ReadingLimits, progress: Progress?,
    isPartitioned: (CatalogName) throws(MigrationError) -> Bool,
    variables: (ScriptVariable) -> String?
  ) throws(MigrationError) -> Script {
    let script = try MigrationError.reading { () throws(ScriptReadingError) in
      path.isPython
        ? try Script(unrunFile: path.text, dialect: dialect)
        : try Script(file: path.text, dialect: dialect, limits: limits, variables: variables)
    }
    guard let long = script.long,
      try !long.fitsTransaction(script.directives, progress, isPartitioned)
    else { return script }
    return try MigrationError.reading { () throws(ScriptReadingError) in
      try Script(wholeFile: path.text, dialect: dialect, variables: variables)
    }
  }
}

extension LongScript {
  /// Whether the script, with its directives and with what was done of it, can run inside a transaction.
  fileprivate func fitsTransaction(
    _ directives: Set<ScriptDirective>, _ progress: Progress?,
    _ isPartitioned: (CatalogName) throws(MigrationError) -> Bool
  ) throws(MigrationError) -> Bool {
    guard progress == nil, !directives.contains(.noTransaction) else { return false }
    for role in roles where try role.settled(isPartitioned).isLone { return false }
    return true
  }
}

extension MigrationError {
  /// What `body` returns; what it throws, as one of these.
  fileprivate static func reading<Result>(
    _ body: () throws(ScriptReadingError) -> Result
  ) throws(MigrationError) -> Result {
    do throws(ScriptReadingError) {
      return try body()
    } catch {
      switch error {
      case .file(let error): throw .repository(.file(error))
      case .script(let error): throw .script(error)
      }
    }
  }
}

/// A step before its script is read.
struct Move {
  let member: Member
  let operation: Operation
  let from: Int
  let to: Int
  /// The version at which the repository stands and stays, when the move's own is a late one below it.
  var staysAt: Int?

  /// The script, when it is not found by the version.
  var script: Path?

  /// The version that the script stands for.
  var version: Int { max(from, to) }

  /// The script for `dialect`.
  fileprivate func path(for dialect: Dialect) throws(MigrationError) -> Path {
    if let script { return script }
    do {
      return try member.repository.script(version, operation, for: dialect)
    } catch {
      throw .repository(error)
    }
  }
}
