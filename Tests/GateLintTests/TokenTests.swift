import GateVocabulary
import Testing

@testable import GateLint

@Suite("Words and numbers of a text")
struct TokenTests {
    private func tokens(_ text: String) -> [Token] {
        let bytes = Array(text.utf8)
        return Tokenizer.tokens(in: bytes, bytes.indices)
    }

    @Test(
        "numbers have the unit that stands behind them",
        arguments: [
            ("12.5 ms", 12.5, "ms"), ("15.6ms", 15.6, "ms"), ("51.6 tok/s", 51.6, "tok/s"),
            ("84.7 requests per minute", 84.7, "request/min"),
            ("2.77x", 2.77, "x"), ("40%", 40, "%"), ("1,081.79 s", 1081.79, "s"), ("2.6 billion bytes", 2.6e9, "bytes"),
            ("75.3 GB/s", 75.3, "GB/s"),
        ])
    func units(text: String, value: Double, unit: String) throws {
        let number = try #require(tokens(text).first?.number)
        #expect(abs(number.value - value) < 1e-9 * value)
        let expected = try #require(MeasuredUnit(unit))
        #expect(number.unit?.dimension == expected.dimension)
        #expect(number.unit?.factor == expected.factor)
    }

    @Test("a size has numbers on both sides of its cross, a factor has one")
    func sizes() {
        #expect(tokens("8192×4096×64").compactMap(\.number).map { $0.unit?.name } == [nil, nil, nil])
        #expect(tokens("8192×4096×64").compactMap(\.number).map(\.value) == [8192, 4096, 64])
        #expect(tokens("2.77× faster").compactMap(\.number).map { $0.unit?.name } == ["x"])
    }

    @Test(
        "numbers in words are one number",
        arguments: [
            ("nine", 9), ("twenty", 20), ("sixty-four", 64), ("Forty three", 43), ("two hundred", 200),
            ("two hundred and fifty", 250), ("a hundred", 100), ("thirty-two thousand", 32_000), ("five million", 5e6),
        ])
    func numerals(text: String, value: Double) {
        let tokens = tokens(text + " boats")
        #expect(tokens.compactMap(\.number).map(\.value) == [value])
        #expect(tokens.first?.number?.isSpelled == true)
    }

    @Test("words that are no numbers stay words", arguments: ["one", "a", "hundred", "tenants"])
    func noNumerals(text: String) {
        #expect(tokens(text + " boats").compactMap(\.number).isEmpty)
    }

    @Test("what is counted is a word of the sentence, too")
    func counted() {
        let tokens = tokens("5,000 steps")
        #expect(tokens.count == 2)
        #expect(tokens.first?.number?.unit?.dimension == .count)
        #expect(tokens.last?.text == "steps")
    }

    @Test("a number prints a value that is rounded or cut off, and no other")
    func printing() throws {
        let number = try #require(tokens("0.58").first?.number)
        #expect(number.prints(0.5764) && number.prints(0.5849))
        #expect(!number.prints(0.5699) && !number.prints(0.5901))
    }

    @Test("numbers that no Int can hold are numbers", arguments: ["9223372036854775808", "1e300", "1e999", "1e-400"])
    func huge(text: String) {
        #expect(tokens(text).first?.number != nil)
        #expect(tokens(text).first?.number?.int == nil || text == "1e-400")
    }

    @Test(
        "words of one stem are one",
        arguments: [
            ("encodes", "encode"), ("running", "run"), ("latencies", "latency"), ("utilisation", "utilization"),
        ])
    func stems(one: String, other: String) {
        #expect(stem(one) == stem(other))
    }

    @Test("other names of one thing are one term")
    func synonyms() {
        #expect(Canon.terms(ofName: "time_to_first_token") == Canon.terms(ofName: "TTFT"))
        #expect(Canon.terms(ofName: "Response Time") == Canon.terms(ofName: "latency"))
    }

    @Test("a time behind a month is no day of it")
    func timesBehindMonths() throws {
        let tokens = tokens("since 18 May, 17:52")
        let date = try #require(tokens.compactMap(\.date).first)
        #expect((date.month, date.day, date.hasYear) == (5, 18, false))
        #expect(tokens.compactMap(\.date).count == 1)
    }
}
