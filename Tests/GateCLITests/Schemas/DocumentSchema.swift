import Foundation
import GateCore
import GateFiles
import GateJSON
import GateReports
import GateVerdict
import TestSupport

@testable import GateCLI

/// The schema of a document that is written as the properties of its type. The others are kept by hand: exchange, facts and
/// corpus, which are written piece by piece, judge-case, judge-verdict and config-print, whose members others name.
struct DocumentSchema {
    let name: String
    /// What the document may be.
    let types: [Any.Type]
    /// Nil for what the comment before the type says.
    let head: (title: String, description: String)?

    init(_ name: String, _ types: Any.Type..., head: (title: String, description: String)? = nil) {
        self.name = name
        self.types = types
        self.head = head
    }

    static let all = [
        DocumentSchema("baseline", Baseline.self), DocumentSchema("baseline-change", BaselineChangeDocument.self),
        DocumentSchema("baseline-diff", BaselineDiffDocument.self),
        DocumentSchema("baseline-list", BaselineListDocument.self),
        DocumentSchema("baseline-verify", BaselineVerifyDocument.self),
        DocumentSchema("calibration", CalibrationReport.self),
        DocumentSchema("config-faults", ConfigurationFaultsDocument.self),
        DocumentSchema("explanation", ExplanationDocument<AnyVerdict>.self),
        DocumentSchema("fact-explanation", FactExplanationDocument.self), DocumentSchema("init", InitDocument.self),
        DocumentSchema("junit-merge", JUnitMergeDocument.self),
        DocumentSchema(
            "lint", [LintedFinding].self,
            head: ("lint --format json", "Findings of all reports, in the order of the reports and of their lines.")),
        DocumentSchema("lint-bindings", LintBindingsDocument.self), DocumentSchema("listening", ListeningDocument.self),
        DocumentSchema("passed-calls", PassedCallsDocument.self), DocumentSchema("rules", RulesDocument.self),
        DocumentSchema("schemas", SchemaListDocument.self), DocumentSchema("session", Session.self),
        DocumentSchema("session-overview", SessionOverviewDocument.self),
        DocumentSchema(
            "verdict", Judgement.self, JointJudgement.self,
            head: ("verdict.json", "What was judged: of one session, or of several workloads together.")),
        DocumentSchema("workloads", WorkloadList.self),
    ]

    private struct AnyVerdict: Encodable, Anything {}

    static var comments: SourceComments {
        get throws {
            try SourceComments(of: ["GateCLI", "GateCore", "GateFiles", "GateReports", "GateVerdict", "GateVocabulary"])
        }
    }

    static func file(_ name: String) -> URL {
        SharedData.packageRoot.appending(path: "Sources/GateCLI/Schemas/\(name).schema.json")
    }

    /// The text of the schema, and what nothing is said of.
    func made(_ comments: SourceComments) throws -> (text: String, undescribed: [String]) {
        let session = try JSONValue.parse(Array(Data(contentsOf: Self.file("session"))))
        var schema = TypeSchema(comments, kept: session["$defs"] ?? .null)
        return (schema.text(of: types, title: head?.title, description: head?.description), schema.undescribed)
    }
}
