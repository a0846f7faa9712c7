import Foundation
import TroveManage

extension TestDatabase {
  /// Takes the repositories in `folders` to `target`, the first as core.
  @discardableResult
  func migrate(
    _ folders: String..., to target: Target = .latest, scope: TransactionScope = .run,
    variables: @escaping (ScriptVariable) -> String? = { _ in nil },
    report: @escaping (MigrationEvent) -> Void = { _ in }
  ) throws -> RunReport {
    try migrator(folders, scope: scope, variables: variables, report: report).run(to: target)
  }

  /// Where the repositories in `folders` stand.
  func standings(_ folders: String...) throws -> [Standing] {
    try migrator(folders).standings()
  }

  /// A migrator in a session of its own.
  func migrator(
    _ folders: [String], scope: TransactionScope = .run, lockWait: Duration = .seconds(60),
    reading: ReadingLimits = ReadingLimits(), rules: ([Member]) -> [any RunRule] = { _ in [] },
    variables: @escaping (ScriptVariable) -> String? = { _ in nil },
    report: @escaping (MigrationEvent) -> Void = { _ in }
  ) throws -> Migrator {
    let members = try folders.enumerated().map { index, folder in
      Member(
        role: index == 0 ? .core : .plugin(name: folder),
        repository: try Repository(folder: Path(folder)))
    }
    let identity = RunIdentity(id: UUID().uuidString, runBy: "tester@localhost", program: "tests")
    var options = Migrator.Options(identity: identity, scope: scope, lockWait: lockWait)
    options.reading = reading
    return Migrator(
      Database(try url), members: members, options: options, rules: rules(members),
      variables: variables, report: report)
  }
}
