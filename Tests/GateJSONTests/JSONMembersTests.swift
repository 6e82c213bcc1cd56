import GateJSON
import Testing

@Suite("Members that are left out") struct JSONMembersTests {
    private func leftOut(_ text: String) -> String {
        String(decoding: JSONMembers.leftOut(["run", "id"], of: Array(text.utf8)), as: UTF8.self)
    }

    @Test(
        "of the document's object they go with their values, and deeper ones stay",
        arguments: [
            (
                #"{"a": 1, "id": "x", "b": {"id": 2, "run": [1]}, "run": {"t": [1, {"u": "}"}]}}"#,
                #"{"a": 1, "b": {"id": 2, "run": [1]}}"#
            ),
            (#"{"id": "a\"},b", "c": 3}"#, #", "c": 3}"#), (#"[{"id": 1}]"#, #"[{"id": 1}]"#), ("[1, 2]", "[1, 2]"),
            (#"{"identity": 1, "ID": 2}"#, #"{"identity": 1, "ID": 2}"#),
            (#"{"a": "id", "b": "run"}"#, #"{"a": "id", "b": "run"}"#),
        ])
    func members(_ text: String, _ rest: String) { #expect(leftOut(text) == rest) }

    @Test("what has other letters stays, and what is no JSON stays different from what is")
    func kept() {
        #expect(leftOut(#"{"a": 1, "id": "é"}"#) == #"{"a": 1, "id": "é"}"#)
        #expect(leftOut(#"{"a": 1, "id": 2} x"#) == #"{"a": 1} x"#)
        #expect(leftOut(#"{"a": 1, "#) == #"{"a": 1, "#)
        #expect(leftOut("") == "")
    }
}
