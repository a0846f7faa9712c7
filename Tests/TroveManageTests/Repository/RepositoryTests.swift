import Testing

@testable import TroveManage

@Suite struct RepositoryTests {
  private func repository(_ names: [String]) throws -> Repository {
    let folder = try TestFolder()
    let scripts = Dictionary(uniqueKeysWithValues: names.map { ($0, "-- \($0)") })
    return try Repository(folder: Path(try folder.writeRepository("r", scripts: scripts)))
  }

  @Test func `versions are an ordered set with gaps`() throws {
    let repository = try repository([
      "010_b_default_upgrade.sql", "002_a_default_upgrade.sql", "002_a_default_downgrade.sql",
      "20261123001633_c_default_upgrade.sql", "README.md",
    ])
    #expect(repository.versions == [2, 10, 20_261_123_001_633])
    #expect(repository.latest == 20_261_123_001_633)
    #expect(repository.canStand(at: 0) && repository.canStand(at: 10))
    #expect(!repository.canStand(at: 3))
  }

  @Test func `the exact dialect wins over default, and SQL over Python`() throws {
    let repository = try repository([
      "001_a_default_upgrade.sql", "001_a_sqlite_upgrade.sql", "001_a.py",
    ])
    let sqlite = try repository.script(1, .upgrade, for: .sqlite)
    let postgresql = try repository.script(1, .upgrade, for: .postgresql)
    #expect(sqlite.name == "001_a_sqlite_upgrade.sql")
    #expect(postgresql.name == "001_a_default_upgrade.sql")
  }

  @Test(arguments: [
    ["001_a_sqlite_upgrade.sql", "001_b_sqlite_upgrade.sql"],
    ["001_a_default_upgrade.sql", "0001_a_default_upgrade.sql"],
    ["001_a.py", "001_b.py"],
  ])
  func `two scripts for one version, dialect and operation are refused by name`(
    names: [String]
  ) throws {
    let error = #expect(throws: RepositoryError.self) { try repository(names) }
    let text = "\(try #require(error))"
    #expect(names.allSatisfy { text.contains($0) }, "\(text)")
  }

  @Test func `scripts of other engines are none of our business`() throws {
    let repository = try repository([
      "001_a_mysql_upgrade.sql", "001_b_mysql_upgrade.sql", "001_a_sqlite_upgrade.sql",
    ])
    #expect(try repository.script(1, .upgrade, for: .sqlite).name == "001_a_sqlite_upgrade.sql")
    #expect(throws: RepositoryError.self) { try repository.script(1, .upgrade, for: .postgresql) }
  }

  @Test func `a file that looks like a script and is none is warned about`() throws {
    let repository = try repository(["7_x_sqlite_upgrade.sql", "001_a_default_upgrade.sql"])
    #expect(repository.versions == [1])
    #expect(repository.warnings.count == 1)
    #expect(repository.warnings.allSatisfy { $0.contains("7_x_sqlite_upgrade.sql") })
  }

  @Test func `migrate cnf is read where there is no migrate cfg`() throws {
    let folder = try TestFolder()
    try folder.write(
      "r/migrate.cnf", "[db_settings]\nrepository_id = old one\nversion_table = v\n")
    try folder.write("r/versions/README", "")
    let repository = try Repository(folder: Path(folder.path("r")))
    #expect(repository.id == "old one")
    #expect(repository.versionTable == "v")
  }

  @Test(arguments: [
    "2fast", "a b", "a.b", "a-b", "", "trove_migrate_journal", "sqlite_sequence", "pg_class",
    String(repeating: "a", count: 64),
  ])
  func `a version table needs a plain name that is not taken`(name: String) throws {
    let folder = try TestFolder()
    let path = try folder.writeRepository("r", id: "r", table: name, scripts: [:])
    #expect(throws: RepositoryError.self) { try Repository(folder: Path(path)) }
  }
}
