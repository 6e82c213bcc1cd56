import Testing

@testable import GateLint

@Suite("Names that are found in texts")
struct NameIndexTests {
    private func mentions(of names: [String], in text: String) -> [[String]] {
        var index = NameIndex()
        for name in names { _ = index.add(Canon.terms(ofName: name), group: 0) }
        let bytes = Array(text.utf8)
        let terms = Terms.of(Tokenizer.tokens(in: bytes, bytes.indices))
        return index.mentions(in: terms) { Lexicon.generic.contains($0) }.map { $0.names.map { names[$0] } }
    }

    @Test("a name that is said as a whole goes before one that shares its words")
    func whole() {
        #expect(mentions(of: ["/api/pay", "/api/pay/refund"], in: "the pay endpoint is slow") == [["/api/pay"]])
        #expect(mentions(of: ["/api/pay", "/api/pay/refund"], in: "the pay refund is slow") == [["/api/pay/refund"]])
    }

    @Test("an owner that other columns call by more words is one owner")
    func organisations() {
        var index = NameIndex()
        _ = index.add(Canon.terms(ofName: "Heron-3-small"), group: 0)
        _ = index.add(Canon.terms(ofName: "Heron-3-large"), group: 0)
        _ = index.add(Canon.terms(ofName: "lakeside/Heron-3-small"), group: 1)
        _ = index.add(Canon.terms(ofName: "lakeside/Heron-3-large"), group: 1)
        let bytes = Array("Heron 3 small takes longest".utf8)
        let found = index.mentions(in: Terms.of(Tokenizer.tokens(in: bytes, bytes.indices))) { _ in false }
        #expect(found.map(\.names) == [[0, 2]])
    }

    @Test("words that all names share tell none of them apart")
    func common() {
        #expect(mentions(of: ["BM_Sort/8", "BM_Find/8", "BM_Join/8"], in: "BM is short for benchmark").isEmpty)
        #expect(mentions(of: ["BM_Sort/8", "BM_Find/8", "BM_Join/8"], in: "Sorting takes longest") == [["BM_Sort/8"]])
    }

    @Test(
        "the data abbreviates what the text spells out",
        arguments: [
            ("val", "validation"), ("cls", "classification"), ("acc", "accuracy"), ("mem", "memory"),
            ("grad", "gradient"),
        ])
    func abbreviations(short: String, long: String) {
        #expect(Aliases.abbreviates(short, long))
        #expect(!Aliases.abbreviates(short, "of"))
    }
}
