import GateCore
import TestSupport
import Testing

@testable import GateWorkload

@Suite("The technical report")
struct TechnicalReportTests {
    private func report(_ text: String, persona: Persona, isCut: Bool = false) -> String {
        TechnicalReport(
            persona: persona, date: "2026-11-23", model: "m", agent: AgentConfiguration(model: "m"), text: text,
            corpus: Fixtures.corpus(facts: 2), stages: [], ingestSeconds: 0.25, isCut: isCut
        ).markdown
    }

    private let insight = Persona.insight(AgentConfiguration(model: "m"))

    @Test("its head names the agent as the seed's readers know it")
    func head() {
        let lines = report("Text.", persona: insight).split(separator: "\n").prefix(4)
        #expect(
            lines == [
                "# Chimera Agent B", "# Technical Report: Chimera Agent B Analysis", "**Date:** 2026-11-23",
                "**Agent Type:** Chimera Agent B",
            ])
    }

    @Test("a text that the model did not end says so at its head")
    func cut() {
        #expect(report("Text.", persona: insight, isCut: true).contains("**Complete:** no, the answer was cut off"))
        #expect(!report("Text.", persona: insight).contains("**Complete:**"))
    }

    @Test("what was not measured is said, not left out")
    func nothingMeasured() {
        let text = report("Text.", persona: insight)
        for line in [
            "- Throughput: not reported by the server", "- Tokens Generated: not reported by the server",
            "The report lists no findings.", "The report lists no recommendations.",
            "- Execution time: 0.25s (ingest 0.25s)",
        ] {
            #expect(text.contains(line), "\(line)")
        }
    }

    @Test(
        "options are written as they are given",
        arguments: [
            (0.8, "temp=0.8"), (1, "temp=1"), (0, "temp=0"), (1e300, "temp=1e+300"), (9e15, "temp=9000000000000000"),
        ])
    func configuration(temperature: Double, expected: String) {
        let line = TechnicalReport.configurationLine(AgentConfiguration(model: "m", temperature: temperature))
        #expect(line.contains(expected + ", "), "\(line)")
    }

    @Test("a persona with a code fence of its own stays one block")
    func fence() {
        let persona = Persona(name: "A", role: "a", systemPrompt: "Say:\n````\nx\n````")
        #expect(report("Text.", persona: persona).hasSuffix("`````\nSay:\n````\nx\n````\n`````\n"))
    }
}
