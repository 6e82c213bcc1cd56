import GateJSON
import Testing

@Suite("decimal numbers") struct DecimalTextTests {
    @Test(
        "every number is rounded as the standard library rounds it",
        arguments: [
            "0", "-0", "1", "+1.5", ".5", "5.", "007", "0.1", "181.96533720183703", "9007199254740993", "1e22", "1e23",
            "123456789012345678901234567890", "4.9e-324", "2.2250738585072011e-308", "1.7976931348623157e308", "1e-999",
            "8.5E-3", "0.30000000000000004", "9007199254740992e22", "99999999999999999999e-20",
        ])
    func correctlyRounded(_ text: String) {
        let expected = Double(text.hasSuffix(".") ? text + "0" : text.hasPrefix(".") ? "0" + text : text)
        #expect(DecimalText.double(text) == expected)
    }

    @Test("random numbers are rounded correctly") func random() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<20_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            #expect(DecimalText.double(value.description) == value)
            let short = "\(Int32.random(in: .min ... .max)).\(UInt16.random(in: 0 ... .max))"
            #expect(DecimalText.double(short) == Double(short))
        }
    }

    @Test(
        "what is no decimal number is nil",
        arguments: [
            "", "-", ".", "e5", "1e", "1e+", "1 ", " 1", "1x", "nan", "inf", "0x1p3", "1,000", "1e400", "--1", "1.2.3",
        ])
    func refused(_ text: String) {
        #expect(DecimalText.double(text) == nil)
    }
}
