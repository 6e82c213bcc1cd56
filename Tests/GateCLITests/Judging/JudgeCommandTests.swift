import Foundation
import GateJSON
import GateProcess
import Glibc
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
        #expect(nothing.errors.contains("there is no case in standard input"))
    }

    @Test("zeros on both sides are no measurement and no pass")
    func zeros() async throws {
        func line(_ direction: String, _ tolerance: String, _ metric: String) -> String {
            let zeros = "{\"metrics\": {\"\(metric)\": [0, 0, 0]}}"
            return "{\"id\": 1, \"policy\": {\"metrics\": {\"\(metric)\": {\"direction\": \"\(direction)\", "
                + "\"tolerance\": \(tolerance)}}}, \"baseline\": [\(zeros), \(zeros)], \"candidate\": \(zeros)}"
        }
        let cases = [
            line("lower", "0.1", "ttft"), line("lower", "0.1", "total"), line("higher", "0.1", "rate"),
            line("lower", "0.1", "errors"),
        ]
        let outcome = try await judge(cases.joined(separator: "\n"), "--inconclusive", "fail")
        #expect(outcome.status == 5, "\(outcome)")
        let verdicts = try verdicts(outcome)
        #expect(verdicts.map { $0["verdict"]?.string } == [String](repeating: "inconclusive", count: 4))
        #expect(verdicts[0]["reason"]?.string == "ttft: every duration is zero, on both sides: nothing was measured")
        // What is counted may be nothing at all, where the user says how much of it would be too much.
        let counted = try await judge(line("lower", "{\"absolute\": 1}", "errors"))
        #expect(try self.verdicts(counted).first?["verdict"]?.string == "pass")
    }

    @Test("every verdict says why, also that of a case with nothing in it")
    func reasons() async throws {
        let outcome = try await judge(#"{"id": 1}"# + "\n" + Self.line(2, "1, 1, 1"))
        #expect(outcome.status == 69)
        let verdicts = try verdicts(outcome)
        #expect(
            verdicts[0]["reason"]?.string
                == "there is nothing to judge: no candidate beside a baseline, no pairs, and no budget")
        #expect(verdicts[1]["reason"]?.string?.hasPrefix("ttft: ") == true)
    }

    @Test(
        "what is no case is named for what it is",
        arguments: [
            ("not json", "expected a JSON object on a line of its own, found 'not json'"),
            ("{\n \"id\": 1\n}", "'jq -c .' puts JSON of several lines on one"),
            ("[{\"id\": 1}]", "'jq -c .[]' takes it apart"), ("{\"id\": 1,}", "line 1: column 10"),
            (
                "{\"id\": 1, \"policy\": {\"metrics\": {\"throughput\": {\"tolerance\": 1}}}}",
                "policy.metrics.throughput.tolerance: expected less than 1"
            ),
        ])
    func named(text: String, words: String) async throws {
        let outcome = try await judge(text)
        #expect(outcome.status == 65)
        #expect(outcome.errors.contains(words), "\(outcome)")
    }

    @Test("a file is read like standard input, and text is for people")
    func file() async throws {
        let workspace = try GateWorkspace(nil)
        let text = [Self.line(1, "2, 2, 2.01, 1.99, 2"), #"{"id": "b"}"#].joined(separator: "\n")
        try workspace.folder.write(text, to: "cases.jsonl")
        let outcome = try await workspace.gate("judge", "cases.jsonl", "--format", "text")
        #expect(outcome.status == 1, "\(outcome)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines[0] == "case 1: regression")
        #expect(lines[1].hasPrefix("  ttft: regression: 100.0% worse (+"), "\(lines)")
        #expect(lines[2].hasPrefix("case b: invalid: there is nothing to judge"))
        let missing = try await workspace.gate("judge", "nowhere.jsonl")
        #expect(missing.status == 65 && missing.errors.contains("'nowhere.jsonl': No such file"), "\(missing)")
    }

    @Test("a folder gets a test case for each metric and a summary, and the status is that of the verdicts")
    func reports() async throws {
        let cases = [Self.line(1, "2, 2, 2.01, 1.99, 2"), Self.line(2, "1, 1, 1.01, 0.99, 1"), #"{"id": "b c"}"#]
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(cases.joined(separator: "\n"), to: "cases.jsonl")
        let outcome = try await workspace.gate("judge", "cases.jsonl", "--output", "judged")
        #expect(outcome.status == 1 && outcome.errors.isEmpty, "\(outcome)")
        #expect(try verdicts(outcome).count == 3)
        let junit = try workspace.text("judged/junit.xml")
        #expect(junit.contains(#"<testsuite name="judge [cases.jsonl]" tests="4" failures="1" errors="1""#), "\(junit)")
        #expect(junit.contains(#"<testcase classname="chimera.judge.cases.jsonl.1" name="ttft""#), "\(junit)")
        #expect(junit.contains(#"<testcase classname="chimera.judge.cases.jsonl.b_c" name="verdict""#), "\(junit)")
        let summary = try workspace.text("judged/summary.md")
        #expect(summary.hasPrefix("# chimera-gate: regression\n\n**3 cases: regression 1, invalid 1, pass 1.**"))
        #expect(summary.contains("- **regression**: case `1`, `ttft`: 100.0% worse"), "\(summary)")
        #expect(summary.contains("<details><summary>1 case that passed</summary>"), "\(summary)")

        // Of a call that ends early both say so, with what was judged before.
        try workspace.folder.write(Self.line(1, "1, 1, 1") + "\n[1]\n", to: "cases.jsonl")
        let bad = try await workspace.gate("judge", "cases.jsonl", "--output", "judged")
        #expect(bad.status == 65, "\(bad)")
        let stopped = try workspace.text("judged/junit.xml")
        #expect(stopped.contains(#"tests="2" failures="0" errors="1""#) && stopped.contains("line 2: "), "\(stopped)")
        #expect(try workspace.text("judged/summary.md").contains("Ended before the last case: 'cases.jsonl', line 2"))
    }

    @Test(
        "a folder that cannot be used is refused before a case is judged, and what is not decided is as strict as the policy"
    )
    func refused() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(Self.line(1, "1.2, 1.21, 1.19"), to: "cases.jsonl")
        try workspace.folder.write("mine", to: "others/file.txt")
        let foreign = try await workspace.gate("judge", "cases.jsonl", "--output", "others")
        #expect(foreign.status == 73 && foreign.output.isEmpty && !workspace.holds("others/junit.xml"), "\(foreign)")
        let lone = try await workspace.gate("judge", "cases.jsonl", "--junit", "rich")
        #expect(lone.status == 64 && lone.errors.contains("add --output"), "\(lone)")
        let strict = try await workspace.gate(
            "judge", "cases.jsonl", "--output", "judged", "--inconclusive", "fail", "--junit", "surefire")
        #expect(strict.status == 5, "\(strict)")
        #expect(try workspace.text("judged/junit.xml").contains(#"type="Inconclusive""#))
        try FileManager.default.removeItem(at: workspace.file("judged/junit.xml"))
        try workspace.folder.write("", to: "judged/junit.xml/x")
        let lost = try await workspace.gate("judge", "cases.jsonl", "--output", "judged")
        #expect(lost.status == 73 && lost.output.isEmpty && lost.errors.contains("junit.xml"), "\(lost)")
    }

    @Test(
        "a signal leaves the cases that were judged, an error in the test tab, and its own status",
        arguments: [SIGINT, SIGTERM])
    func interrupted(signal: Int32) async throws {
        let workspace = try GateWorkspace(nil)
        #expect(mkfifo(workspace.file("cases").path, 0o600) == 0)
        let program = try workspace.start(["judge", "cases", "--output", "judged", "--ci", "gitlab"])
        defer { program.end(graceSeconds: 0) }
        let writer = try FileHandle(forWritingTo: workspace.file("cases"))
        try writer.write(contentsOf: Data((Self.line(1, "1, 1, 1") + "\n").utf8))
        #expect(try await waiting { try workspace.text("started.log").contains(#""verdict""#) })
        #expect(kill(program.processID, signal) == 0)
        #expect(try await waiting { !program.isRunning })
        #expect(program.exitStatus == .exited(128 + signal))
        let junit = try workspace.text("judged/junit.xml")
        #expect(
            junit.contains(#"tests="2" failures="0" errors="1""#)
                && junit.contains("<error message=\"interrupted by SIG"), "\(junit)")
        let summary = try workspace.text("judged/summary.md")
        #expect(summary.contains("Ended before the last case: interrupted by SIG"), "\(summary)")
        #expect(try workspace.text("judged/metrics.txt").contains("} \(128 + signal).0\n"))
    }

    @Test("the platform of the pipeline is told what is in the folder, and nothing where there is none")
    func platform() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write(Self.line(1, "2, 2, 2.01, 1.99, 2"), to: "cases.jsonl")
        let github = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": "step.md", "GITHUB_OUTPUT": "output"]
        let untold = try await workspace.gate("judge", "cases.jsonl", environment: github)
        #expect(untold.status == 1 && untold.errors.isEmpty && !workspace.holds("output"), "\(untold)")
        let told = try await workspace.gate("judge", "cases.jsonl", "--output", "judged", environment: github)
        #expect(told.status == 1, "\(told)")
        #expect(told.errors.hasPrefix("::error title=chimera-gate%3A regression::case 1, ttft: "), "\(told)")
        #expect(try workspace.text("output") == "verdict=regression\nstatus=1\n")
        #expect(try workspace.text("step.md") == workspace.text("judged/summary.md"))
        let placeless = try await workspace.gate("judge", "cases.jsonl", "--ci", "gitlab")
        #expect(placeless.status == 64 && placeless.errors.contains("add --output"), "\(placeless)")
    }

    @Test("a throughput that halves is 50 % worse, and is never worse by more than all of it")
    func rates() async throws {
        func line(_ values: String) -> String {
            let side = "{\"metrics\": {\"throughput\": [40, 40.4, 39.6, 40.2, 40]}}"
            return "{\"id\": 1, \"policy\": {\"metrics\": {\"throughput\": {\"tolerance\": 0.1}}}, \"baseline\": "
                + "[\(side)], \"candidate\": {\"metrics\": {\"throughput\": [\(values)]}}}"
        }
        let outcome = try await judge(line("20, 20.2, 19.8, 20.1, 20") + "\n" + line("80, 80.8, 79.2, 80, 80.1"))
        let findings = try verdicts(outcome).compactMap { $0["metrics"]?["throughput"] }
        #expect(findings[0]["verdict"]?.string == "regression")
        #expect(abs((findings[0]["estimate"]?.double ?? 0) - 0.5) < 1e-12)
        #expect((findings[0]["upper"]?.double ?? 1) < 0.6)
        #expect(findings[0]["reason"]?.string?.hasPrefix("50.0% worse (-5") == true, "\(findings)")
        // Twice the rate is 100 % better, and the p-value is the improvement's.
        #expect(findings[1]["verdict"]?.string == "improvement")
        #expect(abs((findings[1]["estimate"]?.double ?? 0) + 1) < 1e-12)
        #expect((findings[1]["p"]?.double ?? 1) <= 0.01)
    }
}
