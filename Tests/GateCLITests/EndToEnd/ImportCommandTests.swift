import Foundation
import GateCore
import TestSupport
import Testing

@Suite("import", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct ImportCommandTests {
    private static let data = SharedData.packageRoot.appending(path: "Tests/Data/import").path

    @Test("a session of another tool is approved and checked as any other") func checked() async throws {
        let workspace = try GateWorkspace("machine_class: ci\n")
        let file = "\(Self.data)/hyperfine.json"
        for number in 1...2 {
            let imported = try await workspace.gate("import", file, "--output", "\(number)")
            let words = "12 of 12 runs complete, imported from hyperfine; session"
            #expect(imported.status == 0 && imported.output.hasPrefix(words), "\(imported)")
            let approved = try await workspace.gate(
                "baseline", "approve", "--session", "\(number)", "--reason", "first")
            #expect(approved.status == 0, "\(approved)")
        }
        let approved = try workspace.text("Baselines/hyperfine/ci.json")
        #expect(approved.contains(#""tool": {"name": "hyperfine"#), "\(approved)")
        #expect(!approved.contains("agent") && !approved.contains("corpus"), "\(approved)")
        let same = try await workspace.gate("check", "--session", "1")
        #expect(same.status == 0 && same.output.contains("sleep-0.02  time:s:lower"), "\(same)")

        let slower = try String(contentsOfFile: file, encoding: .utf8).replacing("0.02", with: "0.04")
        try workspace.folder.write(slower.replacing("sleep 0.04", with: "sleep 0.02"), to: "slower.json")
        #expect(try await workspace.gate("import", "slower.json", "--output", "3").status == 0)
        let check = try await workspace.gate("check", "--session", "3")
        #expect(check.status == 1 && check.output.contains("regression: sleep-0.02/time:s:lower"), "\(check)")
        #expect(check.output.contains("\nThe figures are imported from hyperfine"), "\(check)")
        #expect(try workspace.session("3").origin.server == nil)
        for (file, words) in [
            ("junit.xml", #"name="chimera.tool" value="hyperfine""#),
            ("summary.md", "| imported from | `hyperfine` |"), ("index.html", "imported from hyperfine, 12"),
        ] {
            let text = try workspace.text("3/\(file)")
            #expect(text.contains(words) && !text.contains("server") && !text.contains("corpus"), "\(text)")
        }
        let shown = try await workspace.gate("baseline", "show")
        #expect(shown.output.contains("imported from hyperfine;"), "\(shown)")

        try workspace.folder.write(
            "machine_class: ci\nmetrics: {\"sleep-0.02/time:s:lower\": {role: info}}\n", to: "chimera-gate.yml")
        let informed = try await workspace.gate("check", "--session", "3")
        #expect(informed.status == 0, "\(informed)")
    }

    @Test("plain CSV needs to be told what its columns are") func plain() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("model,ms\na,12\na,13\n", to: "r.csv")
        let untold = try await workspace.gate("import", "r.csv")
        #expect(untold.status == 65 && untold.errors.contains("--metric time=COLUMN:ms:lower"), "\(untold)")
        let told = try await workspace.gate(
            "import", "r.csv", "--metric", "time=ms:ms:lower", "--case", "model", "--format", "json")
        #expect(told.status == 0, "\(told)")
        #expect(told.output.contains("\"schema\" : \"session-overview\"") && told.output.contains("\"stage\" : \"a\""))
        let wrong = try await workspace.gate("import", "r.csv", "--metric", "time=ms:ms")
        #expect(wrong.status == 64 && wrong.errors.contains("unit or direction is missing"), "\(wrong)")
        let none = try await workspace.gate("import", "missing.json")
        #expect(none.status == 65, "\(none)")
    }

    @Test("the workload 'import' is no one that could be run") func run() async throws {
        let workspace = try GateWorkspace("workload: import\nagent: {model: m}\n")
        let run = try await workspace.gate("run")
        #expect(run.status == 64 && run.errors.contains("chimera-gate import FILE"), "\(run)")
    }
}
