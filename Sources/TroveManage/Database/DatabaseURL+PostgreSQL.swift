extension DatabaseURL {
  /// A PostgreSQL database: what libpq is told to reach it.
  public struct PostgreSQL: Hashable, Sendable {
    /// A parameter of libpq's `PQconnectdbParams`.
    public struct Parameter: Hashable, Sendable {
      /// Its keyword; libpq refuses one that it does not know.
      public let keyword: String
      /// Its value.
      public let value: String

      /// The parameter `keyword` of that value.
      public init(_ keyword: String, _ value: String) {
        self.keyword = keyword
        self.value = value
      }
    }

    /// The parameters, of which no keyword comes twice and no value is empty.
    ///
    /// `user`, `password`, `host`, `port` and `dbname` come first, as far as they are given, then the
    /// others in the order of the URL.
    public private(set) var parameters: [Parameter] = []

    /// The database to which libpq's defaults lead.
    public init() {}

    /// The value of the parameter `keyword`, or `nil` when it is not given.
    public subscript(keyword: String) -> String? {
      parameters.first { $0.keyword == keyword }?.value
    }

    /// The same but for the parameter `keyword`, which is `value`.
    public func setting(_ keyword: String, to value: String) -> Self {
      var result = self
      result.set(keyword, to: value)
      return result
    }

    mutating func set(_ keyword: String, to value: String) {
      let parameter = Parameter(keyword, value)
      if let index = parameters.firstIndex(where: { $0.keyword == keyword }) {
        parameters[index] = parameter
      } else {
        let rank = Self.rank(of: keyword)
        let index = parameters.firstIndex { Self.rank(of: $0.keyword) > rank }
        parameters.insert(parameter, at: index ?? parameters.endIndex)
      }
    }

    /// The same without what must not be shown.
    public var withoutSecrets: Self {
      var result = self
      result.parameters.removeAll(where: \.isSecret)
      return result
    }

    private static let first = ["user", "password", "host", "port", "dbname"]

    private static func rank(of keyword: String) -> Int {
      first.firstIndex(of: keyword) ?? first.count
    }
  }
}

extension DatabaseURL.PostgreSQL.Parameter {
  /// Whether the value must not be shown.
  public var isSecret: Bool {
    ["password", "passphrase", "secret"].contains { keyword.lowercased().contains($0) }
  }
}

extension DatabaseURL.PostgreSQL.Parameter: CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The keyword and the value, with `***` for a secret one.
  public var description: String { "\(keyword)=\(isSecret ? "***" : value)" }
  /// The same as ``description``.
  public var debugDescription: String { description }
  /// No more than ``description`` shows.
  public var customMirror: Mirror { Mirror(self, children: ["parameter": description]) }
}

extension DatabaseURL.PostgreSQL: CustomStringConvertible {
  /// The URL, with `***` for passwords.
  public var description: String {
    var options = parameters
    func take(_ keyword: String) -> Parameter? {
      options.firstIndex { $0.keyword == keyword }.map { options.remove(at: $0) }
    }
    var authority = take("user")?.value.escaped(keeping: "") ?? ""
    if take("password") != nil { authority += ":***" }
    if !authority.isEmpty { authority += "@" }
    if let hosts = hostsText {
      authority += hosts
      _ = (take("host"), take("port"))
    }
    let database = take("dbname").map { "/\($0.value.escaped(keeping: "/"))" } ?? ""
    let query = options.map {
      "\($0.keyword)=\($0.isSecret ? "***" : $0.value.escaped(keeping: "/:,"))"
    }.joined(separator: "&")
    let path = database.isEmpty && authority.isEmpty && !query.isEmpty ? "/" : database
    return "postgresql://\(authority)\(path)\(query.isEmpty ? "" : "?")\(query)"
  }

  /// Hosts and ports as they stand before a URL's path, or `nil` when they cannot stand there.
  private var hostsText: String? {
    let hosts = self["host"]?.split(separator: ",", omittingEmptySubsequences: false) ?? [""]
    let ports = self["port"]?.split(separator: ",", omittingEmptySubsequences: false)
    let isPlain = hosts.allSatisfy { host in !host.contains { "/?@[]".contains($0) } }
    guard isPlain, ports.map({ $0.count == hosts.count }) ?? true else { return nil }
    return zip(hosts, ports ?? hosts.map { _ in "" }).map { host, port in
      let name = host.contains(":") ? "[\(host)]" : String(host).escaped(keeping: "")
      return port.isEmpty ? name : "\(name):\(String(port).escaped(keeping: ""))"
    }.joined(separator: ",")
  }
}

extension String {
  /// The text with percent escapes for all but letters, digits, `-._~` and the characters `kept`.
  fileprivate func escaped(keeping kept: String) -> String {
    let plain = "-._~" + kept
    return utf8.map { byte in
      let scalar = Unicode.Scalar(byte)
      let isPlain =
        scalar.properties.isAlphabetic && scalar.isASCII || ("0"..."9").contains(scalar)
        || plain.unicodeScalars.contains(scalar)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(scalar) : "%\(byte < 16 ? "0" : "")\(digits)"
    }.joined()
  }
}
