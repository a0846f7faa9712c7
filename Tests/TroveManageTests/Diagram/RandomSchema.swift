/// Statements that make tables with foreign keys between them, the same ones for the same seed.
struct RandomSchema {
  /// One for each table.
  let statements: [String]
  /// How many tables there are.
  let tableCount: Int
  /// How many foreign keys there are.
  let keyCount: Int

  private static let types = ["VARCHAR(36)", "TEXT NOT NULL", "INTEGER", "NUMERIC(10, 2)"]

  init(tables count: Int, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var statements: [String] = []
    var keyCount = 0
    let long = String(repeating: "very_", count: 20)
    for number in 0..<count {
      var columns = ["id INTEGER PRIMARY KEY"]
      for key in 0..<Int.random(in: 0...3, using: &random) {
        // To any table, before or behind, itself, or a hub; SQLite takes what is not there yet.
        let isToHub = Bool.random(using: &random)
        let parent = isToHub ? number % 2 : Int.random(in: 0..<count, using: &random)
        columns.append("key_\(key) INTEGER REFERENCES t\(min(parent, count - 1)) (id)")
        keyCount += 1
      }
      for column in 0..<Int.random(in: 0...12, using: &random) {
        let prefix = Int.random(in: 0..<40, using: &random) == 0 ? long : "column_"
        columns.append("\(prefix)\(column) \(random.pick(Self.types))")
      }
      statements.append("CREATE TABLE t\(number) (\(columns.joined(separator: ", ")))")
    }
    self.statements = statements
    self.keyCount = keyCount
    tableCount = count
  }
}
