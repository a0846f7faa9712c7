import Testing

@testable import TroveManage

/// Who breaks which contract, decided from numbers alone.
@Suite struct ContractOutlookTests {
  /// A repository with 100 versions: what it requires, where it stands and where it goes.
  private struct Sample {
    let id: String
    var requires = ""
    var before: Int?
    var after: Int?
    var isMoved = false
  }

  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
  }

  private func prospect(_ sample: Sample) throws -> ContractOutlook.Prospect {
    let scripts = (1...9).map { ("0\($0)0_x_default_upgrade.sql", "-- x") }
    try folder.writeRepository(
      sample.id, scripts: Dictionary(uniqueKeysWithValues: scripts))
    try folder.require(sample.requires, in: sample.id)
    let member = Member(
      role: sample.id == "core" ? .core : .plugin(name: sample.id),
      repository: try Repository(folder: Path(folder.path(sample.id))))
    return ContractOutlook.Prospect(
      before: Standing(member: member, version: sample.before, late: []),
      after: Standing(member: member, version: sample.after ?? sample.before, late: []),
      isMoved: sample.isMoved || sample.after != nil)
  }

  private func breaches(
    _ samples: Sample..., act: ContractOutlook.Act = .run
  ) throws -> [String] {
    try ContractOutlook(
      act: act, prospects: samples.map(prospect), knownIDs: samples.map(\.id)
    ).breaches.map {
      // Places are another test's.
      "\($0)".replacing(folder.path, with: "").replacing(/\ \([^ ]*migrate.cfg:4\)/, with: "")
    }
  }

  @Test func `a run that ends within every range is fine`() throws {
    #expect(
      try breaches(
        Sample(id: "core", after: 50), Sample(id: "a", requires: "core >= 50, b", after: 10),
        Sample(id: "b", requires: "core", before: 20)) == [])
  }

  @Test func `several broken contracts are told at once, each with its way out`() throws {
    let texts = try breaches(
      Sample(id: "core", before: 20, after: 90),
      Sample(id: "a", requires: "core >= 30, < 60, c", after: 10),
      Sample(id: "b", requires: "core < 90", before: 20),
      Sample(id: "c", requires: "core != 90"))
    #expect(
      texts == [
        """
        a requires core >= 30, < 60, and this run would leave core at 90
        hint: db_upgrade --version 50, or install a a that allows 90
        """,
        """
        a requires c, and nothing of c is in the database
        hint: db_sync --repo_path /c first, or install a a that does without it
        """,
        """
        b requires core < 90, and this run would leave core at 90
        hint: db_upgrade --version 50, or install a b that allows 90
        """,
      ])
  }

  @Test func `who is not installed in the end requires nothing`() throws {
    #expect(
      try breaches(
        Sample(id: "core", before: 50, after: 90), Sample(id: "a", requires: "core < 60"),
        Sample(id: "b", requires: "core < 60", before: 0)) == [])
    #expect(
      try breaches(
        Sample(id: "core", before: 90), Sample(id: "a", requires: "core < 60", before: 10, after: 0)
      )
        == [])
  }

  @Test func `what was broken before is only in the way of those whom it is about`() throws {
    let broken = Sample(id: "a", requires: "core < 60, b >= 50", before: 10)
    let core = Sample(id: "core", before: 90)
    let other = Sample(id: "b", before: 30)
    #expect(
      try breaches(core, broken, other, Sample(id: "c", requires: "core", after: 10)) == [])
    #expect(try breaches(core, broken, Sample(id: "b", before: 30, after: 50)) == [])
    #expect(try breaches(core, broken, Sample(id: "b", before: 30, after: 40)).count == 1)
    #expect(
      try breaches(
        core, Sample(id: "a", requires: "core < 60, b >= 50", before: 10, after: 20), other
      ).count == 2)
    #expect(try breaches(Sample(id: "core", before: 90, after: 50), broken, other) == [])
  }

  @Test func `a downgrade is told how to take the other one away`() throws {
    #expect(
      try breaches(
        Sample(id: "core", before: 50, after: 20),
        Sample(id: "a", requires: "core >= 30", before: 10))
        == [
          """
          a requires core >= 30, and this run would leave core at 20
          hint: db_downgrade 30, or take a away first: db_downgrade 0 --repo_path /a
          """
        ])
    let gone = try breaches(
      Sample(id: "core", before: 50, after: 0), Sample(id: "a", requires: "core", before: 10))
    #expect(gone.first?.contains("and this run would leave nothing of core\nhint: ") == true)
  }

  @Test(arguments: [
    (Int?.none, "db_version_control and db_upgrade --version 50, or"),
    (20, "db_upgrade --version 50, or"), (50, "leave core at 50, or"), (70, "db_downgrade 50, or"),
  ])
  func `the way out leads from where the repository stands`(before: Int?, words: String) throws {
    let texts = try breaches(
      Sample(id: "core", before: before, after: 90),
      Sample(id: "a", requires: "core < 60", before: 10))
    #expect(texts.first?.contains("hint: \(words)") == true, "\(texts)")
  }

  @Test func `a version that does not exist yet is to be installed`() throws {
    let texts = try breaches(
      Sample(id: "core", before: 90), Sample(id: "a", requires: "core >= 95", after: 10))
    #expect(
      texts == [
        """
        a requires core >= 95, and core is at 90
        hint: install a core with a version >= 95, or install a a that allows 90
        """
      ])
  }

  @Test func `where nobody can be right all the holders are named`() throws {
    let texts = try breaches(
      Sample(id: "core", before: 50, after: 90), Sample(id: "a", requires: "core < 40", before: 10),
      Sample(id: "b", requires: "core >= 60", before: 10))
    #expect(texts.count == 1)
    #expect(texts[0].contains("no version of core suits all who require it"), "\(texts)")
  }

  @Test func `a name that no repository has is told with those there are`() throws {
    let texts = try breaches(
      Sample(id: "core", before: 50), Sample(id: "a", requires: "'core' >= 20", after: 10))
    #expect(
      texts == [
        """
        a requires 'core' >= 20, which is not among core and db_plugins
        hint: add its repository to db_plugins in the conf file, or install a a that does without it; \
        known are 'core', 'a'
        """
      ])
  }

  @Test func `a stamp is told which one is right`() throws {
    let texts = try breaches(
      Sample(id: "core", after: 20), Sample(id: "a", requires: "core >= 30", before: 10),
      act: .stamp)
    #expect(
      texts == [
        """
        a requires core >= 30, and this stamp would leave core at 20
        hint: db_version_control --version 30 if that is where it stands, or install a a that allows 20
        """
      ])
  }
}
