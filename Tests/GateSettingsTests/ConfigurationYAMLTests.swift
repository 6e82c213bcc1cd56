import Foundation
import Testing

@testable import GateSettings

struct ConfigurationYAMLTests {
    @Test(
        "text that is not one YAML document of plain values is an error with its place",
        arguments: [
            ("", "gate.yml: the file is empty; write at least 'agent:' with 'model:' below it"),
            ("# only a comment\n", "gate.yml: the file is empty; write at least 'agent:' with 'model:' below it"),
            ("---\n", "gate.yml:2:1: found nothing; allowed: a mapping with the keys version, workload"),
            ("just text", "gate.yml:1:1: found 'just text'; allowed: a mapping with the keys version"),
            ("- a\n- b\n", "gate.yml:1:1: found a list; allowed: a mapping with the keys version"),
            ("runs: 1\n---\nruns: 2\n", "gate.yml:2:1: found a second document"),
            ("agent:\n\tmodel: a\n", "gate.yml:2:1: found a tab where YAML wants spaces"),
            ("agent:\n  model: a\n\tseed: 1\n", "gate.yml:3:1: found a tab where YAML wants spaces"),
            ("runs: [1, 2\n", "gate.yml:2:1: not YAML: while parsing a flow sequence"),
            ("runs: 1\n  model: x\n", "gate.yml:2:8: not YAML: mapping values are not allowed in this context"),
            ("runs: \"1\n", "gate.yml:2:1: not YAML: while scanning a quoted scalar"),
            ("# \u{0}", "gate.yml:1:3: found the character \\0, which no YAML file may contain"),
            ("runs: 1\nworkload: a\u{1b}[31m\n", "gate.yml:2:12: found the character \\u{1B}, which"),
            ("runs: 1\nruns: 2\n", "gate.yml:2:1: 'runs' stands more than once in the same mapping; keep one"),
            ("agent:\n  seed: 1\n  'seed': 2\n", "gate.yml:3:3: 'seed' stands more than once in the same mapping"),
            ("agent: &a {model: x}\n", "gate.yml:1:8: found an anchor (&)"),
            ("runs: *a\n", "gate.yml:1:7: found an alias (*)"),
            ("agent:\n  <<: *base\n", "gate.yml:2:7: found an alias (*)"),
            ("runs: !!int \"5\"\n", "gate.yml:1:7: found the tag 'tag:yaml.org,2002:int'"),
            ("agent: !<x> {}\n", "gate.yml:1:8: found the tag 'x'"),
            ("? [a, b]\n: 1\n", "gate.yml:1:3: unknown key a list; allowed: version, workload"),
            ("~: 1\n", "gate.yml:1:1: unknown key nothing; allowed: version, workload"),
        ])
    func refused(text: String, message: String) throws {
        let problems = problems(text)
        #expect(problems.count == 1)
        #expect(try #require(problems.first).hasPrefix(message))
    }

    @Test("bytes that are not UTF-8 are an error with their place")
    func notUTF8() {
        for (bytes, place) in [
            (Array("runs: 1\nmodel: ü".utf8) + [0xff], "gate.yml:2:9"), ([0xff, 0xfe, 0x72, 0x00], "gate.yml:1:1"),
        ] {
            let error = #expect(throws: ConfigurationError.self) {
                try ConfigurationFile.parse(bytes, path: "gate.yml")
            }
            #expect("\(error as Any)".contains("\(place): found bytes that are not UTF-8; save the file as UTF-8"))
        }
    }

    @Test("aliases that would multiply to billions are refused at once, also as keys")
    func aliasBomb() {
        var text = "a0: &a0 [x]\n"
        for level in 1...60 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        #expect(problems(text).first?.hasPrefix("gate.yml:1:5: found an anchor (&); write the value out") == true)
        #expect(problems(text + "? *a60\n: 1\n? [*a60]\n: 2\n").count == 1)
    }

    @Test("deep nesting is refused without harm", arguments: ["[", "{a: ", "- ", "? "])
    func deep(opening: String) {
        for depth in [17, 100, 900, 100_000] {
            #expect(problems(String(repeating: opening, count: depth)).count == 1)
        }
        let brackets = String(repeating: "[", count: 20) + String(repeating: "]", count: 20)
        #expect(problems(brackets) == ["gate.yml:1:17: nested more than 16 levels deep"])
    }

    @Test("asterisks and private use characters in texts are left as they are")
    func asterisks() throws {
        let persona = "**bold** \u{e000} *a* &b !c"
        #expect(try draft("agent: {persona: '\(persona)'}").located("agent.persona")?.value == persona)
        #expect(try draft("agent:\n  persona: A \(persona)\n").located("agent.persona")?.value == "A " + persona)
        #expect(
            try draft("agent:\n  persona: >\n    *a*\n    \u{e001}\n").located("agent.persona")?.value
                == "*a* \u{e001}\n")
    }

    @Test("a file of nothing but mistakes is answered quickly, with its first twenty")
    func manyMistakes() {
        let text = (0..<2000).map { "key_number_\($0): 1\n" }.joined()
        let lines = problems(text)
        #expect(lines.count == 21)
        #expect(lines.last == "... and 1980 more problems")
    }
}
