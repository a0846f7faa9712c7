/// Drops objects that may depend on each other.
public protocol SchemaDropping: AnyObject {
  /// Drops objects in the open transaction, in an order that works, all tables at once.
  ///
  /// Nothing else goes with them: what somebody else's object depends on makes the whole of it fail. A schema
  /// in which something is left stays.
  ///
  /// - Parameters:
  ///   - objects: what is there and is to go.
  ///   - statements: statements of our own that drop more, wherever they fit in.
  /// - Throws: ``DatabaseError`` of the first statement that could not be executed at last.
  func drop(_ objects: [ObjectName], and statements: [Command]) throws(DatabaseError)
}
