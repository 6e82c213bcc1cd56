import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("What a session leaves", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct SessionFilesTests {
    @Test("runs that warm up are kept and not judged") func warmup() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let run = try await workspace.measure("run", url, "--runs", "2", "--warmup-runs", "1")
            #expect(run.status == 0, "\(run)")
            #expect(run.output.contains("2 of 2 runs complete"))
        }
        let session = try workspace.session()
        #expect(session.runs.map(\.isWarmup) == [true, false, false])
        for run in ["0001", "0002", "0003"] {
            for file in ["report.md", "facts.json", "recording.jsonl"] {
                #expect(workspace.holds(".chimera-gate/runs/\(run)/\(file)"))
            }
            #expect(!workspace.holds(".chimera-gate/runs/\(run)/inventory.md"))
        }
        let samples = session.samples()
        #expect(samples[CheckID(stage: .analysis, metric: "ttft")]?.values.count == 2)
        #expect(samples[CheckID(stage: .run, metric: "workflow")]?.values.count == 2)
    }

    @Test("the dual workload is a chain of inventory, analysis and report") func dual() async throws {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            let run = try await workspace.measure("run", url, "--workload", "dual")
            #expect(run.status == 0, "\(run)")
        }
        let stages = try workspace.session().runs[0].stages
        #expect(stages.map(\.name) == [.inventory, .analysis, .report])
        #expect(stages.map(\.agent) == ["collector", "insight", "insight"])
        let report = try workspace.text(".chimera-gate/runs/0001/report.md")
        #expect(report.contains(try workspace.text(".chimera-gate/runs/0001/model-text.md")))
        #expect(try workspace.text(".chimera-gate/runs/0001/inventory.md").contains("**Agent Type:** Chimera Agent A"))
        #expect(try workspace.text(".chimera-gate/runs/0001/report.md").contains("## Workflow Summary"))
        let recordings = try workspace.text(".chimera-gate/runs/0001/recording.jsonl").split(separator: "\n")
            .map { try JSONValue.parse(Array($0.utf8)) }
        let inventory = try #require(recordings[0]["arrivals"]?.array).compactMap { $0["text"]?.string }.joined()
        let line = try #require(inventory.split(separator: "\n").max { $0.count < $1.count })
        #expect(try #require(recordings[1]["prompt"]?.string).contains(line), "A's inventory is B's input")
    }

    @Test("a session can be served again by its directory, and by the file of one run") func servedAgain() async throws
    {
        let workspace = try GateWorkspace()
        try await ReplayProcess.serving(ReplayProcess.quick) { url in _ = try await workspace.measure("run", url) }
        for recording in [".chimera-gate", ".chimera-gate/runs/0001/recording.jsonl"] {
            let path = workspace.file(recording).path
            try await ReplayProcess.serving(["--speed", "100"], recording: path) { url in
                let run = try await workspace.measure("run", url, api: "ollama", "--output", "again")
                #expect(run.status == 0, "\(run)")
            }
            let report = try workspace.text("again/runs/0001/report.md")
            let first = try workspace.text(".chimera-gate/runs/0001/report.md")
            #expect(report.prefix { $0 != "#" } == first.prefix { $0 != "#" })
        }
    }

    @Test("junit.xml is valid whatever the verdict", .enabled(if: JUnitSchema.isUsable, JUnitSchema.absence))
    func junitSchema() async throws {
        let workspace = try GateWorkspace()
        func check(_ arguments: String...) async throws -> Int32? {
            let outcome = try await workspace.gate("check", "--session", "measured", and: arguments)
            try await JUnitSchema.expectValid(workspace.file("measured/junit.xml"))
            return outcome.status
        }
        try await ReplayProcess.serving(ReplayProcess.quick + ["--fault-at", "1=cut:5"]) { url in
            _ = try await workspace.measure("run", url, "--runs", "4", "--output", "measured")
            #expect(try await check() == 6)
            _ = try await workspace.measure("run", url, "--output", "whole")
        }
        _ = try await workspace.gate("baseline", "approve", "--session", "whole", "--reason", "a <first> & \"second\"")
        #expect(try await check("--tolerance", "ttft=900%", "--tolerance", "throughput=90%") == 69)
        try workspace.folder.write(GateWorkspace.sample + "metrics: {report/ttft: {max: 1us}}\n", to: "strict.yml")
        #expect(try await check("--config", "strict.yml") == 1)
        let none = try await workspace.measure("check", "http://127.0.0.1:\(LoopbackPort.closed)")
        #expect(none.status == 69)
        try await JUnitSchema.expectValid(workspace.file(".chimera-gate/junit.xml"))
    }
}

/// Our own schema and, where it is there, that of Jenkins' xUnit plugin, by xmllint.
enum JUnitSchema {
    private static let schemas = [SharedData.own.appending(path: "junit.xsd"), SharedData.url("schemas/junit-10.xsd")]
        .map(\.path).filter(FileManager.default.fileExists)
    private static let program = "/usr/bin/xmllint"
    static let isUsable = FileManager.default.isExecutableFile(atPath: program)
    static let absence: Comment = "needs xmllint (Debian: libxml2-utils)"

    static func expectValid(_ file: URL) async throws {
        for schema in schemas {
            let outcome = try await GateWorkspace().run([program, "--noout", "--nonet", "--schema", schema, file.path])
            #expect(outcome.status == 0, "\(outcome)")
        }
    }
}
