import Testing

@testable import GateReports

@Suite struct VisibleTextTests {
    @Test("control characters are seen, not obeyed; lines and tabs stay")
    func controls() {
        #expect(VisibleText.lines("a\u{0}\u{1B}[1m\u{7F}\u{9B}\tb\nc") == "a\u{2400}\u{241B}[1m\u{2421}\u{FFFD}\tb\nc")
        #expect(VisibleText.lines("a\r\nb\rc\u{2028}d") == "a\nb\u{240D}c\nd")
        #expect(VisibleText.lines("\u{FFFE}\u{FFFF}\u{202E}x\u{2069}") == "\u{FFFD}\u{FFFD}[U+202E]x[U+2069]")
        #expect(VisibleText.lines("grün \u{1F468}\u{200D}\u{1F469} 你好") == "grün \u{1F468}\u{200D}\u{1F469} 你好")
    }

    @Test("a line has no breaks and ends at its limit")
    func line() {
        #expect(VisibleText.line(" a\r\n\tb  c ") == "a b c")
        #expect(VisibleText.line("abcdef", limit: 6) == "abcdef")
        #expect(VisibleText.line("abcdefg", limit: 6) == "abcde…")
    }

    @Test("a cut falls between code points and is said, within the limit")
    func cut() {
        let text = String(repeating: "ü", count: 100)
        #expect(VisibleText.block(text, bytes: 200) == text)
        let cut = VisibleText.block(text, bytes: 199)
        #expect(cut.utf8.count <= 199)
        #expect(cut == String(repeating: "ü", count: 85) + "\n… (cut; 200 bytes in all)")
        #expect(VisibleText.block(text, bytes: 200) { "[" + $0 }.hasSuffix("bytes in all)"))
        let endless = String(repeating: " ", count: 1_000_000) + "x"
        #expect(VisibleText.line(endless, limit: 10) == "…")
    }
}
