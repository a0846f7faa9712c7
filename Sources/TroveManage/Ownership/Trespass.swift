/// Something that was done to what another repository owns.
struct Trespass: Hashable {
  /// What was done.
  enum Deed: Hashable {
    case alters, drops, renames, truncates, indexes, attaches, rules, grants, comments
    case addsTrigger, writesRows, movesSequence
  }

  /// What was done.
  let deed: Deed
  /// To what.
  let object: ObjectName
  /// Whose it is.
  let owner: Owner

  /// What was done to what, without who did it.
  var words: String {
    switch deed {
    case .alters: "alters \(object)"
    case .drops: "drops \(object)"
    case .renames: "renames \(object)"
    case .truncates: "truncates or rewrites \(object)"
    case .indexes: "changes the indexes of \(object)"
    case .attaches: "attaches something to \(object)"
    case .rules: "changes the rules of \(object)"
    case .grants: "changes who may use \(object)"
    case .comments: "changes the comments of \(object)"
    case .addsTrigger: "adds a trigger to \(object)"
    case .writesRows: "writes rows of \(object)"
    case .movesSequence: "moves the sequence \(object)"
    }
  }
}

extension Trespass.Deed {
  /// What was done when a side of an object is not as it was.
  init(changing aspect: ObjectMark.Aspect) {
    self =
      switch aspect {
      case .shape: .alters
      case .storage: .truncates
      case .indexes: .indexes
      case .rules: .rules
      case .attachments: .attaches
      case .privileges: .grants
      case .comments: .comments
      }
  }

  /// What a statement is about to do.
  init(_ action: ScriptAccess.Action) {
    self =
      switch action {
      case .alter: .alters
      case .drop: .drops
      case .createIndex, .dropIndex: .indexes
      case .createTrigger: .addsTrigger
      case .writeRows, .writeCatalog: .writesRows
      }
  }
}

/// A script that touched what another repository owns.
struct OwnershipViolation: RuleViolation {
  /// What it did.
  let trespass: Trespass
  /// The step whose script it is.
  let step: Step
  /// The statement; `nil` when it could not be told.
  let statement: Statement?
  let severity = RuleSeverity.refused

  var blame: (step: Step, line: Int?)? { (step, statement?.line) }

  var description: String {
    let place = statement?.location.description ?? step.script.path
    var lines = [
      "\(place): \(step.member.roleWord) \(step.repository.id) \(step.label) "
        + "\(trespass.words), which \(trespass.owner) owns"
    ]
    lines += (statement?.excerpt ?? "").split(separator: "\n").map { "  | \($0)" }
    lines.append("hint: \(hint)")
    return lines.joined(separator: "\n")
  }

  private var hint: String {
    guard case .repository(let key) = trespass.owner else {
      return trespass.owner == .engine
        ? "leave the schema to CREATE, ALTER and DROP: nobody could tell whose tables it changes"
        : "version tables and tables that begin with trove_migrate_ are not for scripts; nothing permits it"
    }
    return """
      a script changes what its own repository has made; 'allow = \(key.id)' in \
      \(step.repository.folder.appending("migrate.cfg")) permits more
      """
  }
}
