import TroveManage

extension HumanReporter {
  func finishCreation(_ outcome: CreationOutcome) {
    for file in outcome.files { output.result(file.text) }
    if let version = outcome.version {
      output.summary("Done: version \(version) of \(outcome.key.id)")
    } else {
      output.summary(
        "Done: repository \(outcome.key.id), its version table is \(outcome.key.versionTable)")
    }
    output.summary("next:")
    for step in outcome.steps { output.summary("  \(step)") }
  }
}
