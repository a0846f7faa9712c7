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
  /// The script, read and split.
  public let script: Script
  /// `sha256:` and the digest of the script's text, whatever its line ends and without a byte order mark.
  public let checksum: String

  /// What was done of the script before it was interrupted.
  public let progress: Progress?
  /// How the statements stand to transactions, now that it is known what is partitioned.
  let roles: [TransactionRole]

  /// The values of secret options that stand in the script.
  let secrets: [String]

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
    zip(script.statements, roles).first { $1.isLone }?.0
  }
  /// Whether a later script may need what this one commits: a value of a type.
  public var addsTypeValue: Bool { script.statements.contains { $0.role == .typeValue } }

  /// Reads the script that takes `move` to its version.
  init(
    _ move: Move, dialect: Dialect, progress: Progress? = nil,
    isPartitioned: (CatalogName) throws(MigrationError) -> Bool,
    variables: (ScriptVariable) -> String?
  ) throws(MigrationError) {
    let path: Path
    do {
      path = try move.member.repository.script(move.version, move.operation, for: dialect)
    } catch {
      throw .repository(error)
    }
    let text: [UInt8]
    do { text = try FileSystem.read(path.text) } catch { throw .repository(.file(error)) }
    var secrets: [String] = []
    do {
      script = try Script(path: path.text, text: text, dialect: dialect) { variable in
        let value = variables(variable)
        let name = ConfOption.Name(variable.option, group: variable.group ?? "DEFAULT")
        if name.isSecret, let value { secrets.append(value) }
        return value
      }
    } catch {
      throw .script(error)
    }
    roles = try script.statements.map { (statement) throws(MigrationError) in
      guard case .rebuild(let name, let lone) = statement.role else { return statement.role }
      return try isPartitioned(name) ? .lone(lone) : .ordinary
    }
    self.secrets = secrets
    self.progress = progress
    checksum = Self.checksum(of: text[...])
    member = move.member
    operation = move.operation
    from = move.from
    to = move.to
    if runsOutside { try checkBonds() }
    try checkProgress()
  }

  /// Makes sure that no statement needs more of those before it than what they leave in the database.
  private func checkBonds() throws(MigrationError) {
    for (statement, role) in zip(script.statements, roles) {
      if case .bound(let bond) = role { throw .bound(statement.location, bond) }
    }
    for warning in script.warnings {
      if case .transactionControl = warning.reason { throw .bound(warning.location, .transaction) }
    }
  }

  /// The digest of the statement `index`, by which an edited one is known.
  func checksum(ofStatement index: Int) -> String {
    Self.checksum(of: script.statements[index].source)
  }

  private static func checksum(of text: ArraySlice<UInt8>) -> String {
    "sha256:\(SHA256.hexadecimal(of: NormalizedText(text)))"
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

/// A step before its script is read.
struct Move {
  let member: Member
  let operation: Operation
  let from: Int
  let to: Int

  /// The version that the script stands for.
  var version: Int { max(from, to) }
}

/// A text's bytes without a byte order mark, with every line end as a line feed.
private struct NormalizedText: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) {
    rest = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
  }

  mutating func next() -> UInt8? {
    guard let byte = rest.popFirst() else { return nil }
    guard byte == 0x0D else { return byte }
    if rest.first == 0x0A { rest = rest.dropFirst() }
    return 0x0A
  }
}
