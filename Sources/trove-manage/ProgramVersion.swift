/// The version of the program.
enum ProgramVersion {
  /// The number of the release.
  static let text = "0.1.0"
}
