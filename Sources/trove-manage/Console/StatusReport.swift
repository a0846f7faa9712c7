import TroveManage

/// All that `db_status` shows.
struct StatusReport {
  /// Where the repositories stand.
  let standings: [Standing]
  /// How their contracts fare.
  var contracts: ContractCheck
  /// What is recorded of owners; `nil` when nobody looked.
  var owners: OwnerReport?

  /// Whether everything is as it should be, be it that versions are pending.
  var isSound: Bool {
    standings.allSatisfy { $0.isSound && contracts.isKept(by: $0.member) }
      && owners?.isClean != false
  }
}
