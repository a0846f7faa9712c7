/// The fuzz target over everything that reads text from outside.
///
/// Conf files, `migrate.cfg`, database URLs, the names of scripts and scripts: whatever the text, the
/// outcome is a value or a short message. A trap is what the fuzzer looks for. The first byte chooses
/// the reader. `make fuzz` compiles this file together with the layers that know neither disk nor
/// engine.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 1 else { return 0 }
  let bytes = unsafe Array(UnsafeBufferPointer(start: start + 1, count: count - 1))
  let text = String(decoding: bytes, as: UTF8.self)
  do {
    switch unsafe start[0] % 6 {
    case 0: try read(conf: bytes)
    case 1: try read(migrateConfig: bytes)
    case 2: try read(url: text)
    case 3: _ = try ScriptName(text)
    case 4: try read(script: bytes, dialect: .sqlite)
    default: try read(script: bytes, dialect: .postgresql)
    }
  } catch {
    let lines = "\(error)".split(separator: "\n", omittingEmptySubsequences: false)
    guard lines.first?.isEmpty == false, lines.count <= 8 else {
      fatalError("a message of \(lines.count) lines: \(error)")
    }
  }
  return 0
}

private func read(conf bytes: [UInt8]) throws {
  let file = try INIFile(bytes, path: "trove.conf", grammar: .oslo)
  let settings = try Settings(Conf([file], environment: [:]))
  _ = try DatabaseURL(settings.connection())
}

private func read(migrateConfig bytes: [UInt8]) throws {
  let file = try INIFile(bytes, path: "migrate.cfg", grammar: .configParser)
  guard let entry = file.entry("requires", in: "db_settings") else { return }
  for contract in try Contract.list(entry, of: "com.foo") {
    let suiting = [0, 1, 30, .max].filter(contract.suits)
    guard contract.canBeKept || suiting.isEmpty else { fatalError("\(contract): \(suiting)") }
  }
}

private func read(url text: String) throws {
  let url = try DatabaseURL(text, relativeTo: Path("/etc/trove"))
  guard case .postgresql(let server) = url, server["password"] != nil else { return }
  // What is shown must not depend on the password at all.
  let other = DatabaseURL.postgresql(server.setting("password", to: "another"))
  guard url.description == other.description else { fatalError("a password is shown: \(url)") }
}

private func read(script bytes: [UInt8], dialect: Dialect) throws {
  let script = try Script(path: "001_a.sql", text: bytes, dialect: dialect) { variable in
    variable.option.count % 2 == 0 ? "it's\\" : nil
  }
  for statement in script.statements {
    _ = statement.excerpt
    _ = statement.location(ofByte: bytes.count / 2)
    _ = CreatedObject(statement.text, dialect: dialect)
    _ = SQLSummary.of(statement.text, dialect: dialect)
  }
}
