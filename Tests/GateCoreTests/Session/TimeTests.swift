import GateCore
import Testing

@Suite struct `UTC time` {
    @Test(
        "a moment is written as ISO 8601 and read back",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_795_465_800, "2026-11-23T20:30:00Z"),
            (-1, "1969-12-31T23:59:59Z"), (4_107_542_399, "2100-02-28T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] as [(Int64, String)])
    func roundTrip(seconds: Int64, text: String) {
        #expect(UTCTime(unixSeconds: seconds).description == text)
        #expect(UTCTime(iso8601: text)?.unixSeconds == seconds)
    }

    @Test("the data summary's form has a space and the zone")
    func spaced() {
        #expect(UTCTime(unixSeconds: 1_795_465_800).spaced == "2026-11-23 20:30:00 UTC")
    }

    @Test(
        "other forms are refused",
        arguments: ["", "2026-11-23", "2026-11-23T20:30:00+01:00", "2026-13-23T20:30:00Z", "2026-11-23T2x:30:00Z"])
    func refused(text: String) {
        #expect(UTCTime(iso8601: text) == nil)
    }
}
