extension DatabaseURL.PostgreSQL {
  private typealias Host = (name: String, port: String)

  /// What stands behind `postgresql://`.
  init(_ text: ArraySlice<UInt8>) throws(DatabaseURLError) {
    let end = Self.authorityEnd(in: text)
    let authority = text[..<end]
    var hosts = authority
    if let at = authority.lastIndex(of: UInt8(ascii: "@")) {
      try setCredentials(authority[..<at])
      hosts = authority[(at + 1)...]
    }
    var decoded: [Host] = []
    for host in try Self.hosts(in: hosts) {
      decoded.append((try host.name.percentDecoded(), host.port))
    }
    setHosts(decoded)

    let question = text[end...].firstIndex(of: UInt8(ascii: "?")) ?? text.endIndex
    let path = text[end..<question].dropFirst()
    guard !path.contains(UInt8(ascii: "@")) else { throw DatabaseURLError(.strayAt) }
    if !path.isEmpty { set("dbname", to: try path.percentDecoded()) }
    try setOptions(try DatabaseURL.options(text[question...].dropFirst()))
  }

  private mutating func setCredentials(_ text: ArraySlice<UInt8>) throws(DatabaseURLError) {
    let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.endIndex
    let user = try text[..<colon].percentDecoded()
    let password = try text[colon...].dropFirst().percentDecoded()
    if !user.isEmpty { set("user", to: user) }
    if !password.isEmpty { set("password", to: password) }
  }

  private mutating func setHosts(_ hosts: [Host]) {
    if hosts.contains(where: { !$0.name.isEmpty }) {
      set("host", to: hosts.map(\.name).joined(separator: ","))
    }
    if hosts.contains(where: { !$0.port.isEmpty }) {
      set("port", to: hosts.map(\.port).joined(separator: ","))
    }
  }

  private mutating func setOptions(_ options: [Parameter]) throws(DatabaseURLError) {
    let hosts = options.filter { $0.keyword == "host" }.map(\.value)
    for option in options where option.keyword != "host" {
      set(option.keyword == "database" ? "dbname" : option.keyword, to: option.value)
    }
    let pairs = hosts.flatMap(Self.hostOption)
    guard self["port"] != nil else { return setHosts(pairs) }
    guard hosts.count < 2 else { throw DatabaseURLError(.hostsAndPort) }
    if pairs.allSatisfy(\.port.isEmpty) {
      setHosts(pairs)
    } else if let host = hosts.first {
      set("host", to: host)
    }
  }

  /// Where user, password, hosts and ports end: at the first `/` or `?` that is not the password's.
  private static func authorityEnd(in text: ArraySlice<UInt8>) -> Int {
    func end(from start: Int) -> Int {
      text[start...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") }
        ?? text.endIndex
    }
    let plain = end(from: text.startIndex)
    let authority = text[..<plain]
    guard !authority.contains(UInt8(ascii: "@")), authority.contains(UInt8(ascii: ":")),
      let at = text.firstIndex(of: UInt8(ascii: "@"))
    else { return plain }
    // An '@' in an option's value says nothing about the hosts; before the options it ends a
    // password, though the text before its '/' may look like a host and a port.
    let isInOption = text[..<at].contains(UInt8(ascii: "?"))
    let mayBeHosts = isInOption || authority.first == UInt8(ascii: "[")
    if mayBeHosts, (try? hosts(in: authority)) != nil { return plain }
    return end(from: at)
  }

  /// The hosts of a comma list, their names not decoded.
  private static func hosts(
    in text: ArraySlice<UInt8>
  ) throws(DatabaseURLError) -> [(name: ArraySlice<UInt8>, port: String)] {
    var hosts: [(ArraySlice<UInt8>, String)] = []
    for part in text.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      var name = part[..<(part.firstIndex(of: UInt8(ascii: ":")) ?? part.endIndex)]
      var rest = part[name.endIndex...]
      if part.first == UInt8(ascii: "[") {
        guard let end = part.firstIndex(of: UInt8(ascii: "]")), end > part.startIndex + 1 else {
          throw DatabaseURLError(.host)
        }
        name = part[part.startIndex + 1..<end]
        rest = part[(end + 1)...]
        guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { throw DatabaseURLError(.host) }
      }
      let port = String(decoding: rest.dropFirst(), as: UTF8.self)
      guard port.isEmpty || port.isPort else { throw DatabaseURLError(.port) }
      hosts.append((name, port))
    }
    return hosts
  }

  /// The hosts of an option `host`, which may bring their ports.
  private static func hostOption(_ text: String) -> [Host] {
    let bytes = Array(text.utf8)
    guard let hosts = try? hosts(in: bytes[...]) else { return [(text, "")] }
    return hosts.map { (String(decoding: $0.name, as: UTF8.self), $0.port) }
  }
}

extension DatabaseURL {
  /// The options that a URL ends with, without those that have no value.
  static func options(
    _ text: ArraySlice<UInt8>
  ) throws(DatabaseURLError) -> [PostgreSQL.Parameter] {
    var options: [PostgreSQL.Parameter] = []
    for part in text.split(separator: UInt8(ascii: "&")) {
      guard let equal = part.firstIndex(of: UInt8(ascii: "=")) else {
        throw DatabaseURLError(.option)
      }
      let keyword = try part[..<equal].plusDecoded()
      guard !keyword.isEmpty, keyword.utf8.allSatisfy(\.isKeywordCharacter) else {
        throw DatabaseURLError(.option)
      }
      let value = try part[(equal + 1)...].plusDecoded()
      if !value.isEmpty { options.append(PostgreSQL.Parameter(keyword, value)) }
    }
    return options
  }
}

extension ArraySlice<UInt8> {
  /// The text with its percent escapes decoded; a malformed one stands for itself.
  fileprivate func percentDecoded() throws(DatabaseURLError) -> String {
    var bytes: [UInt8] = []
    var rest = self
    while let byte = rest.popFirst() {
      let high = rest.first?.hexadecimalDigit
      let low = rest.dropFirst().first?.hexadecimalDigit
      if byte == UInt8(ascii: "%"), let high, let low {
        bytes.append(high << 4 | low)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    // libpq ends a value at a zero byte.
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      throw DatabaseURLError(.escape)
    }
    return text
  }

  /// The text of an option: `+` is a blank, and percent escapes are decoded.
  fileprivate func plusDecoded() throws(DatabaseURLError) -> String {
    let blanks = map { $0 == UInt8(ascii: "+") ? UInt8(ascii: " ") : $0 }
    return try blanks[...].percentDecoded()
  }
}

extension String {
  fileprivate var isPort: Bool {
    utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      && Int(self).map { (1...65_535).contains($0) } ?? false
  }
}

extension UInt8 {
  fileprivate var isKeywordCharacter: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
      true
    default: false
    }
  }

  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
