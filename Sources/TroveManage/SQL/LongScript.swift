/// A script that is too long to be held in memory: what was found by reading it once.
struct LongScript: Sendable {
  /// The path of the file.
  let path: String
  /// The engine that the script is for.
  let dialect: Dialect
  /// How much of a script is held in memory.
  let limits: ReadingLimits
  /// How many statements there are.
  private(set) var count = 0
  /// How statements stand to transactions, each way once.
  private(set) var roles: Set<TransactionRole> = []
  /// `sha256:` and the digest of the text, as ``NormalizedText`` has it.
  private(set) var checksum = ""
  /// The values of the variables.
  private var values: [ScriptVariable: String] = [:]

  /// A script of which nothing is known yet.
  init(path: String, dialect: Dialect, limits: ReadingLimits) {
    self.path = path
    self.dialect = dialect
    self.limits = limits
  }

  /// The statements once more, as the file holds them now, with the same values for variables.
  var windows: ScriptWindows {
    ScriptWindows(path: path, dialect: dialect, size: limits.window)
  }

  /// The value that a variable had when the script was read; `nil` for none.
  func value(of variable: ScriptVariable) -> String? { values[variable] }
}

/// How much of a script is held in memory.
public struct ReadingLimits: Hashable, Sendable {
  /// The size in bytes up to which a script is held as a whole.
  public var whole: Int
  /// How many bytes of a longer one are read together; more, where a single statement has more.
  public var window: Int

  /// Limits in bytes: 16 MiB, and 4 MiB of a longer script.
  public init(whole: Int = 16 << 20, window: Int = 4 << 20) {
    self.whole = whole
    self.window = window
  }
}

/// Why a script cannot be used.
enum ScriptReadingError: Error {
  /// The file cannot be read.
  case file(FileError)
  /// What it holds cannot be run.
  case script(ScriptError)
}

extension Script {
  /// Reads the file at `path` once, be it to its end in windows when it is longer than `limits` say.
  ///
  /// Either way, everything that can be wrong with it is found.
  init(
    file path: String, dialect: Dialect, limits: ReadingLimits,
    variables: (ScriptVariable) -> String?
  ) throws(ScriptReadingError) {
    guard FileSystem.size(of: path) ?? 0 > limits.whole else {
      self = try Self(wholeFile: path, dialect: dialect, variables: variables)
      return
    }
    var long = LongScript(path: path, dialect: dialect, limits: limits)
    var windows = long.windows
    try long.read(&windows, variables)
    self.init(long, warnings: windows.warnings, directives: windows.directives)
  }

  /// Reads the file at `path` into memory, a script in Python, whose statements are known once they have run.
  init(unrunFile path: String, dialect: Dialect) throws(ScriptReadingError) {
    let text: [UInt8]
    do throws(FileError) { text = try FileSystem.read(path) } catch { throw .file(error) }
    self.init(path: path, text: text, dialect: dialect, running: [])
  }

  /// Reads the file at `path` into memory.
  init(
    wholeFile path: String, dialect: Dialect, variables: (ScriptVariable) -> String?
  ) throws(ScriptReadingError) {
    let text: [UInt8]
    do throws(FileError) { text = try FileSystem.read(path) } catch { throw .file(error) }
    do throws(ScriptError) {
      try self.init(path: path, text: text, dialect: dialect, variables: variables)
    } catch {
      throw .script(error)
    }
  }
}

extension LongScript {
  /// Notes what there is in `windows`, to their end.
  fileprivate mutating func read(
    _ windows: inout ScriptWindows, _ variables: (ScriptVariable) -> String?
  ) throws(ScriptReadingError) {
    var found: [ScriptVariable: String] = [:]
    func value(of variable: ScriptVariable) -> String? {
      let value = variables(variable)
      found[variable] = value
      return value
    }
    while let statements = try windows.next(value) {
      count += statements.count
      for statement in statements {
        // Most are; this is quicker than to hash them.
        if case .ordinary = statement.role { continue }
        roles.insert(statement.role)
      }
    }
    values = found
    checksum = windows.checksum
  }
}
