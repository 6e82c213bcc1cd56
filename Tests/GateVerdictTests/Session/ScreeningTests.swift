import GateCore
import GateVerdict
import TestSupport
import Testing

@Suite("The screen before pairs")
struct ScreeningTests {
    private func flags(daysLater days: Int64, seed: String = "00000000deadbeef", cpuModel: String? = nil) -> [String] {
        let later = UTCTime(unixSeconds: Fixtures.start.unixSeconds + days * 86_400)
        let runs = (1...5).map { Fixtures.run($0) }
        let session = Fixtures.session(
            runs: runs, cpuModel: cpuModel ?? "AMD EPYC 7763", base: Fixtures.base(seed: seed), startedAt: later)
        let baseline = Fixtures.baseline(Fixtures.session(runs: runs))
        return Screening(session: session, baseline: baseline, policy: Policy()).flags
    }

    @Test("a head like a fresh baseline needs no pairs")
    func fresh() {
        #expect(flags(daysLater: 0) == [])
        #expect(flags(daysLater: 30) == [])
    }

    @Test("an old baseline clears nobody")
    func old() {
        #expect(flags(daysLater: 31) == ["the stored baseline is 31 days old, and after 30 it clears nobody"])
    }

    @Test("nor does one of another machine, and every twentieth seed asks for pairs anyway")
    func otherMachineAndAudit() {
        #expect(
            flags(daysLater: 0, cpuModel: "Xeon")
                == ["the stored baseline is of another CPU: AMD EPYC 7763, here Xeon"])
        #expect(
            flags(daysLater: 0, seed: "0000000000000014")
                == ["nothing is suspicious, but every 20th check is decided by pairs all the same"])
    }
}
