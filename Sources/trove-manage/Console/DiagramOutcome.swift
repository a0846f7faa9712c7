import TroveManage

/// A picture, and where it went.
struct DiagramOutcome {
  let diagram: Diagram
  let format: DiagramFormat
  let text: String
  /// The file that it was written to; `nil` for standard output.
  let file: Path?
}
