/// Why a service cannot start with its database, or what went wrong with a mapped table.
public enum ServiceError: Error, DatabaseFailure {
  case conf(ConfError)
  case url(DatabaseURLError)
  case repository(RepositoryError)
  /// The session could not be opened, or broke.
  case database(DatabaseError)
  /// The file of a SQLite database is not there.
  case noDatabase(path: String, remedy: String)
  /// An entry of `db_plugins` is neither registered nor a shared library.
  case noPlugin(ConfValue, registered: [String], tried: [String])
  /// An entry of `db_plugins` leads to the plugin of another one.
  case loadedTwice(ConfValue, as: String)
  /// The caller gave two plugins of one type.
  case givenTwice(String)
  /// A shared library cannot be loaded.
  case library(path: String, reason: String)
  /// A shared library has no plugin.
  case noSymbol(path: String)
  /// A shared library was built with something else.
  case otherBuild(path: String, build: String, own: String)
  /// A shared library brings a copy of TroveManage.
  case ownCopy(path: String)
  /// A plugin could not be made.
  case plugin(String, any Error)
  /// A mapper threw.
  case mapper(String, any Error)
  /// Repositories stand elsewhere than where the code needs them; `program` is how trove-manage is called.
  case versions([VersionMismatch], program: String)
  /// A table is missing; `owner` is who maps it.
  case noTable(String, owner: String?, remedy: String)
  /// Nobody has mapped the table.
  case notMapped(String, tables: [String])
  /// Two map one table.
  case mappedTwice(String, by: String, and: String)
  /// A table is not any more what was mapped; each difference is a line.
  case tableChanged(String, [String])
  case noColumn(String, table: String, columns: [String])
  /// The value is none of the column's type.
  case valueType(Value, column: String, type: String)
  /// The value is none that the column can hold.
  case value(ColumnFault)
  /// The column's value is none of the type that was wanted.
  case valueKind(Value, column: String, wanted: String)
  /// The column has no value.
  case noValue(column: String)
  /// The engine took a row and gave none back: a rule or a trigger did something else.
  case noRow(table: String)
  /// The engine refused a statement.
  case statement(DatabaseError, table: String)
  /// A statement would have more values than the engines take.
  case tooManyValues(limit: Int)
  case nestedTransaction
  /// The engine was closed.
  case closed
}

extension ServiceError {
  /// What the engine said, when it was the engine.
  public var databaseError: DatabaseError? {
    switch self {
    case .database(let error), .statement(let error, _): error
    default: nil
    }
  }
}

extension ServiceError: CustomStringConvertible {
  /// What is wrong, and how to mend it.
  public var description: String {
    switch self {
    case .conf(let error): error.description
    case .url(let error): error.description
    case .repository(let error): error.description
    case .database(let error): error.description
    case .statement(let error, let table): "\(table): \(error)"
    case .noDatabase(let path, let remedy):
      """
      \(path): there is no such database
      hint: make it: \(remedy)
      """
    case .noPlugin, .loadedTwice, .givenTwice, .library, .noSymbol, .otherBuild, .ownCopy, .plugin,
      .mapper:
      pluginWords
    case .versions(let mismatches, let program):
      mismatches.map(\.description).joined(separator: "\n")
        + "\nhint: \(mismatches.remedies(program).joined(separator: "\nhint: "))"
    default: tableWords
    }
  }

