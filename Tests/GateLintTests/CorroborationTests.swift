import GateCore
import Testing

@testable import GateLint

@Suite("What the rest of a report says of how its words were read")
struct CorroborationTests {
    private func found(_ text: String) -> [String] { Sample.findings(text, Sample.ferries) }

    @Test("A column of which nothing is what its words mean is of something else")
    func computedColumn() {
        let head = "| Boat | Load (ms) | Requests |\n|---|---:|---:|\n"
        let right = "| aurora | 214.7 | 1240 |\n| borealis | 163.2 | 990 |\n"
        #expect(found(head + right) == [])
        let other = head.replacing("Load (ms)", with: "Load")
        let doubled = "| aurora | 429.4 | 1240 |\n| borealis | 326.4 | 990 |\n"
        #expect(!found(other + doubled).contains { $0.hasPrefix("error") })
    }

    @Test("A table of which nothing stands in the data is told")
    func inventedTable() {
        let text = """
            | Boat | Load (ms) | Scan (ms) |
            |---|---:|---:|
            | one | 712.9 | 9182.3 |
            | two | 645.1 | 8127.6 |
            """
        #expect(found(text).count { $0.contains("G01") || $0.contains("G04") } == 4, "\(found(text))")
    }

    @Test(
        "Numbers are read as the report writes them",
        arguments: [
            ("0,513 kWh and 12,5 kWh", [0.513, 12.5]), ("1.240,5 ms und 12,5 ms, 0,7 ms", [1240.5, 12.5, 0.7]),
            ("1 240 ms, 3,25 ms, 0,75 ms", [1240, 3.25, 0.75]), ("1,240 ms, 3.25 ms, 0.75 ms", [1240, 3.25, 0.75]),
        ] as [(String, [Double])])
    func notation(text: String, values: [Double]) {
        let bytes = Array(text.utf8)
        let tokens = Tokenizer.tokens(in: bytes, bytes.indices, notation: NumberNotation.of(bytes))
        #expect(tokens.compactMap { $0.number?.value } == values)
    }

    @Test(
        "A slip of the pen is told where so many digits agree by next to no accident",
        arguments: [
            ("The load of aurora is 241.7 ms.", 1), ("The load of aurora is 214.7 s.", 1),
            ("The load of aurora is 214.7 ms.", 0),
        ])
    func slips(text: String, errors: Int) {
        #expect(found(text).count { $0.hasPrefix("error") } == errors, "\(found(text))")
    }

    @Test(
        "Days stand before months in most languages, and months are small there",
        arguments: [
            ("am 27. april 2025", "2025-04-27"), ("27 kwietnia 2025", "2025-04-27"),
            ("el 3 de mayo de 2025", "2025-05-03"), ("27.04.2025", "2025-04-27"),
        ])
    func dates(text: String, date: String) {
        let bytes = Array(text.utf8)
        #expect(Tokenizer.tokens(in: bytes, bytes.indices).compactMap { $0.date?.text } == [date])
    }

    @Test("a slip is told by the digits, unless the value is said beside it")
    func slips() {
        #expect(Sample.findings("Aurora has 12,400 requests.", Sample.ferries) == ["error G04 12,400"])
        #expect(
            Sample.findings("Ten loads of aurora at 214.7 ms have a load of 2,147 ms.", Sample.ferries) == [
                "warning G01 2,147 ms"
            ])
    }

    @Test(
        "a sentence that is understood is wrong in another unit, too",
        arguments: [
            ("The load of aurora is 0.31 s.", ["error G04 0.31 s"]), ("The load of aurora is 0.215 s.", []),
            ("The p95 latency of borealis takes 399,000 µs.", ["error G04 399,000 µs"]),
        ])
    func units(text: String, expected: [String]) { #expect(Sample.findings(text, Sample.ferries) == expected) }
}
