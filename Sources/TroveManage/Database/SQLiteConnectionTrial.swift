extension SQLiteConnection {
  /// Looks for rows whose parent is missing that were not there before.
  public func checkCommit() throws(DatabaseError) {
    if let dangling { try refuseDanglingRows(besides: dangling) }
    try refuseReplacedFile()
  }
}
