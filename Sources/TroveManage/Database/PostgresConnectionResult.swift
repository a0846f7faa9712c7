internal import CPostgres

/// What one statement returned, cleared when it goes.
@safe struct PostgresResult: ~Copyable {
  let handle: OpaquePointer
  private let status: ExecStatusType

  /// Takes over `handle`; `nil` for the end of a batch.
  init?(_ handle: OpaquePointer?) {
    guard let handle = unsafe handle else { return nil }
    unsafe self.handle = handle
    unsafe status = PQresultStatus(handle)
  }

  deinit { unsafe PQclear(handle) }

  /// Whether the server now waits for the lines of a `COPY … FROM STDIN`.
  var isCopyIn: Bool { status == PGRES_COPY_IN }
  /// Whether the server now sends the lines of a `COPY … TO STDOUT`.
  var isCopyOut: Bool { status == PGRES_COPY_OUT }

  /// How many rows the statement changed.
  var changes: Int {
    unsafe Int(String(cString: PQcmdTuples(handle))) ?? 0
  }

  /// The rows, integers as numbers, the rest as text.
  var rows: [Row] {
    let columns = unsafe PQnfields(handle)
    let count = unsafe PQntuples(handle)
    return (0..<count).map { row in
      (0..<columns).map { value(row: row, column: $0) }
    }
  }

  private func value(row: Int32, column: Int32) -> Value {
    guard unsafe PQgetisnull(handle, row, column) == 0 else { return .null }
    let text = unsafe String(cString: PQgetvalue(handle, row, column))
    let isInteger = unsafe Self.integerTypes.contains(PQftype(handle, column))
    return isInteger ? Int64(text).map(Value.integer) ?? .text(text) : .text(text)
  }

  /// `int8`, `int2`, `int4` and `oid`, by their fixed numbers in pg_type.dat.
  private static let integerTypes: Set<Oid> = [20, 21, 23, 26]

  /// What the server complained about, or `nil`.
  ///
  /// Its position still counts characters over the batch.
  var error: DatabaseError? {
    switch status {
    case PGRES_FATAL_ERROR, PGRES_BAD_RESPONSE, PGRES_NONFATAL_ERROR: break
    default: return nil
    }
    let position = field("P").flatMap { Int($0) }
    let code = field("C")
    return DatabaseError(
      code == "55P03" ? .lockTimeout : .statement, code: code,
      message: field("M") ?? sentence,
      detail: field("D"),
      hint: field("H") ?? PostgresConnection.hint(forState: code), context: field("W"),
      tables: field("t").map { [$0] } ?? [],
      position: position.map { .init(command: 0, offset: $0) })
  }

  private var sentence: String {
    unsafe PostgresText.sentence(PQresultErrorMessage(handle))
  }

  /// A field of the error by its letter in the protocol (PostgreSQL documentation, 55.8).
  private func field(_ letter: Unicode.Scalar) -> String? {
    unsafe PQresultErrorField(handle, Int32(letter.value)).map { unsafe String(cString: $0) }
  }
}
