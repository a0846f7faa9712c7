import ArgumentParser

@main
struct TroveManageCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trove-manage",
    abstract: "Bring core and its plugins, side by side in one database, to their versions."
  )
}
