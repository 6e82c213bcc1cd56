import Foundation
import GateCore
import GateJSON
import Testing

@testable import GateQuality

/// Reports that the small real model wrote twice over: with the prompts of `chimera-gate run`, and with what the original
/// agent's prompts contained. `ci/benchmarks/groundedness/measure.py` records them and prints the same comparison.
@Suite("Recorded reports") struct RecordedGroundednessTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("ci/benchmarks/groundedness/recorded")

    private func claims(_ arm: String) throws -> [ClaimCounts] {
        let facts = try JSONValue.parse(Array(Data(contentsOf: Self.folder.appendingPathComponent("facts.json"))))
        let store = FactStore(facts)
        let folder = Self.folder.appendingPathComponent(arm)
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map { name in
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            return ReportCheck.assess(text, against: store).claims
        }
    }

    private func groundedness(_ claims: [ClaimCounts]) -> (grounded: Int, share: Double) {
        let grounded = claims.reduce(0) { $0 + $1.grounded + $1.derivable }
        let all = claims.reduce(0) { $0 + $1.checkable }
        return (grounded, Double(grounded) / Double(max(1, all)))
    }

    @Test("facts with their owners and the date make reports that say more, and more of it is true")
    func facts() throws {
        let (facts, names) = (try claims("facts"), try claims("names"))
        #expect(facts.count >= 6 && facts.count == names.count)
        let (ours, original) = (groundedness(facts), groundedness(names))
        #expect(ours.grounded > 2 * original.grounded, "\(ours) \(original)")
        #expect(ours.share > original.share, "\(ours) \(original)")
    }
}
