import GateCore
import Testing

@Suite struct `Display format` {
    @Test(
        "numbers have exactly the decimals that were asked for",
        arguments: [
            (0.0, 2, "0.00"), (1.006, 2, "1.01"), (-0.004, 2, "0.00"), (-1.5, 0, "-2"), (0.05, 1, "0.1"),
            (12345.678, 1, "12345.7"), (99.995, 2, "100.00"), (.infinity, 2, "n/a"), (.nan, 0, "n/a"),
        ])
    func fixed(value: Double, decimals: Int, text: String) {
        #expect(DisplayFormat.fixed(value, decimals: decimals) == text)
    }

    @Test("times have the unit that people would say, small ratios digits that tell something, counts no decimals")
    func units() {
        #expect(DisplayFormat.value(0.43120, unit: .seconds) == "431.20 ms")
        #expect(DisplayFormat.value(9.5, unit: .seconds) == "9500.00 ms")
        #expect(DisplayFormat.value(95, unit: .seconds) == "95.00 s")
        #expect(DisplayFormat.value(5_700, unit: .seconds) == "95.00 min")
        #expect(DisplayFormat.value(0.00005, unit: .ratio) == "0.00005")
        #expect(DisplayFormat.value(0.5, unit: .ratio) == "0.5000")
        #expect(DisplayFormat.value(41.0249, unit: .tokensPerSecond) == "41.02 tok/s")
        #expect(DisplayFormat.value(214, unit: .count) == "214")
        #expect(DisplayFormat.value(214.5, unit: .count) == "214.5")
    }

    @Test("a change has its sign, and none where it rounds to nothing")
    func change() {
        #expect(DisplayFormat.change(0.2114) == "+21.1%")
        #expect(DisplayFormat.change(-0.3) == "-30.0%")
        #expect(DisplayFormat.change(-0.0001) == "0.0%")
        #expect(DisplayFormat.change(.infinity) == "n/a")
    }

    @Test(
        "a figure of a sentence has only digits that tell something",
        arguments: [
            (0.0, "0"), (12.0, "12"), (1_234_567.0, "1234567"), (1234.56, "1235"), (1.23456, "1.235"), (9.99999, "10"),
            (0.00123456, "0.001235"), (-0.5, "-0.5"), (.nan, "n/a"), (1e300, "1e+300"),
        ])
    func significant(value: Double, text: String) {
        #expect(DisplayFormat.significant(value, digits: 4) == text)
    }

    @Test("zeros at the end tell nothing, those of a whole number do") func trimmed() {
        #expect(DisplayFormat.trimmed(5.0, decimals: 1) == "5")
        #expect(DisplayFormat.trimmed(5.25, decimals: 3) == "5.25")
        #expect(DisplayFormat.trimmed(100, decimals: 0) == "100")
    }

    @Test("a share is a percentage, a span of time seconds") func phrases() {
        #expect(DisplayFormat.percent(0.2145) == "21.5%")
        #expect(DisplayFormat.percent(0.5, decimals: 0) == "50%")
        #expect(DisplayFormat.seconds(12.64) == "12.6 s")
    }
}
