extension Span where Element == UInt8 {
  /// The byte at `index`, or 0 behind the end: a script holds no NUL.
  func byte(at index: Int) -> UInt8 {
    index < count ? self[index] : 0
  }

  /// Whether `other` stands at `index`.
  func has(_ other: Span<UInt8>, at index: Int) -> Bool {
    guard index + other.count <= count else { return false }
    for offset in other.indices where self[index + offset] != other[offset] { return false }
    return true
  }

  /// The offset of the first `byte` from `start` on, or in front of `end`.
  func firstIndex(of byte: UInt8, from start: Int, before end: Int? = nil) -> Int? {
    let end = end ?? count
    var index = start
    while index < end {
      if self[index] == byte { return index }
      index += 1
    }
    return nil
  }

  /// The text in `range`.
  func string(in range: Range<Int>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    for index in range { bytes.append(self[index]) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// How many Unicode scalars begin in `range` of this UTF-8 text.
  func scalarCount(in range: Range<Int>) -> Int {
    var continuations = 0
    for index in range where self[index] & 0xC0 == 0x80 { continuations += 1 }
    return range.count - continuations
  }

  /// How often `byte` stands in `range`.
  func count(of byte: UInt8, in range: Range<Int>) -> Int {
    var total = 0
    var start = range.lowerBound
    while start < range.upperBound {
      // A count that fits a byte lets the compiler look at many bytes at once.
      let end = Swift.min(start + 255, range.upperBound)
      var count: UInt8 = 0
      var index = start
      while index < end {
        count &+= self[index] == byte ? 1 : 0
        index += 1
      }
      total += Int(count)
      start = end
    }
    return total
  }
}
