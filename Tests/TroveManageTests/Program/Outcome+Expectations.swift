import Foundation
import Testing
import TroveManage

extension TestProgram.Outcome {
  /// Checks what every failure keeps to: its exit code, nothing on standard output, one message on
  /// standard error that holds all of `facts`.
  func expectFailure(
    _ status: Int32, naming facts: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(self.status == status, "\(messages)", sourceLocation: sourceLocation)
    #expect(output == "", sourceLocation: sourceLocation)
    let starts = messages.split(separator: "\n").filter { $0.lowercased().hasPrefix("error:") }
    #expect(starts.count == 1, "\(messages)", sourceLocation: sourceLocation)
    for fact in facts {
      #expect(
        messages.contains(fact), "\(fact) is not in\n\(messages)", sourceLocation: sourceLocation)
    }
    expectNoInnards(sourceLocation: sourceLocation)
  }

  /// Checks that the program came to its end with what standard output says.
  func expectSuccess(
    _ output: String? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(status == 0, "\(messages)", sourceLocation: sourceLocation)
    if let output { #expect(self.output == output, sourceLocation: sourceLocation) }
    expectNoInnards(sourceLocation: sourceLocation)
  }

  /// Checks that nothing shows that is no operator's business: passwords, and how the program is made.
  func expectNoInnards(sourceLocation: SourceLocation = #_sourceLocation) {
    let passwords = [
      TestSite.password, ProcessInfo.processInfo.environment["TROVE_TEST_PGPASSWORD"] ?? "none",
    ]
    let innards = [
      "Fatal error", "Swift/", ".swift:", "Traceback", "Stack dump", "Optional(", "Error Domain",
      "CocoaError", "NSError", "FileError", "DatabaseError",
    ]
    for word in passwords + innards {
      let text = output + messages
      #expect(!text.contains(word), "\(word) is in\n\(text)", sourceLocation: sourceLocation)
    }
  }

  /// The one JSON document of standard output.
  func document() throws -> [String: Any] {
    let document = try JSONSerialization.jsonObject(with: Data(output.utf8))
    return try #require(document as? [String: Any])
  }
}

extension TestProgram.Running {
  /// Waits for the end.
  ///
  /// A program that takes longer than `limit` is killed, and the test fails.
  func outcome(
    within limit: Duration, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> TestProgram.Outcome {
    let end = ContinuousClock.now + limit
    while process.isRunning, ContinuousClock.now < end { Thread.sleep(forTimeInterval: 0.005) }
    if process.isRunning {
      Issue.record("still running after \(limit)", sourceLocation: sourceLocation)
      send(SIGKILL)
    }
    return try outcome()
  }

  /// Sends a signal to the process.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }
}

/// Waits until `condition` holds, but not for ever.
func waitUntil(
  _ what: String, within limit: Duration = .seconds(30), _ condition: () throws -> Bool
) throws {
  let end = ContinuousClock.now + limit
  while try !condition() {
    try #require(ContinuousClock.now < end, "waited for \(what)")
    Thread.sleep(forTimeInterval: 0.02)
  }
}
