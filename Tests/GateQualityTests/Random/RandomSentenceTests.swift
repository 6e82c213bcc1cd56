import GateCore
import Testing

@testable import GateQuality

/// By simulation: what is true of random tables draws no finding, and one change that makes it false is found.
@Suite("Sentences about random tables") struct RandomSentenceTests {
    @Test(
        "one true text in fifty at most draws a finding; 97 of 100 false ones are found, of each kind of change 9 of 10"
    )
    func sentences() {
        var (sound, alarms): (Int, [String]) = (0, [])
        var made: [RandomSentence.Change: Int] = [:]
        var missed: [RandomSentence.Change: [String]] = [:]
        for seed in UInt64(1)...25 {
            var facts = RandomFacts(seed: seed)
            let store = facts.store
            func draws(_ text: String) -> Bool {
                ReportCheck.assess("## Performance Analysis\n\n\(text)\n", against: store).findings
                    .contains { $0.severity != .info }
            }
            for text in facts.texts() {
                sound += 1
                // A finding in the true text would make its variants look found.
                guard !draws(text.text) else {
                    alarms.append(text.text)
                    continue
                }
                for variant in text.variants {
                    made[variant.change, default: 0] += 1
                    if !draws(variant.text) { missed[variant.change, default: []].append(variant.text) }
                }
            }
        }
        #expect(sound > 250 && made.values.reduce(0, +) > 1_000)
        #expect(alarms.count * 50 <= sound, "\(alarms.count) of \(sound): \(alarms.prefix(5))")
        let all = missed.values.reduce(0) { $0 + $1.count }
        let examples = missed.values.flatMap { $0.prefix(3) }
        #expect(all * 100 <= 3 * made.values.reduce(0, +), "\(all) missed: \(examples)")
        for change in RandomSentence.Change.allCases {
            let count = missed[change]?.count ?? 0
            #expect(count * 10 <= made[change] ?? 0, "\(change): \(count) missed: \(missed[change]?.first ?? "")")
        }
    }
}
