import Testing
import TroveManage

@Suite struct SchemaDifferenceTests {
  private typealias Part = SchemaObject.Part

  private static func table(_ name: String, _ parts: Part...) -> SchemaObject {
    SchemaObject(name: ObjectName(.table, schema: "public", name: name), parts: parts)
  }

  private static func column(_ name: String, _ text: String = "INTEGER") -> Part {
    Part(kind: "column", name: name, text: text)
  }

  private static let trigger = SchemaObject(
    name: ObjectName(.trigger, schema: "public", table: "t", name: "g"),
    parts: [Part(kind: "definition", text: "x")])

  @Test func `equal schemas have no difference, whatever their order`() {
    let one = Self.table("a", Self.column("x"), Self.column("y"))
    let two = Self.table("a", Self.column("y"), Self.column("x"))
    #expect(SchemaDifference(of: [one, Self.trigger], from: [Self.trigger, two]).isEmpty)
    #expect(SchemaDifference(of: [], from: []).description == "")
  }

  @Test func `objects that are missing or were added are named with their kind`() {
    let difference = SchemaDifference(
      of: [
        SchemaObject(name: ObjectName(.view, schema: "s", name: "v"), parts: []),
        Self.table("t"), Self.trigger,
      ], from: [Self.table("instances"), Self.table("t")])
    #expect(
      difference.lines == [
        "table instances is missing", "view s.v was added", "trigger g of t was added",
      ])
  }

  @Test func `what stands on a table goes with it`() {
    let whole = [Self.table("t"), Self.trigger]
    #expect(SchemaDifference(of: [], from: whole).lines == ["table t is missing"])
    #expect(SchemaDifference(of: whole, from: []).lines == ["table t was added"])
    #expect(
      SchemaDifference(of: [whole[0]], from: whole).lines == ["trigger g of t is missing"])
  }

  @Test func `parts are told by their kind and name`() {
    let difference = SchemaDifference(
      of: [Self.table("t", Self.column("a", "TEXT"), Self.column("c"))],
      from: [Self.table("t", Self.column("a"), Self.column("b"))])
    #expect(difference.entries.map(\.object.title) == ["table t"])
    #expect(
      difference.entries.map(\.change) == [
        .changed([
          .changed(from: Self.column("a"), to: Self.column("a", "TEXT")),
          .removed(Self.column("b")), .added(Self.column("c")),
        ])
      ])
    #expect(
      difference.lines == [
        "t: column a changed from INTEGER to TEXT", "t: column b was removed",
        "t: column c was added",
      ])
  }

  @Test func `parts without a name are told by what they say`() {
    let checks = ["a", "b", "c"].map { Part(kind: "check", text: "(\($0) > 0)") }
    let one = SchemaDifference(
      of: [Self.table("t", checks[0], checks[1])], from: [Self.table("t", checks[0], checks[2])])
    #expect(one.lines == ["t: check (b > 0) was added", "t: check (c > 0) was removed"])
    let two = SchemaDifference(
      of: [Self.table("t", checks[0])], from: [Self.table("t", checks[1])])
    #expect(two.lines == ["t: check changed from (b > 0) to (a > 0)"])
    let twice = SchemaDifference(
      of: [Self.table("t", checks[0], checks[0])], from: [Self.table("t", checks[0])])
    #expect(twice.lines == ["t: check (a > 0) was added"])
  }

  @Test func `long texts are left out of the sentence`() {
    let old = Part(kind: "definition", text: "SELECT 1")
    let new = Part(kind: "definition", text: "SELECT 1\nFROM t")
    let name = ObjectName(.view, schema: "public", name: "v")
    let difference = SchemaDifference(
      of: [SchemaObject(name: name, parts: [new])], from: [SchemaObject(name: name, parts: [old])])
    #expect(difference.lines == ["view v: definition changed"])
    let option = SchemaDifference(
      of: [Self.table("t", Part(kind: "option", name: "STRICT", text: ""))], from: [Self.table("t")]
    )
    #expect(option.lines == ["t: option STRICT was added"])
  }
}
