/// What an author can get wrong, each with a name that stays.
///
/// A rule is an error only where a run would fail, or rows would be lost without a word.
public enum CheckRule: String, Sendable, CaseIterable {
  // The repository and its `migrate.cfg`.
  case repositoryFolder = "repository-folder"
  case configSyntax = "config-syntax"
  case configSetting = "config-setting"
  case configContract = "config-contract"
  case configUnknownSetting = "config-unknown-setting"

  // The files in `versions/`.
  case scriptName = "script-name"
  case unknownDialect = "unknown-dialect"
  case duplicateScript = "duplicate-script"
  case missingUpgrade = "missing-upgrade"
  case missingDowngrade = "missing-downgrade"
  case unusedScript = "unused-script"
  case versionGap = "version-gap"
  case descriptionMismatch = "description-mismatch"
  case strayFile = "stray-file"
  case unreadableFile = "unreadable-file"
  case emptyScript = "empty-script"
  case notUTF8 = "not-utf-8"
  case draftScript = "draft-script"
  case missingEngine = "missing-engine"

  // The text of a script.
  case unterminatedText = "unterminated-text"
  case shellCommand = "shell-command"
  case copyFromStandardInput = "copy-from-stdin"
  case unknownDirective = "unknown-directive"
  case misplacedDirective = "misplaced-directive"
  case malformedVariable = "malformed-variable"
  case variableWithoutDefault = "variable-without-default"
  case variableNotReplaced = "variable-not-replaced"
  case transactionControl = "transaction-control"
  case rollback
  case harmfulStatement = "harmful-statement"
  case ignoreWithoutReason = "ignore-without-reason"
  case ignoreUnknownRule = "ignore-unknown-rule"
  case unusedIgnore = "unused-ignore"

  // Statements of both engines.
  case otherEnginesSyntax = "other-engines-syntax"
  case notNullWithoutDefault = "not-null-without-default"
  case reservedTable = "reserved-table"
  case unknownTable = "unknown-table"
  case undeclaredRequirement = "undeclared-requirement"
  case updateWithoutWhere = "update-without-where"
  case deleteWithoutWhere = "delete-without-where"
  case insertWithoutColumns = "insert-without-columns"
  case selectStar = "select-star"
  case dropColumn = "drop-column"
  case dropTable = "drop-table"
  case dropCascade = "drop-cascade"
  case renameColumn = "rename-column"
  case renameTable = "rename-table"
  case tableIfNotExists = "table-if-not-exists"
  case tableWithoutPrimaryKey = "table-without-primary-key"
  case longName = "long-name"
  case doubleQuotedText = "double-quoted-text"
  case passwordInScript = "password-in-script"
  case disablesChecks = "disables-checks"
  case downgradeLeavesTable = "downgrade-leaves-table"
  case notRepeatable = "not-repeatable"
  case repeatableOutside = "repeatable-outside"

  // Statements of PostgreSQL.
  case indexLocksWrites = "index-locks-writes"
  case dropIndexLocks = "drop-index-locks"
  case reindexLocks = "reindex-locks"
  case refreshLocks = "refresh-locks"
  case setNotNull = "set-not-null"
  case columnRewritesTable = "column-rewrites-table"
  case columnTypeChange = "column-type-change"
  case foreignKeyValidates = "foreign-key-validates"
  case checkValidates = "check-validates"
  case validatedAtOnce = "validated-at-once"
  case uniqueConstraintLocks = "unique-constraint-locks"
  case partitionLocks = "partition-locks"
  case rewritesTable = "rewrites-table"
  case truncate
  case lockTable = "lock-table"
  case loneStatementMixed = "lone-statement-mixed"
  case typeValueMixed = "type-value-mixed"
  case beyondDatabase = "beyond-database"
  case hardCodedRole = "hard-coded-role"
  case narrowKey = "narrow-key"

  // Statements of SQLite.
  case sqliteAlterTable = "sqlite-alter-table"
  case sqliteAddColumnKey = "sqlite-add-column-key"
  case sqliteAddColumnDefault = "sqlite-add-column-default"
  case sqliteAddStoredColumn = "sqlite-add-stored-column"
  case sqliteDropUsedColumn = "sqlite-drop-used-column"
  case pragmaWithoutEffect = "pragma-without-effect"
  case rebuildLosesIndex = "rebuild-loses-index"
  case renameBeforeRebuild = "rename-before-rebuild"

  // What shows in a scratch database.
  case upgradeFails = "upgrade-fails"
  case downgradeFails = "downgrade-fails"
  case downgradeLeavesSchema = "downgrade-leaves-schema"
  case secondUpgradeFails = "second-upgrade-fails"
  case secondUpgradeDiffers = "second-upgrade-differs"
  case parityTable = "parity-table"
  case parityColumn = "parity-column"
  case parityType = "parity-type"
  case parityNull = "parity-null"
  case parityDefault = "parity-default"
  case parityPrimaryKey = "parity-primary-key"
  case parityUnique = "parity-unique"
  case parityForeignKey = "parity-foreign-key"

  /// How much it matters.
  public var severity: Diagnostic.Severity {
    switch self {
    case .repositoryFolder, .configSyntax, .configSetting, .configContract, .scriptName,
      .unknownDialect, .duplicateScript, .missingUpgrade, .unreadableFile, .emptyScript, .notUTF8,
      .draftScript, .repeatableOutside,
      .unterminatedText, .shellCommand, .copyFromStandardInput, .unknownDirective,
      .malformedVariable, .rollback, .harmfulStatement, .otherEnginesSyntax,
      .notNullWithoutDefault, .reservedTable, .sqliteAlterTable, .sqliteAddColumnKey,
      .sqliteAddColumnDefault, .sqliteAddStoredColumn, .sqliteDropUsedColumn,
      .upgradeFails, .downgradeFails, .downgradeLeavesSchema, .secondUpgradeFails,
      .secondUpgradeDiffers, .parityTable, .parityColumn, .parityType, .parityNull, .parityDefault,
      .parityPrimaryKey, .parityUnique, .parityForeignKey:
      .error
    default: .warning
    }
  }

  /// Where the mistake is made, for a list of the rules.
  public enum Group: String, Sendable, CaseIterable {
    case repository = "The repository and its migrate.cfg"
    case files = "The files in versions/"
    case text = "The text of a script"
    case statements = "Statements of both engines"
    case postgresql = "Statements of PostgreSQL"
    case sqlite = "Statements of SQLite"
    case trials = "What only running the scripts shows"
  }

  /// Where the mistake is made.
  public var group: Group {
    let starts: [(CheckRule, Group)] = [
      (.upgradeFails, .trials), (.sqliteAlterTable, .sqlite), (.indexLocksWrites, .postgresql),
      (.otherEnginesSyntax, .statements), (.unterminatedText, .text), (.scriptName, .files),
    ]
    let index = Self.allCases.firstIndex(of: self) ?? 0
    return starts.first { (Self.allCases.firstIndex(of: $0.0) ?? 0) <= index }?.1 ?? .repository
  }
}
