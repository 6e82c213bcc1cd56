import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("What is no comparison of two values that stand near it")
struct AccusedTests {
    private static let brews = Sample.facts([
        Sample.table(
            "brews.csv", key: "brew",
            [
                ("amber", ["yield_l": 143.7, "boil_s": 617, "cost_eur": 4.1]),
                ("birch", ["yield_l": 86.5, "boil_s": 1204, "cost_eur": 9.6]),
                ("cedar", ["yield_l": 118.8, "boil_s": 823, "cost_eur": 6.2]),
            ])
    ])

    private static let capped = Sample.facts([
        (0..<12).flatMap { row in
            let labels = [FactLabel(.file, text: "power"), FactLabel(.text, name: "node", text: "n\(row)")]
            return [
                Sample.fact(labels, "limit_ghz", row < 6 ? 2.6 : 2.2, "power.csv", row + 2),
                Sample.fact(labels, "draw_w", 700 - 9.5 * Double(row), "power.csv", row + 2),
            ]
        }
    ])

    private func found(_ text: String, _ facts: ReportFacts = brews) -> [String] { Sample.findings(text, facts) }

    @Test("what a first one was compared with is not what is more than a second one")
    func references() {
        #expect(found("amber: its yield is 143.7 l, 66 % more than birch and 21 % more than cedar.") == [])
        #expect(found("The yield of birch is higher than that of cedar.").contains { $0.contains("I03") })
    }

    @Test("what would have to be more is not")
    func modals() {
        #expect(found("birch would have to give 57.2 l more to catch up (86.5 l against 143.7 l).") == [])
        #expect(
            found("birch gives 57.2 l more than amber (86.5 l against 143.7 l).").contains { $0.contains("I03") })
    }

    @Test("a share of what is counted is no change of the two values before it")
    func shares() {
        #expect(
            found("The boil rose from 617 s to 823 s, and 71 % of the kettles leak.").allSatisfy {
                $0.hasPrefix("warning")
            })
        #expect(found("The boil rose from 617 s to 823 s, which is 71 % more.").contains { $0.contains("I02") })
    }

    @Test("the smallest of what was said before to be gains is none of costs")
    func elliptic() {
        #expect(
            found(
                "At these costs the biggest gain of cost goes to birch with 30.4 points, the smallest to cedar with 7.5."
            )
            .allSatisfy { $0.hasPrefix("warning") })
    }

    @Test("settings that many rows share are not what a change between them is of")
    func settings() {
        #expect(
            found(
                "The limit of 2.6 GHz lowers consumption by 18.7 %, the one of 2.2 GHz by 28.1 %.", Self.capped
            ).allSatisfy { $0.hasPrefix("warning") })
    }

    @Test("what is more frugal is not what is more, where the data has no frugality")
    func qualities() {
        #expect(found("Of the two, amber is more frugal: 4.1 EUR against 9.6 EUR.") == [])
        #expect(found("Of the two, amber costs more: 4.1 EUR against 9.6 EUR.").contains { $0.contains("I03") })
    }

    private static let soak = Sample.facts([
        (1...12).flatMap { minute in
            let labels = [
                FactLabel(.file, text: "soak"), FactLabel(.text, name: "phase", text: minute < 4 ? "cold" : "warm"),
                FactLabel(.key, name: "t", text: "\(minute)"),
            ]
            return [
                Sample.fact(
                    labels, "fps", minute < 4 ? 31.5 - Double(minute) / 2 : 22.7 - Double(minute) / 20, "soak.csv",
                    minute + 1)
            ]
        }
    ])

    @Test("the range of a part of the rows is none of all of them")
    func partialRanges() {
        #expect(found("From minute 4 on, fps stays between 22.1 and 22.5.", Self.soak) == [])
        #expect(found("In all, fps stays between 22.1 and 30.5.", Self.soak).contains { $0.contains("G04") })
    }
}
