// Several threads, each with an engine of its own, add and remove rows; at the end nothing may be left over.

import Foundation
import PersonPlugin
import Synchronization
import TroveManage

let threads = 8
let rounds = 25

let failures = Mutex<[String]>([])
let arguments = CommandLine.arguments
guard arguments.count == 2 else {
  print("usage: engine-threads CONF")
  exit(2)
}

@Sendable func work(_ number: Int, _ file: String) throws {
  let conf = try Conf(reading: [.file(file)], environment: [:])
  let engine = try configureDB(
    conf, registered: ["com.foo.dbaas.db.plugin.DBPlugins": DBPlugins.self])
  let people = try engine.table("person")
  for round in 0..<rounds {
    let id = "thread-\(number)-\(round)"
    try engine.transaction {
      try people.insert(["id": id, "name": "Person \(number)"])
      guard try people.count(where: .equal("id", id)) == 1 else { throw ServiceError.closed }
    }
    try people.update(["email": "\(id)@example.com"], where: .equal("id", id))
    try people.delete(where: .equal("id", id))
  }
}

let group = DispatchGroup()
for number in 0..<threads {
  group.enter()
  Thread {
    do {
      try work(number, arguments[1])
    } catch {
      failures.withLock { $0.append("thread \(number): \(error)") }
    }
    group.leave()
  }.start()
}
group.wait()

let conf = try Conf(reading: [.file(arguments[1])], environment: [:])
let engine = try configureDB(conf, DBPlugins())
let left = try engine.table("person").count(where: .not(.any([])))
for failure in failures.withLock({ $0 }) { print(failure) }
print("\(threads) threads, \(left) persons")
exit(failures.withLock { $0.isEmpty } ? 0 : 1)
