/// A text's bytes without a byte order mark, with every line end as a line feed: what checksums are made
/// of, and what is kept.
struct NormalizedText: Sequence, IteratorProtocol {
  private let text: ArraySlice<UInt8>
  private var rest: ArraySlice<UInt8>

  /// The text `text`, as it was read.
  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    rest = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
  }

  /// `sha256:` and the digest of the text.
  var checksum: String {
    var digest = NormalizedDigest()
    digest.update(text.span)
    return digest.finish()
  }

  mutating func next() -> UInt8? {
    guard let byte = rest.popFirst() else { return nil }
    guard byte == 0x0D else { return byte }
    if rest.first == 0x0A { rest = rest.dropFirst() }
    return 0x0A
  }
}

/// The digest of a text as ``NormalizedText`` has it, taken in piece by piece.
struct NormalizedDigest {
  private var digest = SHA256()
  private var isAtStart = true
  /// Whether the last piece ended with a carriage return, which was taken in as a line feed.
  private var endsInReturn = false

  /// The digest of no text yet.
  init() {}

  /// Takes in the next piece; the first one has the whole byte order mark, when there is one.
  mutating func update(_ bytes: Span<UInt8>) {
    guard !bytes.isEmpty else { return }
    var start = isAtStart && bytes.hasByteOrderMark(at: 0) ? 3 : 0
    isAtStart = false
    if endsInReturn, bytes[0] == 0x0A { start = 1 }
    endsInReturn = false
    // Counting looks at many bytes at once, and most texts have none.
    var left = bytes.count(of: 0x0D, in: start..<bytes.count)
    while left > 0, let end = bytes.firstIndex(of: 0x0D, from: start) {
      digest.update(bytes.extracting(start..<end))
      digest.update([0x0A].span)
      left -= 1
      start = bytes.byte(at: end + 1) == 0x0A ? end + 2 : end + 1
      endsInReturn = end + 1 == bytes.count
    }
    digest.update(bytes.extracting(start..<bytes.count))
  }

  /// `sha256:` and the digest.
  mutating func finish() -> String { "sha256:\(digest.finish())" }
}

extension NormalizedDigest {
  /// `sha256:` and the digest of the text of the file at `path`, which may be longer than memory.
  static func checksum(ofFile path: String) throws(FileError) -> String {
    var digest = Self()
    var offset = 0
    while true {
      let piece = try FileSystem.read(path, from: offset, atMost: 1 << 20)
      digest.update(piece.span)
      offset += piece.count
      if piece.count < 1 << 20 { return digest.finish() }
    }
  }
}
