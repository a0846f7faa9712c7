/// Puts the rows of a ``PostgresMarkQuery`` together to objects.
struct PostgresMarkReader {
  /// Whether the rows tell of everything that may have changed.
  private(set) var isWhole = true
  /// Where the transaction stands; `nil` while another one that writes is under way.
  private(set) var place: CatalogPlace?

  private var named: [Named] = []
  private var schemas: [Int64: String] = [:]
  private var facts: [Int64: [ObjectMark.Aspect: [Fact]]] = [:]
  private var cascades: [Int64: Set<Int64>] = [:]
  /// The objects that indexes, sequences and constraints are parts of.
  private var wholes: [Int64: Int64] = [:]
  private var members: Set<Int64> = []
  private var locked: Set<Int64> = []
  private var lockedForChange: Set<Int64> = []

  /// Something that is compared.
  private struct Fact {
    let text: String
    /// Whether the open transaction wrote it.
    let isOurs: Bool
    /// The text once the transaction is committed.
    var settledText: String { isOurs ? text.replacing("!", with: "") : text }

    /// A row's place, of which `!` says that the row is ours.
    init(place: String) {
      text = place
      isOurs = place.utf8.contains(UInt8(ascii: "!"))
    }

    /// What says nothing of who wrote it.
    init(saying text: String) {
      self.text = text
      isOurs = false
    }
  }

  /// An object, before it is known in which schema and on which table it is.
  private struct Named {
    let id: Int64
    let tag: String
    let place: Int64?
    let name: String
    let kind: String
    let insertions: Int64
    let changes: Int64
    let isOfTransaction: Bool

    var isIndex: Bool { tag == "relation" && (kind == "i" || kind == "I") }
  }

  mutating func read(_ row: Row) {
    guard let tag = row[0].text else { return }
    guard let id = row[1].integer else { return readTransaction(row, tag) }
    let text = row[5].text ?? ""
    switch tag {
    case "schema", "relation", "trigger", "function", "type": readObject(row, tag, id)
    case "constraint":
      let isForeignKey = row[4].text != "0"
      add(.shape, isForeignKey ? Fact(saying: text) : Fact(place: text), to: id)
      wholes[row[2].integer ?? 0] = id
      // CASCADE, SET NULL and SET DEFAULT.
      if row[6].text?.contains(where: { "cnd".contains($0) }) == true,
        let parent = row[4].text.flatMap({ Int64($0) })
      {
        cascades[id, default: []].insert(parent)
      }
    case "sequence": wholes[id] = row[2].integer
    case "member": members.insert(id)
    case "writing": locked.insert(id)
    case "changing": lockedForChange.insert(id)
    default:
      guard let aspect = Self.aspects[tag] else { return }
      add(aspect, Fact(place: text), to: id)
      if let part = row[2].integer { wholes[part] = id }
    }
  }

  private static let aspects: [String: ObjectMark.Aspect] = [
    "shape": .shape, "indexes": .indexes, "rules": .rules, "attachments": .attachments,
    "comments": .comments,
  ]

  private mutating func readTransaction(_ row: Row, _ tag: String) {
    if tag == "whole" { isWhole = row[7] == .integer(1) }
    if tag == "place" { place = CatalogPlace(row[7...]) }
  }

  private mutating func readObject(_ row: Row, _ tag: String, _ id: Int64) {
    let object = Named(
      id: id, tag: tag, place: row[2].integer, name: row[3].text ?? "", kind: row[4].text ?? "",
      insertions: row[7].integer ?? 0, changes: row[8].integer ?? 0,
      isOfTransaction: row[9] == .integer(1))
    if tag == "schema" { schemas[id] = object.name }
    let text = row[5].text ?? ""
    if tag == "relation", let end = text.lastIndex(of: ":") {
      add(.shape, Fact(saying: String(text[..<end])), to: id)
      // A new file of an index says nothing: REINDEX is no change.
      if !object.isIndex { add(.storage, Fact(saying: String(text[end...])), to: id) }
    } else {
      add(.shape, Fact(place: text), to: id)
    }
    if let privileges = row[6].text { add(.privileges, Fact(saying: privileges), to: id) }
    named.append(object)
  }

