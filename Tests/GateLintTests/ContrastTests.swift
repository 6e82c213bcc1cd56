import GateCore
import Testing

@testable import GateLint

@Suite("Pairs of values that a number is drawn from")
struct ContrastTests {
    /// Three looms at two widths; one column more than the sentences speak of.
    private static let looms = Sample.facts([
        loom("plain", [(40, 12.5, 61.0), (80, 20.0, 64.5)]), loom("twill", [(40, 10.0, 70.5), (80, 15.0, 71.0)]),
        loom("satin", [(40, 7.0, 80.5), (80, 11.0, 77.0)]),
    ])

    private static func loom(_ name: String, _ rows: [(Int, Double, Double)]) -> [Fact] {
        rows.enumerated().flatMap { index, row in
            [("speed_m_per_s", row.1), ("yield_pct", row.2)].map { metric, value in
                Sample.fact(
                    [FactLabel(.text, name: "loom", text: name), FactLabel(.key, name: "width", text: "\(row.0)")],
                    metric, value, "looms.csv", index + (name == "plain" ? 2 : name == "twill" ? 4 : 6))
            }
        }
    }

    @Test("what is compared with stands behind than, also where its number is in brackets")
    func bracketed() {
        let text = "The load of calypso is 321.4 ms, 97 % more than that of borealis (163.2)."
        #expect(Sample.findings(text, Sample.ferries) == [])
        #expect(Sample.findings(text.replacing("more", with: "less"), Sample.ferries).count == 1)
    }

    @Test(
        "two numbers of a sentence come to the third",
        arguments: [
            ("Plain makes 12.5 m/s where twill makes 10.0 m/s (1.25x).", 0),
            ("Plain makes 12.5 m/s where twill makes 10.0 m/s (1.52x).", 1),
            ("Twill makes 10.0 m/s, while that of plain is 25 % higher at 12.5 m/s.", 0),
            ("Twill makes 10.0 m/s, while that of plain is 52 % higher at 12.5 m/s.", 1),
            ("Twill makes 10.0 m/s, while that of plain is 25 % lower at 12.5 m/s.", 1),
            ("Plain makes 12.5 m/s where twill makes 10.0 m/s, 30 % more than last year.", 0),
        ])
    func printed(text: String, errors: Int) { expect(text, errors: errors) }

    @Test(
        "a value and that of the other owner that is named",
        arguments: [
            ("With width 40, twill has a yield of 70.5 %; plain is 9.5 points behind.", 0),
            ("At width 40 twill makes 10.0 m/s, plain 25 % more.", 0),
            ("At width 40 twill makes 10.0 m/s, plain 25 % less.", 1),
        ])
    func referred(text: String, errors: Int) { expect(text, errors: errors) }

    @Test(
        "which is more is told by what is alike in all else",
        arguments: [
            ("The yield of twill is higher than that of plain.", 0),
            ("The yield of twill is lower than that of plain.", 1),
            ("The speed of plain is higher than that of twill.", 0),
            ("The speed of plain is lower than that of twill.", 1),
            ("The speed of plain at 40 is lower than that of twill at 80.", 0),
            ("The highest yield is that of the dense satin.", 0), ("The highest yield is that of twill.", 1),
            ("The highest speed is that of plain.", 0),
            ("The lowest speed is that of plain.", 1),
            ("Satin is slow, but has the highest yield.", 0), ("Twill is slow, but has the highest yield.", 1),
        ])
    func orders(text: String, errors: Int) { expect(text, errors: errors) }

    private func expect(_ text: String, errors: Int) {
        let found = Sample.findings(text, Self.looms)
        #expect(found.count == errors && found.allSatisfy { $0.hasPrefix("error I0") }, "\(found)")
    }
}
