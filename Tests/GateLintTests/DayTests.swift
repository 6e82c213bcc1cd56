import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Days of what is named are those that the data has of it")
struct DayTests {
    /// Three ferries with the day on which each was launched, and two voyages with their stamps.
    private static let data = Sample.facts([
        [("aurora", "2019-04-12", 51.6), ("borealis", "2021-09-30", 77.4), ("calypso", "2023-02-03", 38.9)].enumerated()
            .flatMap { row, ferry -> [Fact] in
                let labels = [FactLabel(.file, text: "fleet"), FactLabel(.text, name: "ferry", text: ferry.0)]
                return [
                    Sample.fact(labels, "length_m", ferry.2, "fleet.csv", row + 2),
                    day(labels, "released", ferry.1, "fleet.csv", row + 2),
                ]
            },
        [("oslo", "2026-01-05T08:10:00Z", 12.5), ("kiel", "2026-01-22T09:30:00Z", 14.25)].enumerated()
            .flatMap { row, port -> [Fact] in
                let labels = [FactLabel(.file, text: "trips"), FactLabel(.text, name: "port", text: port.0)]
                return [
                    Sample.fact(labels, "fuel_t", port.2, "trips.csv", row + 2),
                    day(labels, "timestamp", port.1, "trips.csv", row + 2),
                ]
            },
    ])

    private static func day(_ labels: [FactLabel], _ name: String, _ text: String, _ file: String, _ line: Int) -> Fact
    {
        Fact(
            labels: labels, metric: name, statistic: .raw, dimension: .unknown, unit: nil, value: .date, written: text,
            source: FactSource(file: file, line: line, column: name))
    }

    private func findings(_ text: String) -> [String] { Sample.findings(text, DayTests.data) }

    @Test("a day or a month of another one is wrong")
    func owned() {
        #expect(findings("Aurora was launched in April 2019.") == [])
        #expect(findings("Aurora was launched in September 2021.") == ["error G04 September 2021"])
        #expect(findings("Released on 30 September 2021, Borealis has a length of 77.4 m.") == [])
        #expect(findings("Released on 12 April 2019, Borealis has a length of 77.4 m.") == ["error G04 12 April 2019"])
        #expect(findings("The runs of Kiel were made on 22 January 2026.") == [])
        #expect(findings("The runs of Kiel were made on 5 January 2026.") == ["error G04 5 January 2026"])
    }

    @Test("of all the first and the last")
    func extremes() {
        #expect(findings("The most recently released ferry is Calypso.") == [])
        #expect(
            findings("The most recently released ferry is Aurora.") == ["error I03 recently released ferry is Aurora"])
        #expect(findings("Aurora is the oldest ferry.") == [])
        #expect(findings("Borealis is the oldest ferry.") == ["error I03 Borealis is the oldest"])
        #expect(findings("The first port to be tested was Oslo.") == [])
        #expect(findings("The first port to be tested was Kiel.") == ["error I03 first port to be tested was Kiel"])
    }

    @Test("which of two was earlier")
    func orders() {
        #expect(findings("Aurora was released earlier than Calypso.") == [])
        #expect(
            findings("Aurora was released later than Calypso.") == ["error I03 Aurora was released later than Calypso"])
        #expect(findings("Oslo was tested before Kiel.") == [])
        #expect(findings("Oslo was tested after Kiel.") == ["error I03 Oslo was tested after Kiel"])
    }

    @Test("how many days lie between them")
    func spans() {
        #expect(findings("Kiel was tested 17 days after Oslo.") == [])
        #expect(findings("Kiel was tested 21 days after Oslo.") == ["error I02 21 days"])
        #expect(findings("17 days lie between the tests of Oslo and those of Kiel.") == [])
        #expect(findings("12 days lie between the tests of Oslo and those of Kiel.") == ["error I02 12 days"])
        #expect(findings("1,393 days passed between the release of the oldest and that of the newest ferry.") == [])
        #expect(
            findings("1,200 days passed between the release of the oldest and that of the newest ferry.")
                == ["error I02 1,200 days"])
    }

    @Test("and not where another thing, a part or the end of a stretch is told")
    func asides() {
        #expect(findings("Aurora was repainted in September 2021.") == [])
        #expect(findings("Calypso was not released before Aurora.") == [])
        #expect(findings("The newest ferry is shorter than Borealis.") == [])
        #expect(findings("Aurora would have been released in September 2021.") == [])
        #expect(findings("All tests of Kiel ran between 5 January 2026 and 22 January 2026.") == [])
    }
}
