/// A text's bytes without a byte order mark, with every line end as a line feed: what checksums are made
/// of, and what is kept.
struct NormalizedText: Sequence, IteratorProtocol {
  private var rest: ArraySlice<UInt8>

  /// The text `text`, as it was read.
  init(_ text: ArraySlice<UInt8>) {
    rest = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
  }

  /// `sha256:` and the digest of the text.
  var checksum: String {
    var digest = SHA256()
    let bytes = rest.span
    var start = 0
    // Counting looks at many bytes at once, and most texts have none.
    var left = bytes.count(of: 0x0D, in: 0..<bytes.count)
    while left > 0, let end = bytes.firstIndex(of: 0x0D, from: start) {
      digest.update(bytes.extracting(start..<end))
      digest.update([0x0A].span)
      left -= 1
      start = bytes.byte(at: end + 1) == 0x0A ? end + 2 : end + 1
    }
    digest.update(bytes.extracting(start..<bytes.count))
    return "sha256:\(digest.finish())"
  }

  mutating func next() -> UInt8? {
    guard let byte = rest.popFirst() else { return nil }
    guard byte == 0x0D else { return byte }
    if rest.first == 0x0A { rest = rest.dropFirst() }
    return 0x0A
  }
}
