/// A language in which a picture can be written.
public enum DiagramFormat: String, CaseIterable, Sendable {
  /// A picture by itself, drawn by us.
  case svg
  /// For Graphviz, which lays it out.
  case dot
  /// An `erDiagram` for Mermaid, which lays it out.
  case mermaid

  /// `diagram` in this language; the same one always makes the same text.
  public func text(of diagram: Diagram) -> String {
    switch self {
    case .svg: SVGPicture(of: diagram).text
    case .dot: GraphvizPicture(of: diagram).text
    case .mermaid: MermaidPicture(of: diagram).text
    }
  }

  /// What stands near the beginning of every text of this language, by which the program knows its own.
  var signature: String {
    switch self {
    case .svg: "<!-- Made by trove-manage db_diagram -->"
    case .dot: "// Made by trove-manage db_diagram"
    case .mermaid: "%% Made by trove-manage db_diagram"
    }
  }
}
