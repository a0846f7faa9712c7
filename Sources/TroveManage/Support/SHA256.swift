/// The SHA-256 digest of FIPS 180-4, so that what an operator sees in the journal is what `sha256sum`
/// prints.
struct SHA256 {
  private var state: InlineArray<8, UInt32> = [
    0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A,
    0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
  ]
  /// What is left of the bytes so far when whole blocks are taken away.
  private var rest = InlineArray<64, UInt8>(repeating: 0)
  private var restCount = 0
  private var length: UInt64 = 0

  /// The digest of nothing yet.
  init() {}

  /// The digest of `bytes` in lower-case hexadecimal.
  static func hexadecimal(of bytes: some Sequence<UInt8>) -> String {
    var digest = Self()
    digest.update(Array(bytes).span)
    return digest.finish()
  }

  /// Takes in `bytes`.
  mutating func update(_ bytes: Span<UInt8>) {
    length += UInt64(bytes.count) * 8
    var index = 0
    if restCount > 0 {
      while restCount < 64, index < bytes.count {
        rest[restCount] = bytes[index]
        restCount += 1
        index += 1
      }
      guard restCount == 64 else { return }
      let block = rest
      compress(block.span)
      restCount = 0
    }
    while bytes.count - index >= 64 {
      compress(bytes.extracting(index..<index + 64))
      index += 64
    }
    while index < bytes.count {
      rest[restCount] = bytes[index]
      restCount += 1
      index += 1
    }
  }

  /// Pads as §5.1.1 says and prints the state, in lower-case hexadecimal.
  mutating func finish() -> String {
    let bits = length
    let zeros = repeatElement(UInt8(0), count: (119 - restCount) % 64)
    let padding =
      [0x80] + zeros + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
    update(padding.span)
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for index in 0..<8 {
      for place in 0..<8 { text.append(digits[Int(state[index] >> (28 - 4 * place) & 0xF)]) }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// §6.2.2; the rounds are written out, so that the working variables change their places by their names
  /// alone, and the schedule is kept as far as it is still needed.
  private mutating func compress(_ block: Span<UInt8>) {
    var words = Self.words(of: block)
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    var base = 0
    while base < 64 {
      Self.round(a, b, c, &d, e, f, g, &h, Self.take(0, of: &words, base))
      Self.round(h, a, b, &c, d, e, f, &g, Self.take(1, of: &words, base))
      Self.round(g, h, a, &b, c, d, e, &f, Self.take(2, of: &words, base))
      Self.round(f, g, h, &a, b, c, d, &e, Self.take(3, of: &words, base))
      Self.round(e, f, g, &h, a, b, c, &d, Self.take(4, of: &words, base))
      Self.round(d, e, f, &g, h, a, b, &c, Self.take(5, of: &words, base))
      Self.round(c, d, e, &f, g, h, a, &b, Self.take(6, of: &words, base))
      Self.round(b, c, d, &e, f, g, h, &a, Self.take(7, of: &words, base))
      Self.round(a, b, c, &d, e, f, g, &h, Self.take(8, of: &words, base))
      Self.round(h, a, b, &c, d, e, f, &g, Self.take(9, of: &words, base))
      Self.round(g, h, a, &b, c, d, e, &f, Self.take(10, of: &words, base))
      Self.round(f, g, h, &a, b, c, d, &e, Self.take(11, of: &words, base))
      Self.round(e, f, g, &h, a, b, c, &d, Self.take(12, of: &words, base))
      Self.round(d, e, f, &g, h, a, b, &c, Self.take(13, of: &words, base))
      Self.round(c, d, e, &f, g, h, a, &b, Self.take(14, of: &words, base))
      Self.round(b, c, d, &e, f, g, h, &a, Self.take(15, of: &words, base))
      base &+= 16
    }
    state[0] &+= a
    state[1] &+= b
    state[2] &+= c
    state[3] &+= d
    state[4] &+= e
    state[5] &+= f
    state[6] &+= g
    state[7] &+= h
  }

  /// The first words of the message schedule.
  @inline(__always)
  private static func words(of block: Span<UInt8>) -> InlineArray<16, UInt32> {
    precondition(block.count == 64)
    return InlineArray { index in
      let start = index &* 4
      return UInt32(block[start]) << 24 | UInt32(block[start &+ 1]) << 16
        | UInt32(block[start &+ 2]) << 8 | UInt32(block[start &+ 3])
    }
  }

  /// The word `slot` of the schedule with the constant of its round; the next one comes into its place.
  @inline(__always)
  private static func take(
    _ slot: Int, of words: inout InlineArray<16, UInt32>, _ base: Int
  ) -> UInt32 {
    let (early, late) = (words[(slot &+ 1) & 15], words[(slot &+ 14) & 15])
    let small0 = early.rotated(7) ^ early.rotated(18) ^ early >> 3
    let small1 = late.rotated(17) ^ late.rotated(19) ^ late >> 10
    let word = words[slot]
    words[slot] = word &+ small0 &+ words[(slot &+ 9) & 15] &+ small1
    return word &+ constants[base &+ slot]
  }

  /// One round, behind which each working variable is called as the one behind it was.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let big1 = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
    let choice = e & f ^ ~e & g
    let big0 = a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)
    let majority = a & b ^ a & c ^ b & c
    let first = h &+ big1 &+ choice &+ word
    d &+= first
    h = first &+ big0 &+ majority
  }

  private static let constants: InlineArray<64, UInt32> = [
    0x428A_2F98, 0x7137_4491, 0xB5C0_FBCF, 0xE9B5_DBA5, 0x3956_C25B, 0x59F1_11F1, 0x923F_82A4,
    0xAB1C_5ED5, 0xD807_AA98, 0x1283_5B01, 0x2431_85BE, 0x550C_7DC3, 0x72BE_5D74, 0x80DE_B1FE,
    0x9BDC_06A7, 0xC19B_F174, 0xE49B_69C1, 0xEFBE_4786, 0x0FC1_9DC6, 0x240C_A1CC, 0x2DE9_2C6F,
    0x4A74_84AA, 0x5CB0_A9DC, 0x76F9_88DA, 0x983E_5152, 0xA831_C66D, 0xB003_27C8, 0xBF59_7FC7,
    0xC6E0_0BF3, 0xD5A7_9147, 0x06CA_6351, 0x1429_2967, 0x27B7_0A85, 0x2E1B_2138, 0x4D2C_6DFC,
    0x5338_0D13, 0x650A_7354, 0x766A_0ABB, 0x81C2_C92E, 0x9272_2C85, 0xA2BF_E8A1, 0xA81A_664B,
    0xC24B_8B70, 0xC76C_51A3, 0xD192_E819, 0xD699_0624, 0xF40E_3585, 0x106A_A070, 0x19A4_C116,
    0x1E37_6C08, 0x2748_774C, 0x34B0_BCB5, 0x391C_0CB3, 0x4ED8_AA4A, 0x5B9C_CA4F, 0x682E_6FF3,
    0x748F_82EE, 0x78A5_636F, 0x84C8_7814, 0x8CC7_0208, 0x90BE_FFFA, 0xA450_6CEB, 0xBEF9_A3F7,
    0xC671_78F2,
  ]
}

extension UInt32 {
  fileprivate func rotated(_ count: UInt32) -> UInt32 { self &>> count | self &<< (32 &- count) }
}
