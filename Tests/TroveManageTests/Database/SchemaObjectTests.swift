import Testing
import TroveManage

@Suite struct SchemaObjectTests {
  private let table = ObjectName(.table, schema: "main", name: "t")

  @Test(
    arguments: [
      [], [.init(kind: "column", name: "a", text: "INT")],
      [
        .init(kind: "definition", text: "a\nb\tc\\n d\r\n\n"),
        .init(kind: "x", name: "\\", text: "\\\\"),
      ],
      [.init(kind: "", text: "")], [.init(kind: "é", name: "\t", text: "日本")],
    ] as [[SchemaObject.Part]])
  func `a definition can be read back`(parts: [SchemaObject.Part]) {
    let object = SchemaObject(name: table, parts: parts)
    #expect(SchemaObject(name: table, definition: object.definition) == object)
    #expect(object.definition.split(separator: "\n").count <= max(parts.count, 1))
  }

  @Test func `a definition that nobody wrote equals none`() {
    let object = SchemaObject(name: table, definition: "column a")
    #expect(object.parts == [.init(kind: "", text: "column a")])
  }

  @Test func `the order of parts and objects does not matter`() {
    let parts: [SchemaObject.Part] = [
      .init(kind: "index", name: "i", text: "(a)"), .init(kind: "column", name: "b", text: "INT"),
      .init(kind: "column", name: "a", text: "INT"),
    ]
    let one = SchemaObject(name: table, parts: parts)
    let two = SchemaObject(name: table, parts: parts.reversed())
    #expect(one == two)
    #expect(one.parts.map(\.name) == ["a", "b", "i"])
    let other = SchemaObject(name: ObjectName(.view, schema: "main", name: "v"), parts: [])
    #expect(
      SchemaObject.fingerprint(of: [one, other]) == SchemaObject.fingerprint(of: [other, two]))
  }

  @Test func `whatever differs has another fingerprint`() {
    let objects: [[SchemaObject]] = [
      [], [.init(name: table, parts: [])],
      [.init(name: table, parts: [.init(kind: "column", name: "a", text: "INT")])],
      [.init(name: table, parts: [.init(kind: "column", name: "a", text: "TEXT")])],
      [.init(name: ObjectName(.view, schema: "main", name: "t"), parts: [])],
      [.init(name: ObjectName(.table, schema: "s", name: "t"), parts: [])],
      [.init(name: ObjectName(.trigger, schema: "main", table: "a", name: "t"), parts: [])],
      [.init(name: ObjectName(.trigger, schema: "main", table: "b", name: "t"), parts: [])],
    ]
    let digests = objects.map { SchemaObject.fingerprint(of: $0) }
    #expect(Set(digests).count == objects.count)
    #expect(digests.allSatisfy { $0.hasPrefix("sha256:") && $0.utf8.count == 71 })
  }
}
