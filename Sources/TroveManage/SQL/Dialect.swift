/// The SQL that an engine understands.
public enum Dialect: String, Sendable, CaseIterable {
  case sqlite
  case postgresql
}
