import TroveManage

extension HumanReporter {
  func finishDatastores(_ outcome: DatastoreOutcome) {
    if case .parametersLoaded(let change, _) = outcome {
      let new = change.parameters.count - change.knownCount
      output.message("parameters: \(new) added, \(change.knownCount) updated")
    }
    for line in Self.lines(for: outcome) { output.result(line) }
  }

  /// Trove's own sentences, and tables.
  private static func lines(for outcome: DatastoreOutcome) -> [String] {
    switch outcome {
    case .listed(let datastores): table(of: datastores)
    case .updated(let datastore): ["Datastore '\(datastore.name)' updated."]
    case .versionsListed(let versions): table(of: versions)
    case .versionUpdated(let version): ["Datastore version '\(version.identity)' updated."]
    case .associated(let added, let kind, let version):
      [
        """
        Added \(kind.addedWords) '\(added.map(\.value).joined(separator: ","))' to the \
        '\(version.datastore)' '\(version.version)'.
        """
      ]
    case .dissociated(let removed, let version):
      [
        """
        Deleted \(removed.kind.words) '\(removed.value)' from '\(version.datastore)' \
        '\(version.version)'.
        """
      ]
    case .volumeTypesListed(let types, let version): lines(for: types, of: version)
    case .parametersLoaded(_, let version): ["Loading config parameters for \(version.words)"]
    case .parametersRemoved(_, let version): ["Removing config parameters for \(version.words)"]
    }
  }

  private static func table(of datastores: [Datastore]) -> [String] {
    var table = TextTable("ID", "NAME", "DEFAULT VERSION")
    for datastore in datastores {
      table.add(datastore.id, datastore.name, datastore.defaultVersion?.description ?? "none")
    }
    return table.lines
  }

  private static func table(of versions: [DatastoreVersion]) -> [String] {
    var table = TextTable(
      "ID", "DATASTORE", "NAME", "VERSION", "MANAGER", "IMAGE", "IMAGE TAGS", "PACKAGES", "ACTIVE")
    for version in versions {
      let (identity, content) = (version.identity, version.content)
      table.add(
        identity.id, version.datastoreName ?? "none", identity.name ?? "", identity.number ?? "",
        content.manager ?? "", content.imageID ?? "", content.imageTags ?? "",
        content.packages ?? "", content.activity == .active ? "1" : "0")
    }
    return table.lines
  }

  private static func lines(
    for types: [VersionAssociation], of version: VersionSelector
  ) -> [String] {
    let words = "Datastore: \(version.datastore), Version: \(version.version)"
    guard !types.isEmpty else { return ["No Volume Type Associations found for \(words)."] }
    return types.map { "\(words), Volume Type: \($0.value)" }
  }
}

extension VersionAssociation.Kind {
  fileprivate var words: String { self == .flavor ? "flavor" : "volume type" }
  fileprivate var addedWords: String { self == .flavor ? "flavors" : "volume type" }
}

extension VersionSelector {
  fileprivate var words: String { "datastore (\(datastore)) version (\(version))" }
}
