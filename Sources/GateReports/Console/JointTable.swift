import GateCore
import GateVerdict

/// What `check` prints of several workloads: each as by itself, then what they come to.
public struct JointTable: Sendable {
    private let table: ConsoleTable

    public init(width: Int? = nil, isColoured: Bool = false) {
        table = ConsoleTable(width: width, isColoured: isColoured)
    }

    /// The one line that is left of it where somebody wants no more.
    public static func headline(of joint: JointInput) -> String { JointConclusion(joint.judgement).headline }

    public func render(_ joint: JointInput) throws -> String {
        var text = ""
        for report in joint.reports {
            text += "workload \(ConsoleText.line(report.part.name))\n"
            switch report.content {
            case .judged(let input): text += try table.render(input)
            case .notMeasured(let attempt):
                text += lines("Not judged: \(attempt.message)") + lines(attempt.remedy, prefix: "- ")
            }
            text += "\n"
        }
        let conclusion = JointConclusion(joint.judgement)
        for sentence in [conclusion.headline, conclusion.basis, conclusion.leftOut].compactMap(\.self) {
            text += lines(sentence)
        }
        for warning in joint.judgement.warnings {
            text += lines("warning: \(warning.message). \(warning.remedy)", prefix: "- ")
        }
        return text
    }

    private func lines(_ text: String, prefix: String = "") -> String {
        ConsoleText.wrapped(ConsoleText.line(text), columns: table.width, prefix: prefix)
            .map { "\($0)\n" }.joined()
    }
}
