import GateCore
import GateVerdict

/// `index.html` of several workloads: the one verdict, and the way to the page of each.
public struct JointPage {
    private let joint: JointInput
    private let conclusion: JointConclusion

    public init(_ joint: JointInput) {
        self.joint = joint
        conclusion = JointConclusion(joint.judgement)
    }

    public func render() -> String {
        HTMLNode.page(
            title: "chimera-gate: \(joint.judgement.overall.words)",
            body: [
                .tag(
                    "header", class: "verdict \(joint.judgement.overall.tone)", [:],
                    [.tag("h1", conclusion.headline)]
                        + [conclusion.basis, conclusion.leftOut, "Exit code \(joint.judgement.exitCode)."]
                        .compactMap(\.self).map { .tag("p", $0) }),
                .tag("main", [:], [workloads] + warnings),
            ])
    }

    private var workloads: HTMLNode {
        let rows = joint.reports.map { report in
            let judgement = report.part.judgement
            return HTMLNode.row(
                name(report),
                [
                    .tag("td", judgement.machineClass),
                    .tag("td", class: "outcome \(judgement.overall.tone)", judgement.overall.words),
                    .tag("td", VisibleText.line(report.headline, limit: 1000)),
                ])
        }
        return .tag(
            "section", ["id": "workloads"],
            [
                .tag("h2", "Workloads"),
                .table("Workloads", header: ["workload", "machine class", "verdict", "why"], rows),
            ])
    }

    /// With a link, where it has a page of its own.
    private func name(_ report: JointInput.Report) -> HTMLNode {
        guard case .judged = report.content else { return .text(report.part.name) }
        return .tag("a", ["href": "\(report.part.folder)/index.html"], [.text(report.part.name)])
    }

    private var warnings: [HTMLNode] {
        guard !joint.judgement.warnings.isEmpty else { return [] }
        let shown = joint.judgement.warnings.prefix(SummaryMarkdown.longestList)
        let list = HTMLNode.list(shown.map { "\($0.message). \($0.remedy)" })
        return [.tag("section", ["id": "warnings"], [.tag("h2", "Warnings"), list])]
    }
}

extension HTMLNode {
    /// A whole document under the policy that Jenkins serves pages of builds by.
    static func page(title: String, body: [HTMLNode]) -> String {
        let head = [
            HTMLNode.tag("meta", ["charset": "utf-8"]),
            .tag("meta", ["http-equiv": "Content-Security-Policy", "content": IndexPage.contentPolicy]),
            .tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
            .tag("meta", ["name": "robots", "content": "noindex"]), .tag("title", title),
        ]
        // The style is ours and holds no text of others; as text of an element it would be escaped.
        let style = "<style>\(PageStyle.css)</style>"
        return "<!DOCTYPE html>\n<html lang=\"en\"><head>\(head.map(\.html).joined())\(style)</head>"
            + HTMLNode.tag("body", [:], body).html + "</html>\n"
    }
}
