import Foundation
import TroveManage

/// A small service: lists, adds and removes persons, next to core's instances.
public struct PersonService {
  private let engine: Engine
  private let people: MappedTable
  private let links: MappedTable
  private let instances: MappedTable

  /// Opens the database that the conf names, with the plugins of its `db_plugins`.
  public init(
    configFile: String, registered: [String: any DBPlugin.Type]
  ) throws {
    let conf = try Conf(
      reading: [.file(configFile)], environment: ProcessInfo.processInfo.environment)
    engine = try configureDB(conf, registered: registered)
    people = try engine.table("person")
    links = try engine.table("person_instance")
    instances = try engine.table("instances")
  }

  /// Prints each person with the names of the instances that are theirs.
  public func list() throws {
    for person in try people.select(Person.self, orderBy: [.ascending("name")]) {
      let email = person.email.map { " <\($0)>" } ?? ""
      print("\(person.id)  \(person.name)\(email)")
      for link in try links.select(where: .equal("person_id", person.id)) {
        let id: String = try link.value("instance_id")
        let instance = try instances.select(where: .equal("id", id)).first
        let name: String? = try instance?.value("name")
        print("  \(id)  \(name ?? "without a name")")
      }
    }
    print("\(try people.count()) persons, \(try instances.count()) instances")
  }

  /// Adds a person, in charge of the instances, or of none when one of them does not exist.
  public func add(_ name: String, email: String?, instances: [String]) throws {
    let id = UUID().uuidString.lowercased()
    try engine.transaction {
      try people.insert(["id": id, "name": name, "email": email])
      for instance in instances {
        try links.insert(["person_id": id, "instance_id": instance])
      }
    }
    print(id)
  }

  /// Removes a person; their links go with them.
  public func remove(_ id: String) throws {
    let count = try people.delete(where: .equal("id", id))
    print("\(count) removed")
  }

  /// Runs the program: `--config-file F list | add NAME [EMAIL [INSTANCE …]] | remove ID`.
  public static func main(registered: [String: any DBPlugin.Type]) -> Int32 {
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      guard arguments.count > 2, arguments[0] == "--config-file" else { return usage() }
      let service = try PersonService(configFile: arguments[1], registered: registered)
      let rest = arguments.dropFirst(3)
      switch (arguments[2], rest.count) {
      case ("list", 0): try service.list()
      case ("add", 1...):
        try service.add(
          rest[3], email: rest.count > 1 ? rest[4] : nil, instances: Array(rest.dropFirst(2)))
      case ("remove", 1): try service.remove(rest[3])
      default: return usage()
      }
      return 0
    } catch {
      printError("\(error)")
      return 1
    }
  }

  private static func usage() -> Int32 {
    printError("usage: --config-file FILE list | add NAME [EMAIL [INSTANCE …]] | remove ID")
    return 2
  }

  private static func printError(_ text: String) {
    FileHandle.standardError.write(Data("error: \(text)\n".utf8))
  }
}
