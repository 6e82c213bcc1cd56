import GateCore
import Testing

@testable import GateSettings

struct CommandWordsTests {
    @Test(
        "a line is split as a shell would split it",
        arguments: [
            ("serve", ["serve"]), ("  serve \t-m\n model.gguf ", ["serve", "-m", "model.gguf"]),
            ("a 'b c' d", ["a", "b c", "d"]), (#"a "b c" d"#, ["a", "b c", "d"]), ("a b' 'c", ["a", "b c"]),
            ("a '' \"\"", ["a", "", ""]), (#"a b\ c"#, ["a", "b c"]), (#"a "x\"y\\z\n""#, ["a", #"x"y\z\n"#]),
            (#"a 'x\y$z'"#, ["a", #"x\y$z"#]), (#"a \$x \~"#, ["a", "$x", "~"]), ("a b~ c#d", ["a", "b~", "c#d"]),
            ("./a --x=1 {\"k\":1}", ["./a", "--x=1", "{k:1}"]), ("env A=1 serve", ["env", "A=1", "serve"]),
            ("'my server' ü", ["my server", "ü"]),
        ])
    func split(line: String, words: [String]) throws {
        #expect(try CommandWords.split(line) == words)
    }

    @Test(
        "what needs a shell or is not finished is refused",
        arguments: [
            ("", "empty"), ("   ", "empty"), ("'' a", "empty"), ("a | b", "'|' needs a shell"),
            ("a && b", "'&' needs a shell"), ("a; b", "';' needs a shell"), ("a > log", "'>' needs a shell"),
            ("a $HOME", "'$' needs a shell"), ("a \"$HOME\"", "'$' needs a shell"), ("a `b`", "'`' needs a shell"),
            ("a ~/model", "'~' needs a shell"), ("a *.gguf", "'*' needs a shell"), ("a # b", "'#' needs a shell"),
            ("a 'b", "single quote (') is not closed"), ("a \"b", "double quote (\") is not closed"),
            ("a \\", "ends with a backslash"), ("PORT=1 serve", "write 'env PORT=...'"),
        ])
    func refused(line: String, reason: String) throws {
        let refusal = #expect(throws: Refusal.self) { try CommandWords.split(line) }
        #expect(try #require(refusal).message.contains(reason))
    }

    @Test("a misspelled name is answered by the nearest, and a strange one by none")
    func nearestNames() {
        let names = ["model", "persona", "num_gpu", "num_ctx", "temperature"]
        #expect(nearest(to: "modle", among: names) == "model")
        #expect(nearest(to: "num-ctx", among: names) == "num_ctx")
        #expect(nearest(to: "Temprature", among: names) == "temperature")
        #expect(nearest(to: "x", among: names) == nil)
        #expect(nearest(to: "colour", among: names) == nil)
        #expect(nearest(to: String(repeating: "model", count: 100_000), among: names) == nil)
        #expect(editDistance(Array("kitten".unicodeScalars), Array("sitting".unicodeScalars)) == 3)
        #expect(editDistance(Array("ab".unicodeScalars), Array("ba".unicodeScalars)) == 1)
        #expect(editDistance([], Array("abc".unicodeScalars)) == 3)
    }
}
