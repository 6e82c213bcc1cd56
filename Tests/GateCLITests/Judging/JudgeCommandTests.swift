import Foundation
import GateJSON
import TestSupport
import Testing

@Suite("The judge command", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct JudgeCommandTests {
    private static let baseline = #""baseline": [{"session": "a", "metrics": {"ttft": [1, 1.01, 0.99, 1.02, 1]}}]"#

    private static func line(_ id: Int, _ values: String) -> String {
        #"{"id": \#(id), "policy": {"metrics": {"ttft": {"direction": "lower", "tolerance": 0.05}}}, "#
            + "\(baseline), \"candidate\": {\"metrics\": {\"ttft\": [\(values)]}}}"
    }

    private func judge(_ text: String, _ arguments: String...) async throws -> GateOutcome {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(text, to: "cases.jsonl")
        let command = [try GateBinary.required(), "judge"] + arguments
        return try await workspace.run(["sh", "-c", #"exec "$@" < cases.jsonl"#, "sh"] + command)
    }

    private func verdicts(_ outcome: GateOutcome) throws -> [JSONValue] {
        try outcome.output.split(separator: "\n").map { try JSONValue.parse(Array($0.utf8)) }
    }

    @Test("writes a verdict for every case, in order, and exits by the worst")
    func order() async throws {
        let cases = (0..<300).map { Self.line($0, $0 == 250 ? "2, 2, 2.01, 1.99, 2" : "1, 1, 1.01, 0.99, 1") }
        let outcome = try await judge(cases.joined(separator: "\n\n"))
        #expect(outcome.status == 1 && outcome.errors.isEmpty, "\(outcome)")
        let verdicts = try verdicts(outcome)
        #expect(verdicts.map { $0["id"]?.int } == (0..<300).map { $0 })
        #expect(verdicts.map { $0["verdict"]?.string == "regression" }.firstIndex(of: true) == 250)
        let finding = try #require(verdicts[250]["metrics"]?["ttft"])
        #expect(
            finding.object?.map(\.key) == ["verdict", "estimate", "lower", "upper", "p", "mde", "reason"])
        #expect(finding["estimate"]?.double == 1)
        #expect(verdicts[250]["evidence"]?.string == "stored_baseline")
        #expect(verdicts[250]["runs_used"]?.int == 5 && verdicts[250]["pairs_used"]?.int == 0)
    }

    @Test("what it writes has the members of judge-verdict.schema.json and no others")
    func schema() async throws {
        let file = SharedData.packageRoot.appending(path: "Sources/GateCLI/Schemas/judge-verdict.schema.json")
        let schema = try JSONValue.parse(Array(Data(contentsOf: file)))
        let verdict = try #require(try verdicts(try await judge(Self.line(1, "1, 1, 1"))).first)
        #expect(verdict.object?.map(\.key) == schema["properties"]?.object?.map(\.key))
        #expect(verdict.object?.map(\.key) == schema["required"]?.array?.compactMap(\.string))
        let metric = schema["properties"]?["metrics"]?["additionalProperties"]
        #expect(verdict["metrics"]?["ttft"]?.object?.map(\.key) == metric?["properties"]?.object?.map(\.key))
    }

    @Test("a line that is no case ends it with its number; the verdicts before it are there")
    func badLine() async throws {
        let text = [Self.line(1, "1, 1, 1"), "", "{\"id\": 2, \"metric\": {}}", Self.line(3, "1")].joined(
            separator: "\n")
        let outcome = try await judge(text)
        #expect(outcome.status == 65)
        #expect(try verdicts(outcome).map { $0["id"]?.int } == [1])
        #expect(outcome.errors.contains("standard input, line 3: unknown key 'metric'"), "\(outcome)")
    }

    @Test("invalid cases exit with 69, inconclusive ones as the flag says, and nothing at all is no success")
    func statuses() async throws {
        #expect(try await judge(Self.line(1, "NaN, null, 1")).status == 69)
        #expect(try await judge(Self.line(1, "1.2, 1.21, 1.19")).status == 0)
        #expect(try await judge(Self.line(1, "1.2, 1.21, 1.19"), "--inconclusive", "fail").status == 5)
        let nothing = try await judge("\n")
        #expect(nothing.status == 65)
        #expect(nothing.errors.contains("there is no case on standard input"))
    }
}
