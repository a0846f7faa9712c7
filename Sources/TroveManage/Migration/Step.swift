/// One script on its way: a repository goes from one version to its neighbour.
public struct Step: Sendable {
  /// The repository in its role.
  public let member: Member
  /// Up or down.
  public let operation: Operation
  /// The version before.
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
  /// The version that the script stands for.
  public var version: Int { max(from, to) }

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
    let path: Path
    do {
      path = try move.member.repository.script(move.version, move.operation, for: dialect)
    } catch {
      throw .repository(error)
    }
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
    do throws(ScriptReadingError) {
      script =
        path.isPython
        ? try Script(unrunFile: path.text, dialect: dialect)
        : try Script(file: path.text, dialect: dialect, limits: limits, variables: value)
    } catch {
      throw MigrationError(error)
    }
    if let long = script.long, try !long.fitsTransaction(script.directives, progress, isPartitioned)
    {
      do throws(ScriptReadingError) {
        script = try Script(wholeFile: path.text, dialect: dialect, variables: value)
      } catch {
        throw MigrationError(error)
      }
    }
    roles = try StatementRoles(script.statements, isPartitioned)
    self.secrets = secrets
    self.progress = progress
    checksum = script.long?.checksum ?? NormalizedText(script.text[...]).checksum
    member = move.member
    operation = move.operation
    from = move.from
    to = move.to
    staysAt = move.staysAt
    if runsOutside { try checkBonds() }
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

/// How a script's statements stand to transactions: kept of those that are not ordinary, which are few.
struct StatementRoles: Sendable {
  /// The roles that are not ordinary, by the statements' numbers, counted from 0; in their order.
  private(set) var special: [(index: Int, role: TransactionRole)] = []

  /// The roles of ordinary statements.
  init() {}

  /// The roles of `statements`, now that it can be known what is partitioned.
  init(
    _ statements: [Statement], _ isPartitioned: (CatalogName) throws(MigrationError) -> Bool
  ) throws(MigrationError) {
    for (index, statement) in statements.enumerated() {
      if case .ordinary = statement.role { continue }
      special.append((index, try statement.role.settled(isPartitioned)))
    }
  }

  /// The role of the statement with that number.
  subscript(index: Int) -> TransactionRole {
    special.first { $0.index == index }?.role ?? .ordinary
  }

  /// The numbers of the statements that the engine refuses inside a transaction.
  var lone: [Int] { special.filter(\.role.isLone).map(\.index) }

  func contains(_ role: TransactionRole) -> Bool { special.contains { $0.role == role } }
}

extension TransactionRole {
  /// The role, now that it can be known what is partitioned.
  fileprivate func settled(
    _ isPartitioned: (CatalogName) throws(MigrationError) -> Bool
  ) throws(MigrationError) -> Self {
    guard case .rebuild(let name, let lone) = self else { return self }
    return try isPartitioned(name) ? .lone(lone) : .ordinary
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
  /// The error of a script that cannot be read.
  init(_ error: ScriptReadingError) {
    switch error {
    case .file(let error): self = .repository(.file(error))
    case .script(let error): self = .script(error)
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

  /// The version that the script stands for.
  var version: Int { max(from, to) }
}