  private mutating func add(_ aspect: ObjectMark.Aspect, _ fact: Fact, to id: Int64) {
    facts[id, default: [:]][aspect, default: []].append(fact)
  }

  /// The objects; members of extensions belong to nobody here.
  var marks: [ObjectMark] {
    var names: [Int64: ObjectName] = [:]
    for object in named where object.tag == "relation" { names[object.id] = name(of: object) }
    let facts = factsOfWholes()
    let indexes = named.filter {
      $0.isIndex && ($0.isOfTransaction || lockedForChange.contains($0.id))
    }
    let touched = lockedForChange.union(indexes.compactMap { wholes[$0.id] })
    return named.compactMap { object in
      guard !members.contains(object.id), !object.isIndex,
        let name = object.tag == "trigger" ? trigger(object, names) : name(of: object)
      else { return nil }
      var mark = ObjectMark(name, id: object.id)
      let own = facts[object.id, default: [:]]
      let hasOurs = own.values.contains { $0.contains(where: \.isOurs) }
      mark.aspects = own.mapValues { $0.map(\.text).sorted().joined(separator: ",") }
      if hasOurs {
        mark.settledAspects = own.mapValues {
          $0.map(\.settledText).sorted().joined(separator: ",")
        }
      }
      mark.insertions = object.insertions
      mark.changes = object.changes
      mark.isOfTransaction = object.isOfTransaction
      mark.isTouched =
        touched.contains(object.id) || object.isOfTransaction || object.tag != "relation" || hasOurs
      mark.isLockedForWriting = locked.contains(object.id)
      mark.cascadeParents = cascades[object.id, default: []]
      mark.mayWaitForCommit = object.kind == "deferrable"
      if name.kind == .sequence { mark.part = wholes[object.id].flatMap { names[$0] } }
      return mark
    }
  }

  /// The facts with those of indexes, of TOAST tables, and with the comments on constraints and the like,
  /// counted to their tables.
  private func factsOfWholes() -> [Int64: [ObjectMark.Aspect: [Fact]]] {
    let indexes = Set(named.filter(\.isIndex).map(\.id))
    let objects = Set(named.map(\.id)).subtracting(indexes)
    var whole: [Int64: [ObjectMark.Aspect: [Fact]]] = [:]
    for (id, own) in facts {
      var root = id
      while !objects.contains(root), let next = wholes[root], next != root { root = next }
      for (aspect, texts) in own {
        let side = indexes.contains(id) && aspect == .shape ? .indexes : aspect
        whole[root, default: [:]][side, default: []] += texts
      }
    }
    return whole
  }

  private func name(of object: Named) -> ObjectName? {
    if object.tag == "schema" { return ObjectName(.schema, schema: "", name: object.name) }
    guard let schema = object.place.flatMap({ schemas[$0] }) else { return nil }
    switch object.tag {
    case "function":
      return ObjectName(.function, schema: schema, name: "\(object.name)(\(object.kind))")
    case "type": return ObjectName(.type, schema: schema, name: object.name)
    default:
      return ObjectName.Kind(relation: object.kind).map {
        ObjectName($0, schema: schema, name: object.name)
      }
    }
  }

  private func trigger(_ object: Named, _ names: [Int64: ObjectName]) -> ObjectName? {
    guard let table = object.place.flatMap({ names[$0] }) else { return nil }
    return ObjectName(.trigger, schema: table.schema, table: table.name, name: object.name)
  }
}

extension CatalogPlace {
  /// The place that a row tells: the newest transaction, how many others are under way, the server's process;
  /// `nil` while others write.
  init?(_ row: ArraySlice<Value>) {
    let values = row.compactMap(\.integer)
    guard values.count == 3, values[1] == 0 else { return nil }
    self = .postgresql(lastTransaction: UInt32(truncatingIfNeeded: values[0]), process: values[2])
  }
}
