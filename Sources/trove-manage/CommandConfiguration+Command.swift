import ArgumentParser

extension CommandConfiguration {
  /// The configuration of one of the program's commands.
  ///
  /// A command that stands below another one is not asked whether it is to print a completion script, which is the
  /// root's to do and takes a twentieth of the instructions of a run with nothing to do.
  static func command(_ name: String, abstract: String, discussion: String) -> Self {
    Self(
      commandName: name, _superCommandName: TroveManageCommand.name, abstract: abstract,
      discussion: discussion)
  }
}
