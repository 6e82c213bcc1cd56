import Testing

@testable import GateYAML

@Suite("YAML documents") struct YAMLDocumentTests {
    @Test("values keep their order, their place in scalars, and whether they were quoted") func tree() throws {
        let root = try YAMLDocument.parse("größe: 1.5\nliste: [a, \"2\", {ä: 'x y'}]\n")
        #expect(root.keys == ["größe", "liste"])
        guard case .scalar("1.5", isPlain: true) = try #require(root["größe"]).content else {
            Issue.record("not a plain scalar")
            return
        }
        let items = try #require(root["liste"]?.items)
        #expect(items.map(\.text) == ["a", "2", nil])
        guard case .scalar("2", isPlain: false) = items[1].content else {
            Issue.record("a quoted scalar is not plain")
            return
        }
        #expect(items[2].place == YAMLPlace(line: 2, column: 17))
        #expect(items[2]["ä"]?.text == "x y")
    }

    @Test(
        "what is no plain document is an error with its place",
        arguments: [
            ("", YAMLError.empty),
            ("a: &x 1", .anchor(YAMLPlace(line: 1, column: 4))),
            ("a: *x", .alias(YAMLPlace(line: 1, column: 4))),
            ("ü: 1\nü: 2", .repeatedKey("ü", YAMLPlace(line: 2, column: 1))),
            ("a: !!float 1", .tag("tag:yaml.org,2002:float", YAMLPlace(line: 1, column: 4))),
            ("a: 1\n---\nb: 2", .secondDocument(YAMLPlace(line: 2, column: 1))),
            ("a:\n\tb: 1", .tab(YAMLPlace(line: 2, column: 1))),
            ("a: \u{7}", .character("\u{7}", YAMLPlace(line: 1, column: 4))),
        ])
    func refused(text: String, error: YAMLError) {
        #expect(throws: error) { try YAMLDocument.parse(text) }
    }

    @Test("nesting is bounded, whatever opens it", arguments: ["[", "{a: ", "- ", "? "]) func deep(opening: String) {
        #expect(throws: YAMLError.self) { try YAMLDocument.parse(String(repeating: opening, count: 100_000)) }
    }
}
