import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Which way a metric goes is told without a number")
struct TrendTests {
    private func findings(_ text: String) -> [String] { Sample.findings(text, Sample.servers) }

    @Test("from one key to another")
    func keys() {
        #expect(findings("For pine, going from 1 to 64 clients raises the TTFT.") == [])
        #expect(findings("For pine, going from 1 to 64 clients lowers the TTFT.") == ["error I03 lowers"])
        #expect(findings("Between 1 and 64 clients the throughput of oak grows.") == [])
        #expect(findings("Between 1 and 64 clients the throughput of oak falls.") == ["error I03 falls"])
    }

    @Test("a run that alone has both keys is not what another name is said of")
    func otherRuns() {
        func row(_ file: String, _ server: String, _ key: String, _ clients: Int, _ ttft: Double) -> Fact {
            Sample.fact(
                [
                    FactLabel(.file, text: file), FactLabel(.text, name: "server", text: server),
                    FactLabel(.key, name: key, text: "\(clients)"),
                ], "ttft_ms", ttft, "\(file).csv", clients)
        }
        let facts = Sample.facts([
            [row("one", "pine", "clients", 1, 82.5), row("one", "pine", "clients", 64, 164.6)],
            [row("two", "oak", "load", 1, 90.5), row("two", "oak", "load", 64, 117.2)],
        ])
        let oak = Sample.findings("From 1 to 64 clients the TTFT of oak grows by 29.5 %.", facts)
        #expect(oak.filter { $0.hasPrefix("error") } == [])
        #expect(Sample.findings("From 1 to 64 clients the TTFT of pine grows by 99.5 %.", facts) == [])
        #expect(
            Sample.findings("From 1 to 64 clients the TTFT of pine grows by 29.5 %.", facts) == ["error I02 29.5 %"])
    }

    @Test("along all of a key")
    func series() {
        #expect(findings("The throughput rises with the number of clients.") == [])
        #expect(findings("The throughput falls with the number of clients.") == ["error I03 falls"])
    }

    @Test("for better or worse, as the metric has it")
    func preferences() {
        #expect(findings("Moving pine from 1 to 64 clients worsens its TTFT.") == [])
        #expect(findings("Moving pine from 1 to 64 clients improves its TTFT.") == ["error I03 improves"])
    }

    @Test("and not what is denied, planned, or true of a part of the way")
    func asides() {
        #expect(findings("Between 1 and 64 clients the throughput of oak never falls.") == [])
        #expect(findings("Between 1 and 64 clients the throughput of oak should fall.") == [])
        #expect(findings("Between 1 and 64 clients the throughput of oak first falls.") == [])
    }
}
