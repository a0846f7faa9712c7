extension String {
  /// The text with `***` for every one of `secrets` in it.
  ///
  /// PostgreSQL cuts long values of a row at 64 bytes (`Failing row contains`), so that a long secret is
  /// looked for by its beginning, too.
  func hiding(_ secrets: [String]) -> String {
    secrets.reduce(self) { text, secret in
      guard !secret.isEmpty else { return text }
      let whole = text.replacing(secret, with: "***")
      guard secret.utf8.count > 64 else { return whole }
      var beginning = secret
      while beginning.utf8.count > 64 { beginning.removeLast() }
      return whole.replacing(beginning, with: "***")
    }
  }
}
