import GateStream
import Testing

@Suite("The memory of the program's code")
struct ProgramCodeTests {
    #if os(Linux)
        @Test("it is given back, again and again, and everything still runs")
        func forgotten() throws {
            for _ in 0..<3 { #expect(ProgramCode.forgetUnused() > 1_000_000) }
            var stamps = TokenStamps()
            for offset: Int64 in [5, 7, 5_000_000_000] { stamps.append(offset) }
            #expect(stamps.gaps == [2, 4_999_999_993])
        }
    #endif
}
