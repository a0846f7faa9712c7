import TroveManage

extension JSONReporter {
  func finishStatus(_ status: StatusReport, of database: DatabaseURL) {
    var document = JSONDocument(ok: status.isSound)
    document.database = database.description
    document.repositories = status.standings.map { standing in
      var repository = JSONDocument.Repository(standing, contracts: status.contracts)
      let drift = status.owners?.drift(of: standing.member)
      repository.fingerprint = drift?.fingerprint
      repository.drift = drift?.lines.map { .init(object: "\($0.object)", text: $0.text) }
      return repository
    }
    document.orphans = status.owners?.orphans.map { .init($0) }
    document.print(to: output)
  }
}

extension JSONDocument {
  /// Something that was done to an object outside migrations.
  struct Drifted: Encodable {
    let object: String
    let text: String
  }

  /// A repository of the database that is none of those of the conf files.
  struct Orphan: Encodable {
    let id: String
    let versionTable: String
    let version: Int?
    let objects: [String]

    init(_ orphan: TroveManage.Orphan) {
      id = orphan.key.id
      versionTable = orphan.key.versionTable
      version = orphan.version
      objects = orphan.objects.map(\.title)
    }
  }
}