  private var pluginWords: String {
    switch self {
    case .noPlugin(let entry, let registered, let tried):
      """
      \(entry.place): \(entry.shownText) is no plugin of this service; looked for
        among the registered: \(registered.isEmpty ? "there are none" : registered.joined(separator: ", "))
      \(tried.map { "  \($0)" }.joined(separator: "\n"))
      hint: register it under this name, or install its shared library; db_plugins_path lists the folders
      """
    case .loadedTwice(let entry, let name):
      """
      \(entry.place): \(entry.shownText) is the plugin \(name) once more
      hint: name it once in db_plugins
      """
    case .givenTwice(let name): "the plugin \(name) was given twice"
    case .library(let path, let reason):
      // The dynamic linker begins with the path by itself.
      reason.hasPrefix("\(path): ") ? reason : "\(path): \(reason)"
    case .noSymbol(let path):
      """
      \(path): not a plugin: it does not export \(PluginLibrary.symbol)
      hint: the article "Write a plugin" of TroveManage has the function to export
      """
    case .otherBuild(let path, let build, let own):
      """
      \(path): built with '\(build)', and this service with '\(own)'
      hint: build both with the same compiler and the same TroveManage
      """
    case .ownCopy(let path):
      """
      \(path): it brings a copy of TroveManage of its own
      hint: link plugin and service with the product TroveManageDynamic
      """
    case .plugin(let name, let error): "the plugin \(name) cannot be made: \(error)"
    case .mapper(let name, let error): "the mapper of \(name) failed: \(error)"
    default: ""
    }
  }

  private var tableWords: String {
    switch self {
    case .noTable(let table, let owner, let remedy):
      """
      there is no table \(table)\(owner.map { ", which \($0) maps" } ?? "")
      hint: bring the database to its latest version: \(remedy)
      """
    case .notMapped(let table, let tables):
      """
      nobody has mapped the table \(table); mapped are: \(tables.isEmpty ? "none" : tables.joined(separator: ", "))
      hint: a mapper asks for a table of its own with autoload: true
      """
    case .mappedTwice(let table, let first, let second):
      """
      \(first) and \(second) both map the table \(table)
      hint: leave autoload away to use a table that another one maps
      """
    case .tableChanged(let table, let changes):
      """
      \(table): the table has changed since the service started: \(changes.joined(separator: "; "))
      hint: start the service again, in the version that fits the database
      """
    case .noColumn(let column, let table, let columns):
      "\(table) has no column \(column); it has \(columns.joined(separator: ", "))"
    case .valueType(let value, let column, let type):
      "\(column) is \(type.isEmpty ? "of no type" : type) and takes no \(value.kindWord)"
    case .value(let fault): fault.description
    case .valueKind(let value, let column, let wanted):
      "\(column) has a \(value.kindWord), which is no \(wanted)"
    case .noValue(let column): "\(column) is NULL"
    case .noRow(let table): "\(table): the engine took the row and gave none back"
    case .tooManyValues(let limit):
      """
      a statement takes at most \(limit) values
      hint: ask for them in several statements, in one transaction
      """
    case .nestedTransaction: "a transaction is open already"
    case .closed: "the engine was closed"
    default: ""
    }
  }
}

extension VersionMismatch: CustomStringConvertible {
  /// Where the repository stands and where it must.
  public var description: String {
    let place = version.map { "stands at version \($0)" } ?? "is not under version control"
    return "\(repository) \(place); this service was built for \(expected)"
  }
}

extension [VersionMismatch] {
  /// What helps: going up, if any is behind; for each that is ahead, another service or going back.
  fileprivate func remedies(_ program: String) -> [String] {
    var remedies: [String] = []
    if contains(where: { $0.version ?? -1 < $0.expected }) {
      remedies.append("bring the database up to date: \(program) db_sync")
    }
    for mismatch in self where mismatch.version ?? -1 > mismatch.expected {
      remedies.append(
        """
        start the service that was built for \(mismatch.version ?? 0), or go back: \
        \(program) db_downgrade --repo_path \(mismatch.folder.shellWord) \(mismatch.expected)
        """)
    }
    return remedies
  }
}

extension Value {
  /// What it is, in a word.
  fileprivate var kindWord: String {
    switch self {
    case .null: "NULL"
    case .integer: "integer"
    case .real(let number): number.isNaN ? "NaN" : "number"
    case .text: "text"
    case .blob: "bytes"
    }
  }
}
