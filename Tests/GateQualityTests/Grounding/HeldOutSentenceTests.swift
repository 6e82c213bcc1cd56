import Foundation
import GateCore
import GateJSON
import Testing

@testable import GateQuality

/// Sentences in other words than the labelled reports', written from the same facts before the checker was run on them; it
/// was mended by what they showed. `HeldOut/sentences.jsonl` has the facts, the text, and what is wrong in it (null where
/// nothing is).
@Suite("True and false sentences in other words", .enabled(if: LabelledReports.isPresent, "no facts"))
struct HeldOutSentenceTests {
    private struct Sentence {
        let facts: String
        let text: String
        let wrong: String?
    }

    private static func sentences() throws -> [Sentence] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("HeldOut/sentences.jsonl")
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map { line in
            let json = try JSONValue.parse(Array(line.utf8))
            return Sentence(
                facts: json["facts"]?.string ?? "", text: json["text"]?.string ?? "", wrong: json["wrong"]?.string)
        }
    }

    @Test(
        "One true sentence in sixteen at most draws a finding, one in a hundred an error; nine false ones in ten are found"
    )
    func sentences() throws {
        var facts: [String: FactStore] = [:]
        var (alarms, errors, found, missed): ([String], [String], Int, [String]) = ([], [], 0, [])
        let sentences = try Self.sentences()
        for sentence in sentences {
            let store = try facts[sentence.facts] ?? FactStore(LabelledReports.json(sentence.facts))
            facts[sentence.facts] = store
            let findings = ReportCheck.assess("## Performance Analysis\n\n\(sentence.text)\n", against: store).findings
                .filter { $0.severity != .info }
            if let wrong = sentence.wrong {
                let isFound = findings.contains { wrong.contains($0.claim) || $0.claim.contains(wrong) }
                if isFound { found += 1 } else { missed.append(sentence.text) }
            } else if !findings.isEmpty {
                alarms.append(sentence.text)
                if findings.contains(where: { $0.severity == .error }) { errors.append(sentence.text) }
            }
        }
        let sound = sentences.count { $0.wrong == nil }
        #expect(alarms.count * 16 <= sound, "\(alarms)")
        #expect(errors.count * 100 <= sound, "\(errors)")
        #expect(found * 10 >= (sentences.count - sound) * 9, "\(missed)")
    }
}
