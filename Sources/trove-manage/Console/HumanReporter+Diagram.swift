import TroveManage

extension HumanReporter {
  func finishDiagram(_ outcome: DiagramOutcome) {
    guard let file = outcome.file else { return output.document(outcome.text) }
    let tables = Self.count(outcome.diagram.tables.count, "table")
    let keys = Self.count(outcome.diagram.keys.count, "foreign key")
    output.result("\(file): \(tables), \(keys)")
  }
}
