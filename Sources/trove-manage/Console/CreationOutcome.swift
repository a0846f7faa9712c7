import TroveManage

/// What was made for the author of a repository.
struct CreationOutcome {
  /// What tells the repository from others.
  let key: RepositoryKey
  /// Its folder.
  let folder: Path
  /// The version that was made; `nil` where it is the repository.
  let version: Int?
  /// What was made.
  let files: [Path]
  /// What is to be done next, in words or commands.
  let steps: [String]
}

extension GlobalOptions {
  /// How the program is called with the conf files of this call.
  var programWords: String {
    let files = configFiles.map { ["--config-file", $0.shellWord] }
    let folders = configFolders.map { ["--config-dir", $0.shellWord] }
    return (["trove-manage"] + (files + folders).joined()).joined(separator: " ")
  }
}
