import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Numbers of a table that values come to in one way")
struct CommonComputationTests {
    private static let looms = ["ash", "birch", "cedar", "dogwood"]

    /// Four looms with twenty shifts each.
    private static let shifts = Sample.facts([
        looms.enumerated().flatMap { loom, name in
            (0..<20).flatMap { shift in
                let labels = [
                    FactLabel(.file, text: "shifts"), FactLabel(.text, name: "loom", text: name),
                    FactLabel(.text, name: "shift", text: "s\(shift)"),
                ]
                let row = 2 + loom * 20 + shift
                return [
                    Sample.fact(
                        labels, "idle_s", 12.3 + 7.1 * Double(loom) + Double((shift * 7) % 11) / 3, "shifts.csv", row),
                    Sample.fact(
                        labels, "picks", Double(81_307 + 9_411 * loom + (shift * 613) % 997), "shifts.csv", row),
                ]
            }
        }
    ])

    private static func values(_ metric: String, _ loom: Int) -> [Double] {
        shifts.relation.columns.first { $0.name == metric && $0.statistic == .raw }?.entries.map {
            shifts.relation.entries[$0].value
        }.enumerated().filter { $0.offset / 20 == loom }.map(\.element) ?? []
    }

    private static func table(_ name: String, _ cells: [String]) -> String {
        "| | ash | birch | cedar | dogwood |\n|---|---|---|---|---|\n| \(name) | \(cells.joined(separator: " | ")) |\n"
    }

    private static let means = (0..<4).map { loom in
        let values = values("idle_s", loom)
        return shown((10 * values.reduce(0, +) / Double(values.count)).rounded() / 10)
    }

    private static let sums = (0..<4).map { loom in
        shown((values("picks", loom).reduce(0, +) / 1e4).rounded() / 100)
    }

    @Test("a mean among means that is none is an error, by row and by column")
    func means() {
        let found = findings("Mean idle (s)", Self.means, slip: 2, "31.9")
        var wrong = Self.means
        wrong[2] = "31.9"
        #expect(found.count == 1 && found[0].contains("G04") && found[0].contains("31.9"), "\(found)")
        let column =
            "| Loom | Mean idle (s) |\n|---|---|\n"
            + zip(Self.looms, wrong).map { "| \($0) | \($1) |\n" }.joined()
        #expect(Sample.findings(column, Self.shifts).contains { $0.contains("G04") && $0.contains("31.9") })
    }

    private func findings(_ name: String, _ cells: [String], slip: Int, _ wrong: String) -> [String] {
        var cells = cells
        #expect(Sample.findings(Self.table(name, cells), Self.shifts) == [])
        cells[slip] = wrong
        return Sample.findings(Self.table(name, cells), Self.shifts)
    }

    @Test("sums in millions are such, though nothing calls them sums; one with a slipped point is none")
    func sums() {
        let found = findings("Picks (million)", Self.sums, slip: 1, "18.24")
        #expect(found.contains { $0.contains("G04") && $0.contains("18.24") }, "\(found)")
    }

    @Test("where two are of no such kind nothing is said of either")
    func others() {
        var wrong = Self.means
        wrong[1] = "17.7"
        wrong[2] = "31.9"
        #expect(!Sample.findings(Self.table("Mean idle (s)", wrong), Self.shifts).contains { $0.contains("G04") })
    }

    @Test("a sentence of means tells which of them is none")
    func sentences() {
        func sentence(_ values: [String]) -> String {
            "On average the idle time is "
                + zip(values, Self.looms).map { "\($0) s for \($1)" }.joined(separator: ", ") + "."
        }
        #expect(Sample.findings(sentence(Self.means), Self.shifts) == [])
        var wrong = Self.means
        wrong[2] = "31.9"
        #expect(Sample.findings(sentence(wrong), Self.shifts).contains { $0.contains("G04") && $0.contains("31.9") })
    }
}
