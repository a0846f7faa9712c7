import TroveManage

extension JSONReporter {
  func finishDatastores(_ outcome: DatastoreOutcome) {
    var document = JSONDocument(ok: true)
    switch outcome {
    case .listed(let datastores): document.datastores = datastores.map { .init($0) }
    case .updated(let datastore): document.datastores = [.init(datastore)]
    case .versionsListed(let versions): document.datastoreVersions = versions.map { .init($0) }
    case .versionUpdated(let version): document.datastoreVersions = [.init(version)]
    case .associated(let rows, _, _), .volumeTypesListed(let rows, _):
      document.associations = rows.map { .init($0) }
    case .dissociated(let row, _): document.associations = [.init(row)]
    case .parametersLoaded(let change, _), .parametersRemoved(let change, _):
      document.parameters = change.parameters.map { .init($0, of: change.version) }
    }
    document.print(to: output)
  }
}

extension JSONDocument {
  /// A row of `datastores`.
  struct Datastore: Encodable {
    let id: String
    let name: String
    let defaultVersionId: String?
    let defaultVersion: String?

    init(_ datastore: TroveManage.Datastore) {
      id = datastore.id
      name = datastore.name
      defaultVersionId = datastore.defaultVersion?.id
      defaultVersion = datastore.defaultVersion?.description
    }
  }

  /// A row of `datastore_versions`.
  struct DatastoreVersion: Encodable {
    let id: String
    let datastoreId: String?
    let datastore: String?
    let name: String?
    let version: String?
    let manager: String?
    let imageId: String?
    let imageTags: String?
    let packages: String?
    let active: Bool
    let registryExt: String?
    let replStrategy: String?

    init(_ version: TroveManage.DatastoreVersion) {
      id = version.identity.id
      datastoreId = version.datastoreID
      datastore = version.datastoreName
      name = version.identity.name
      self.version = version.identity.number
      manager = version.content.manager
      imageId = version.content.imageID
      imageTags = version.content.imageTags
      packages = version.content.packages
      active = version.content.activity == .active
      registryExt = version.content.registryExtension
      replStrategy = version.content.replicationStrategy
    }
  }

  /// A row of `datastore_version_metadata`.
  struct Association: Encodable {
    let id: String
    let datastoreVersionId: String
    let key: String
    let value: String
    let deleted: Bool

    init(_ association: VersionAssociation) {
      id = association.id
      datastoreVersionId = association.version.id
      key = association.kind.rawValue
      value = association.value
      deleted = association.standing == .deleted
    }
  }

  /// A row of `datastore_configuration_parameters`.
  struct Parameter: Encodable {
    let id: String
    let datastoreVersionId: String
    let name: String
    let restartRequired: Bool
    let dataType: String
    let maxSize: String?
    let minSize: String?

    init(
      _ parameter: ConfigurationParameter, of version: TroveManage.DatastoreVersion.Identity
    ) {
      id = parameter.id
      datastoreVersionId = version.id
      name = parameter.name
      restartRequired = parameter.effect == .afterRestart
      dataType = parameter.dataType
      maxSize = parameter.maximum
      minSize = parameter.minimum
    }
  }
}
