import TroveManage

extension ToolClaim {
  /// What the tool's table says, and what becomes of it.
  var words: String {
    "\(tool.table) of \(tool.rawValue): version \(version) of \(repositoryID); "
      + "the table stays as it is and belongs to nobody"
  }
}

extension JSONDocument {
  /// What another tool's table says.
  struct Claim: Encodable {
    let tool: String
    let table: String
    let repository: String
    let version: Int

    init(_ claim: ToolClaim) {
      tool = claim.tool.rawValue
      table = claim.tool.table
      repository = claim.repositoryID
      version = claim.version
    }
  }
}
