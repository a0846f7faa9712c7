import Foundation
import TroveManage

/// The virtual environments that `make test` makes: `Tests/reference-environment`.
enum PythonEnvironment: String {
  /// sqlalchemy-migrate 0.13 with SQLAlchemy 1.4.
  case reference = "reference"
  /// SQLAlchemy 2.0 alone.
  case later = "reference-2"
  /// No package at all.
  case bare = "reference-bare"

  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String {
      "\(path) is not there: run the tests with `make test`, which makes it"
    }
  }

  /// The interpreter.
  var interpreter: String {
    get throws {
      let path = Checkout.root.appending(".build/\(rawValue)/bin/python").text
      guard FileManager.default.isExecutableFile(atPath: path) else { throw Missing(path: path) }
      return path
    }
  }
}
