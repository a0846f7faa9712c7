extension Settings {
  /// The section of the conf files that is there for scripts alone.
  public static let variableGroup = "variables"

  /// What a script's `${option}` or `${group.option}` stands for; `nil` when nothing says so.
  ///
  /// One without a group is looked for among ``givenVariables``, in the section `[variables]`, and among
  /// the options of `[DEFAULT]`, in this order.
  ///
  /// - Throws: as ``Conf/value(_:group:)``.
  public func variable(_ option: String, group: String?) throws(ConfError) -> String? {
    let name = ConfOption.Name(option, group: group ?? Self.variableGroup)
    if let given = givenVariables[name] { return given }
    if let value = try conf.variable(name.option, group: name.group) { return value }
    return group == nil ? try conf.variable(option) : nil
  }
}
