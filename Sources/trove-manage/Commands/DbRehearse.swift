import ArgumentParser
import TroveManage

/// The command `db_rehearse`.
struct DbRehearse: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_rehearse",
    abstract: "Run what is pending on the database itself, and roll it back.",
    discussion: """
      Shows of every statement how long it took, how many rows it changed and, on PostgreSQL, which locks \
      stronger than reading it took on which tables, whose they are, and whether a table was rewritten; \
      then what would become of the schema. All versions run in one transaction, statement by statement, \
      which is rolled back.

      A rehearsal takes real locks, the runners' included, and holds them to its end: services wait for it as \
      they would for db_sync. [migrate] lock_timeout and statement_timeout limit that. On PostgreSQL the rows \
      that were written leave dead ones behind for VACUUM. [migrate] protected does not refuse it.

      What no transaction can hold, and what adds a value to a type, is not rehearsed, nor are the later \
      versions of the repository and of those whose contracts name it. Sequences that were moved are named, \
      and put back where that is safe. What scripts do outside the database, be it in Python or by functions, is not undone.

      Exits with 0 when everything ran that can be rehearsed, or nothing is pending; a failure ends it as \
      it would end db_sync, with the same message and exit code.

      Example: trove-manage --config-file /etc/trove/trove.conf db_rehearse
      Example: trove-manage db_rehearse --repo_path /opt/foo/migrate_repo
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions
  @OptionGroup var late: LateOptions

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .all(or: repositories.path))
    var notes: OwnerNotes?
    let migrator = workplace.migrator(
      late: late.policy, edits: workplace.edits,
      besides: { owners in
        let found = OwnerNotes(owners, members: workplace.members)
        notes = found
        return [found]
      }, reportingTo: reporter)
    let report = migrator.rehearse()
    // Nothing is left beside a SQLite file, either.
    workplace.database.close()
    let outcome = RehearsalOutcome(report, of: workplace.members, owner: { notes?[$0] })
    return reporter.finishRehearsal(outcome, in: workplace.database.url)
  }
}
