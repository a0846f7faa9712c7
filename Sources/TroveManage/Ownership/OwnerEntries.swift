/// The objects that have an owner, and a sum over those of each owner that changes with every one of them.
struct OwnerEntries {
  private(set) var byName: [ObjectName: Owners.Entry] = [:]
  private var sums: [Owner: DigestSum] = [:]

  /// What is remembered of an object; `nil` for what has no owner.
  subscript(name: ObjectName) -> Owners.Entry? {
    get { byName[name] }
    set {
      if let old = byName[name] { sums[old.owner, default: DigestSum()].subtract(name, old) }
      byName[name] = newValue
      if let newValue { sums[newValue.owner, default: DigestSum()].add(name, newValue) }
    }
  }

  /// The names.
  var keys: [ObjectName: Owners.Entry].Keys { byName.keys }
  /// What is remembered.
  var values: [ObjectName: Owners.Entry].Values { byName.values }

  /// Takes in what is not there yet.
  mutating func add(_ others: [ObjectName: Owners.Entry]) {
    for (name, entry) in others where byName[name] == nil { self[name] = entry }
  }

  /// Whether `owner` has nothing.
  func isEmpty(of owner: Owner) -> Bool { sums[owner].map { $0.count == 0 } ?? true }

  /// The digest over all that `owner` has.
  func fingerprint(of owner: Owner) -> String {
    let text = sums[owner, default: DigestSum()].text
    return "sha256:\(SHA256.hexadecimal(of: text.utf8))"
  }
}

/// A sum of digests: the same for the same digests in whatever order, and brought up to date by what has
/// changed alone.
///
/// It shows that something is another; it does not withstand somebody who looks for two sets of the same sum.
private struct DigestSum {
  /// How many digests there are.
  private(set) var count = 0
  private var words: SIMD4<UInt64> = .zero

  mutating func add(_ name: ObjectName, _ entry: Owners.Entry) {
    words &+= Self.words(of: name, entry)
    count += 1
  }

  mutating func subtract(_ name: ObjectName, _ entry: Owners.Entry) {
    words &-= Self.words(of: name, entry)
    count -= 1
  }

  var text: String {
    "\(count) \(words[0]) \(words[1]) \(words[2]) \(words[3])"
  }

  /// The digest of an entry, in which the name is; of one without any, that of the name.
  private static func words(of name: ObjectName, _ entry: Owners.Entry) -> SIMD4<UInt64> {
    words(of: entry.fingerprint)
      ?? words(
        of: "sha256:" + SHA256.hexadecimal(of: "\(name.kind.rawValue)\t\(name)".utf8)) ?? .zero
  }

  private static func words(of fingerprint: String) -> SIMD4<UInt64>? {
    let digits = fingerprint.utf8.dropFirst(7)
    guard fingerprint.utf8.count == 71, fingerprint.hasPrefix("sha256:") else { return nil }
    var words: SIMD4<UInt64> = .zero
    for (index, digit) in digits.enumerated() {
      let value: UInt8
      switch digit {
      case 0x30...0x39: value = digit - 0x30
      case 0x61...0x66: value = digit - 0x57
      default: return nil
      }
      words[index / 16] = words[index / 16] << 4 | UInt64(value)
    }
    return words
  }
}
