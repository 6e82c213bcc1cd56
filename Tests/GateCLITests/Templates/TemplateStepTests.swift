import Foundation
import TestSupport
import Testing

/// The steps of templates that act on the status themselves, with a program in the place of chimera-gate that ends as it is
/// told.
@Suite("The steps of templates") struct TemplateStepTests {
    private static let commit = String(repeating: "0", count: 40)

    let gate: StandInGate

    init() throws { gate = try StandInGate(at: ".cache/chimera-gate/\(Self.commit)/bin/chimera-gate") }

    private func run(
        _ script: String, _ statuses: String = ""
    ) throws -> (status: Int32?, calls: [String], output: String) {
        try gate.bash(
            ["-eo", "pipefail", "-c", "cd \"$HOME\"\n" + script], statuses: statuses,
            environment: ["CHIMERA_GATE_COMMIT": Self.commit, "CHIMERA_GATE_SOURCE": "file:///nowhere"])
    }

    @Test(
        "try again what may be over by then, forgive what was not decided, and nothing else",
        arguments: ["templates/azure-pipelines.yml", "templates/circleci.yml"])
    func statuses(_ path: String) throws {
        let script = try #require(
            try PipelineTemplateTests.scripts(path).first { $0.contains(" check --machine-class") })
        let expected: [(statuses: String, status: Int32, calls: Int)] = [
            ("0", 0, 1), ("5", 0, 1), ("69 0", 0, 2), ("75 69", 69, 2), ("69 5", 0, 2), ("75 1", 1, 2), ("1 0", 1, 1),
            ("3 0", 3, 1), ("6 0", 6, 1), ("7 0", 7, 1), ("78 0", 78, 1),
        ]
        for (statuses, status, calls) in expected {
            let ended = try run(script, statuses)
            #expect(ended.status == status && ended.calls.count == calls, "\(statuses): \(ended)")
            #expect(ended.output.contains("not decided") == (status == 0 && statuses.hasSuffix("5")), "\(ended)")
        }
    }

    @Test("install nothing where the program of this commit is, and name what is not filled in")
    func install() throws {
        for path in ["templates/azure-pipelines.yml", "templates/circleci.yml"] {
            let script = try #require(try PipelineTemplateTests.scripts(path).first { $0.contains("ci/install") })
            #expect(try run(script).status == 0, "\(path)")
            let unfilled = try run("CHIMERA_GATE_COMMIT=main\n" + script)
            #expect(unfilled.status == 64 && unfilled.output.contains("set CHIMERA_GATE_SOURCE"), "\(unfilled)")
        }
    }

    @Test("CircleCI finds junit.xml alone in a folder that is not hidden, and an empty one where nothing was written")
    func results() throws {
        let script = try #require(
            try PipelineTemplateTests.scripts("templates/circleci.yml").first { $0.contains("cp -R") })
        #expect(try run(script).status == 0)
        try gate.folder.write("<testsuites/>", to: ".chimera-gate/junit.xml")
        try gate.folder.write("# passed", to: ".chimera-gate/summary.md")
        #expect(try run(script).status == 0)
        #expect(try gate.text("chimera-gate-results/tests/chimera-gate/junit.xml") == "<testsuites/>")
        #expect(try gate.text("chimera-gate-results/session/summary.md") == "# passed")
    }
}
