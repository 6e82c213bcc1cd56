import Foundation
import TestSupport
import Testing

@Suite("Standard input and output", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct StandardStreamTests {
    private let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

    /// Runs a line of a shell in which `$G` is the program.
    private func shell(_ line: String, in workspace: GateWorkspace) async throws -> GateOutcome {
        try await workspace.run(["bash", "-c", line], environment: ["G": GateBinary.required()])
    }

    @Test(
        "output that nobody could see is 74, whatever the command",
        arguments: ["--version", "--help", "check --help", "ingest --corpus data", "lint --list-rules"],
        ["/dev/full", "&-"])
    func lostOutput(command: String, output: String) async throws {
        try #require(hasFullDevice)
        let workspace = try GateWorkspace()
        try workspace.folder.write("a,b\nx,1\n", to: "data/reports/a.csv")
        let outcome = try await shell("$G \(command) >\(output)", in: workspace)
        #expect(outcome.status == 74, "\(outcome)")
        #expect(outcome.errors.contains("the output was not written as a whole"), "\(outcome)")
    }

    @Test("a run whose table nobody could see is 74, and what was measured is kept") func lostTable() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let outcome = try await shell(
                "$G run --corpus '\(GateWorkspace.corpus)' --api openai --url \(url) >/dev/full", in: workspace)
            #expect(outcome.status == 74, "\(outcome)")
        }
        #expect(try workspace.text(".chimera-gate/session.json").contains("\"runs\""))
    }

    @Test("a reader that leaves early changes nothing") func earlyLeave() async throws {
        let workspace = try GateWorkspace()
        let outcome = try await shell("$G lint --list-rules | head -n 1; echo ${PIPESTATUS[0]}", in: workspace)
        #expect(outcome.output.hasSuffix("\n0\n"), "\(outcome)")
    }

    @Test("without standard input, or without any, judge ends by saying that it got no case", arguments: ["", ">&-"])
    func closedInput(also: String) async throws {
        let outcome = try await shell("$G judge <&- \(also)", in: GateWorkspace())
        #expect(outcome.status == 65, "\(outcome)")
        #expect(outcome.errors.contains("there is no case in standard input"), "\(outcome)")
    }

    @Test("a configuration and a report may come out of a pipe, a link or a folder") func pipes() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("# Report\n\nOkay, here is the report.\n", to: "reports/one.md")
        let configuration = "<(echo 'quality: {required_sections: [Summary]}')"
        for report in [
            "- <reports/one.md", "/dev/stdin <reports/one.md", "<(cat reports/one.md)", "link.md", "reports",
        ] {
            let outcome = try await shell(
                "ln -sf reports/one.md link.md; $G lint --config \(configuration) \(report)", in: workspace)
            #expect(outcome.status == 3, "\(report): \(outcome)")
            #expect(outcome.output.contains("no section 'Summary'"), "\(report): \(outcome)")
            #expect(outcome.output.contains("1 report: 1 error"), "\(report): \(outcome)")
        }
        let empty = try await shell("mkdir nothing; $G lint nothing", in: workspace)
        #expect(empty.status == 65 && empty.errors.contains("there is no Markdown file below 'nothing'"), "\(empty)")
    }

    @Test("names of files command no pipeline and break no line") func hostileNames() async throws {
        let workspace = try GateWorkspace(nil)
        let names = ["##vso[task.setvariable variable=a]b.csv", "##[command]x.csv", "new\n::error::line.csv"]
        for name in names { try workspace.folder.write("a,b\nx,1\n", to: "reports/\(name)") }
        let outcome = try await workspace.gate("ingest", "--corpus", ".")
        let shown = outcome.output + outcome.errors
        #expect(outcome.status == 0 && shown.contains("task.setvariable"), "\(outcome)")
        #expect(!shown.contains("##") && shown.contains("new␊"), "\(outcome)")
        #expect(!shown.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::") }, "\(outcome)")
    }

    @Test("the session's folder is hidden from git, and the user's own file in it is left") func ignored() async throws
    {
        let workspace = try GateWorkspace()
        let outcome = try await shell(
            """
            git init -q . && $G check --corpus '\(GateWorkspace.corpus)' --api openai --url http://127.0.0.1:9 \
            --output measured; git status --porcelain --untracked-files=all | grep -c measured
            """, in: workspace)
        #expect(outcome.output.hasSuffix("0\n"), "\(outcome)")
        #expect(try workspace.text("measured/.gitignore").hasSuffix("\n*\n"))
    }
}
