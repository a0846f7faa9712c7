/// The options that the program reads, each as what it means.
///
/// An option that is set to nothing counts as not set, but for a boolean and for the connection.
public struct Settings: Sendable {
  /// The configuration that they come from.
  public let conf: Conf

  /// `db_plugins`: the entries in order, none of them empty, each placed at its own line.
  public let plugins: [ConfValue]
  /// `db_plugins_path`: the folders in order; `nil` where the installed data folder counts.
  public let pluginFolders: [Path]?
  /// `core_repo_path`: core's repository; `nil` where the installed one counts.
  public let coreRepository: Path?
  /// `transaction`: what is applied in one transaction.
  public let transaction: TransactionScope
  /// `lock_wait`: how long to wait for another run.
  public let lockWait: Duration
  /// `connect_wait`: how long to wait for a server that is not up yet.
  public let connectWait: Duration
  /// `lock_timeout`: how long a statement of a run may wait for a lock.
  public let lockTimeout: Duration?
  /// `lock_retries`: how often a run tries a transaction again that others' locks ended.
  public let lockRetries: Int
  /// `statement_timeout`: how long a statement of a run may take.
  public let statementTimeout: Duration?
  /// `strict`: whether an edited script stops a run.
  public let isStrict: Bool
  /// `protected`: whether `db_recreate`, `plugin_remove` and downgrades are refused.
  public let isProtected: Bool
  /// `python`: the interpreter for versions in Python.
  public let python: String
  /// The values of script variables that the conf files have no say in.
  public var givenVariables: [ConfOption.Name: String] = [:]

  /// The options that `conf` sets, and the defaults of the others.
  ///
  /// The connection is not looked at before ``connection()``: not every command needs one.
  ///
  /// - Throws: ``ConfError`` for the first option whose text is not what it must be.
  public init(_ conf: Conf) throws(ConfError) {
    let reader = Reader(conf: conf)
    self.conf = conf
    plugins = try reader.items(.plugins) ?? []
    pluginFolders = try reader.items(.pluginFolders)?.map { $0.path() }
    coreRepository = try reader.value(.coreRepository)?.path()
    transaction = try reader.required(.transaction).choice(of: TransactionScope.self)
    lockWait = try reader.required(.lockWait).seconds()
    connectWait = try reader.required(.connectWait).seconds()
    lockTimeout = try reader.limit(.lockTimeout)
    lockRetries = try reader.required(.lockRetries).integer(in: 0...1000)
    statementTimeout = try reader.limit(.statementTimeout)
    isStrict = try reader.required(.strict).boolean()
    isProtected = try reader.required(.protected).boolean()
    let interpreter = try reader.required(.python)
    python = interpreter.text.contains("/") ? interpreter.path().text : interpreter.trimmedText
  }

  /// The URL of the database.
  ///
  /// - Throws: ``ConfError/noConnection(files:)``, ``ConfError/misplacedConnection(found:at:)`` or
  ///   ``ConfError/empty(_:)`` when there is none, and what ``Conf/value(_:group:)`` throws.
  public func connection() throws(ConfError) -> ConfValue {
    let name = ConfOption.connection.name
    if let value = try conf.value(name.option, group: name.group) {
      guard !value.trimmedText.isEmpty else { throw .empty(value) }
      return value
    }
    for name in Self.mistakenConnections {
      if let location = conf.location(of: name) {
        throw .misplacedConnection(found: name, at: location)
      }
    }
    throw .noConnection(files: conf.files)
  }

  private static let mistakenConnections = [
    ConfOption.Name("connection"),
    ConfOption.Name("sql_connection", group: "database"),
    ConfOption.Name("sql_connection", group: "default"),
    ConfOption.Name("connection", group: " database "),
    ConfOption.Name("Connection", group: "database"),
    ConfOption.Name("CONNECTION", group: "database"),
    ConfOption.Name("sql_connection", group: "sql"),
    ConfOption.Name("connection", group: "sql"),
  ]
}

extension Settings {
  /// Reads options by their row of the table.
  private struct Reader {
    let conf: Conf

    /// The value of `option`, or `nil` when nothing sets it.
    func value(_ option: ConfOption) throws(ConfError) -> ConfValue? {
      guard let value = try conf.value(option.name.option, group: option.name.group),
        option.kind == .boolean || !value.trimmedText.isEmpty
      else { return nil }
      return value
    }

    /// The value of `option` or its default, which it must have.
    func required(_ option: ConfOption) throws(ConfError) -> ConfValue {
      try value(option) ?? ConfValue(defaultText: option.defaultText ?? "", of: option.name)
    }

    /// The duration `option`, where 0 means none, as it does to PostgreSQL.
    func limit(_ option: ConfOption) throws(ConfError) -> Duration? {
      let limit = try value(option)?.seconds()
      return limit == .zero ? nil : limit
    }

    /// The items of the list `option`, none of them empty, or `nil` when it has none.
    func items(_ option: ConfOption) throws(ConfError) -> [ConfValue]? {
      guard let items = try value(option)?.list(), !items.isEmpty else { return nil }
      for item in items where item.text.isEmpty { throw .emptyItem(item) }
      return items
    }
  }
}
