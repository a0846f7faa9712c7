extension ConfOption {
  /// Every option, in the order of `trove.conf.sample`.
  public static let all: [ConfOption] = [
    plugins, pluginFolders, connection, coreRepository, transaction, lockWait, connectWait,
    lockTimeout, lockRetries, statementTimeout, strict, protected,
    python,
  ]

  static let connection = Self(
    Name("connection", group: "database"), deprecated: [Name("sql_connection")], .url,
    example: "postgresql://trove@localhost/trove",
    help: """
      The database, as a URL: sqlite:///relative.db (to this file's folder), \
      sqlite:////absolute.db, or postgresql://user:password@host:port/database?option=value. \
      There is no default: it must be set, here or in OS_DATABASE__CONNECTION.
      """)

  static let plugins = Self(
    Name("db_plugins"), .list, default: "",
    help: """
      The repositories that db_sync updates after core's, in this order. One with a '/' is the \
      path of a repository, relative to this file's folder. A dotted name a.b.c.Class is looked \
      up below each folder of db_plugins_path, as a/b/c/migrate_repo, a/b/c/Class/migrate_repo \
      and a/b/c/Class.
      """)

  static let pluginFolders = Self(
    Name("db_plugins_path"), .folders, example: "../migrate_repos",
    help: """
      The folders in which dotted names of db_plugins are looked up. Where it is not set, that \
      is the data folder installed with the program.
      """)

  static let coreRepository = Self(
    Name("core_repo_path", group: "migrate"), .path, example: "../migrate_repos/trove",
    help: """
      The repository of Trove's own schema. Where it is not set, that is the one installed with \
      the program.
      """)

  static let transaction = Self(
    Name("transaction", group: "migrate"), .choice(TransactionScope.allCases.map(\.rawValue)),
    default: TransactionScope.run.rawValue,
    help: """
      What is applied in one transaction, and so lost as one when something fails: a whole run, \
      all versions of a repository, or a single version.
      """)

  static let lockWait = Self(
    Name("lock_wait", group: "migrate"), .seconds, default: "60",
    help: "How long to wait for another run to end; 0 does not wait.")

  static let connectWait = Self(
    Name("connect_wait", group: "migrate"), .seconds, default: "0",
    help: "How long to wait for a server that is not up yet; 0 tries once.")

  static let lockTimeout = Self(
    Name("lock_timeout", group: "migrate"), .seconds, example: "10",
    help: """
      How long a statement of a run may wait for a lock before it fails, on PostgreSQL. \
      Where it is not set, the server decides.
      """)

  static let lockRetries = Self(
    Name("lock_retries", group: "migrate"), .count, default: "5",
    help: """
      How often a run tries a transaction again, after growing pauses, that PostgreSQL ended because \
      a statement could not get its lock within lock_timeout, or for a deadlock or a serialization \
      failure. Counted over the whole run; 0 never tries again.
      """)

  static let statementTimeout = Self(
    Name("statement_timeout", group: "migrate"), .seconds, example: "3600",
    help: """
      How long a statement of a run may take before the run fails. Where it is not set, the \
      server decides.
      """)

  static let strict = Self(
    Name("strict", group: "migrate"), .boolean, default: "false",
    help: """
      Whether db_sync and db_upgrade refuse to begin when a script was edited or removed after it ran. \
      Every script that ran is read then, each time.
      """)

  static let protected = Self(
    Name("protected", group: "migrate"), .boolean, default: "false",
    help: "Whether db_recreate, plugin_remove and downgrades of this database are refused.")

  static let python = Self(
    Name("python", group: "migrate"), .path, default: "python3",
    help: """
      The interpreter that runs versions in Python, with SQLAlchemy and sqlalchemy-migrate: a path relative \
      to this file's folder, or a name that is looked up on the PATH.
      """)
}
