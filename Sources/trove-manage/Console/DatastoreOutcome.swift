import TroveManage

/// What a command about datastores did.
enum DatastoreOutcome {
  case listed([Datastore])
  case updated(Datastore)
  case versionsListed([DatastoreVersion])
  case versionUpdated(DatastoreVersion)
  case associated([VersionAssociation], VersionAssociation.Kind, with: VersionSelector)
  case dissociated(VersionAssociation, from: VersionSelector)
  case volumeTypesListed([VersionAssociation], of: VersionSelector)
  case parametersLoaded(ParameterChange, for: VersionSelector)
  case parametersRemoved(ParameterChange, from: VersionSelector)
}
