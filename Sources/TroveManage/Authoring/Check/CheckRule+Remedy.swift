extension CheckRule {
  /// What to do instead.
  public var remedy: String {
    switch self {
    case .repositoryFolder: "name the folder that holds migrate.cfg and versions/"
    case .configSyntax: "write 'name = value' lines below [db_settings]"
    case .configSetting: "set repository_id and version_table below [db_settings]"
    case .configContract: "write it as in requires = Trove Migrations >= 30, < 60"
    case .configUnknownSetting: "correct its name, or take the line out"
    case .scriptName, .unknownDialect:
      "name it NNN_description_DIALECT_OPERATION.sql, as in 007_add_x_default_upgrade.sql"
    case .duplicateScript: "renumber or remove one of the two"
    case .missingUpgrade, .missingDowngrade: "add the script, or one for 'default'"
    case .unusedScript: "remove it, or the one for an engine that it should serve"
    case .versionGap: "renumber, or say in migrate.cfg why the numbers are left out"
    case .descriptionMismatch: "renumber one of the two, or give both one description"
    case .strayFile: "move it out of versions/, or name it as a script"
    case .unreadableFile: "make it a file that everybody can read"
    case .emptyScript: "write its statements, or a comment if it has nothing to do"
    case .draftScript: "write its statements, and take the line out"
    case .notUTF8: "save the script as UTF-8"
    case .unterminatedText: "close it"
    case .shellCommand: "delete the line, or write what it does as SQL"
    case .copyFromStandardInput: "write the rows as INSERT statements"
    case .unknownDirective: "the directives are \(ScriptDirective.names), and ignore RULE: reason"
    case .misplacedDirective: "move the line to the top of the script"
    case .malformedVariable: "write ${option}, ${group.option} or ${group.option:default}"
    case .variableWithoutDefault: "give it a default: ${group.option:default}"
    case .variableNotReplaced: "write '…' || ${option} below the line `-- migrate: variables`"
    case .transactionControl: "delete it from the script"
    case .rollback, .harmfulStatement: "delete it from the script"
    case .ignoreWithoutReason: "write `-- migrate: ignore RULE: reason`"
    case .ignoreUnknownRule: "`repo_check --rules` lists the rules"
    case .unusedIgnore: "take it out, or put it in the line before the statement"
    case .otherEnginesSyntax: "write a script for each engine instead of one for both"
    case .notNullWithoutDefault: "give it a DEFAULT, or add it without NOT NULL and fill it first"
    case .reservedTable: "leave bookkeeping to the run; take another name"
    case .unknownTable: "correct the name; `allow` in migrate.cfg opens another owner's tables"
    case .undeclaredRequirement: "add a line as in requires = Trove Migrations >= 1 to migrate.cfg"
    case .updateWithoutWhere: "add a WHERE that finds the rows that need it"
    case .deleteWithoutWhere: "add a WHERE that finds the rows that have to go"
    case .insertWithoutColumns: "write INSERT INTO table (column, …) …"
    case .selectStar: "list the columns"
    case .dropColumn: "stop using the column in one release, and drop it in a later one"
    case .dropTable: "stop using the table in one release, and drop it in a later one"
    case .dropCascade: "drop by name what has to go, and leave CASCADE out"
    case .renameColumn: "add the new column, fill it, use it, and drop the old one later"
    case .renameTable: "keep a view under the old name until the last old service is gone"
    case .tableIfNotExists: "leave IF NOT EXISTS out: the version table knows whether it ran"
    case .tableWithoutPrimaryKey: "add PRIMARY KEY (…)"
    case .longName: "shorten it"
    case .doubleQuotedText: "put the text in single quotes"
    case .passwordInScript: "use a variable, or set the password outside of migrations"
    case .disablesChecks: "leave them on, and order the statements so that they hold"
    case .downgradeLeavesTable: "drop the table in the downgrade"
    case .indexLocksWrites:
      "CREATE INDEX CONCURRENTLY in a version of its own, in a script for postgresql"
    case .dropIndexLocks: "DROP INDEX CONCURRENTLY in a version of its own"
    case .reindexLocks: "REINDEX … CONCURRENTLY in a version of its own"
    case .refreshLocks: "REFRESH MATERIALIZED VIEW CONCURRENTLY; it needs a unique index"
    case .setNotNull:
      "ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID, VALIDATE it in a later version, then SET NOT NULL"
    case .columnRewritesTable:
      "add the column without it, set the DEFAULT for new rows, and fill old ones in parts"
    case .columnTypeChange:
      "add a column of the new type, fill it, use it, and drop the old one later"
    case .foreignKeyValidates, .checkValidates:
      "add it NOT VALID, and VALIDATE CONSTRAINT in a later version"
    case .validatedAtOnce: "VALIDATE CONSTRAINT in a later version, with transaction = version"
    case .uniqueConstraintLocks:
      "CREATE UNIQUE INDEX CONCURRENTLY in a version of its own, then ADD CONSTRAINT … USING INDEX"
    case .partitionLocks: "DETACH PARTITION … CONCURRENTLY in a version of its own"
    case .rewritesTable: "do it in a maintenance window, or with pg_repack, not in a migration"
    case .truncate: "DELETE what has to go, in parts; or drop the table once nobody uses it"
    case .lockTable: "let the statements take the locks that they need"
    case .loneStatementMixed, .typeValueMixed: "put it in a version of its own"
    case .beyondDatabase: "leave it to whoever sets up the server"
    case .hardCodedRole: "use CURRENT_USER, or leave rights to whoever sets up the database"
    case .narrowKey: "use BIGINT GENERATED ALWAYS AS IDENTITY"
    case .sqliteAlterTable:
      "one change per statement; for others make a new table, copy the rows, drop the old one, rename"
    case .sqliteAddColumnKey: "add the column, then CREATE UNIQUE INDEX; or rebuild the table"
    case .sqliteAddColumnDefault: "use a constant, or rebuild the table"
    case .sqliteAddStoredColumn: "make it VIRTUAL, or rebuild the table"
    case .sqliteDropUsedColumn: "drop the index first, or rebuild the table"
    case .pragmaWithoutEffect: "delete it: runs switch foreign keys off and check them at the end"
    case .rebuildLosesIndex: "make it again behind the rename"
    case .renameBeforeRebuild:
      "make the new table under another name, drop the old one, then rename"
    case .upgradeFails, .downgradeFails: "mend the script; db_rehearse tries it on a real database"
    case .downgradeLeavesSchema, .secondUpgradeFails, .secondUpgradeDiffers:
      "let the downgrade undo all that its upgrade does; delete it where nothing can"
    case .parityTable, .parityColumn, .parityType, .parityNull, .parityDefault, .parityPrimaryKey,
      .parityUnique, .parityForeignKey:
      "let both scripts make the same, in this version or, where it has run, in a new one"
    }
  }
}
