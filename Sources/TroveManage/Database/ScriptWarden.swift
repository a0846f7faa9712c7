/// Decides what a script's statement may do, before it runs.
public protocol ScriptWarden: AnyObject {
  /// Whether the statement may do this; it fails with ``DatabaseError/Kind/forbidden`` when not.
  func allows(_ access: ScriptAccess) -> Bool

  /// Called after a statement that wrote tables of the engine's own, past what is made for that.
  ///
  /// - Returns: whether the statement may have done what it did.
  func allowsCatalogChange(on connection: any Connection) throws(DatabaseError) -> Bool
}

/// Something that a statement does to an object.
public struct ScriptAccess: Hashable, Sendable {
  /// What it does.
  public enum Action: Hashable, Sendable {
    case alter, drop, createIndex, dropIndex, createTrigger, writeRows, writeCatalog
  }

  /// What it does.
  public let action: Action
  /// To what: the table when it is about an index or a new trigger.
  public let object: ObjectName
  /// The trigger whose code does it; `nil` for the statement itself.
  public let trigger: String?

  /// An access.
  public init(_ action: Action, _ object: ObjectName, trigger: String? = nil) {
    self.action = action
    self.object = object
    self.trigger = trigger
  }
}
