import Foundation
import FoundationXML
import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

private typealias Element = FoundationXML.XMLElement

@Suite("The page") struct IndexPageTests {
    private static let finding = Finding(
        rule: .G02, severity: .error, place: ReportPlace(line: 2, columnStart: 8, columnEnd: 10), claim: "44",
        evidence: "ingest.total_files = 12", message: "The data has 12 files, not 44.")

    private static func recording(_ stage: StageName, pieces: Int = 30, gapNs: Int64 = 10_000_000) -> ExchangeRecording
    {
        ExchangeRecording(
            id: "run-1/\(stage)/1", stage: stage, model: "m", system: "s", prompt: "p",
            arrivals: (0..<pieces).map {
                ContentArrival(
                    offsetNs: Nanoseconds(200_000_000 + Int64($0) * gapNs), text: "t", thinking: $0 < 5 ? true : nil)
            }, finish: .stop, endNs: Nanoseconds(200_000_000 + Int64(pieces) * gapNs), server: ServerFigures())
    }

    private func page(
        _ input: ReportInput, text: String = "Total\nFiles: 44\n", findings: [Finding] = [finding]
    ) -> String {
        IndexPage(
            PageInput(
                judged: input,
                calls: [
                    .init(run: 1, recording: Self.recording(.analysis)),
                    .init(run: 1, recording: Self.recording(.report)),
                ],
                reports: [.init(run: 1, file: "runs/0001/report.md", text: text, findings: findings)])
        ).render()
    }

    /// Read back as XML: whatever opens is closed, and nothing that others wrote has become markup.
    private func parsed(_ page: String) throws -> XMLDocument {
        var text = page.replacing("<!DOCTYPE html>", with: "")
        text.replace(/<meta [^>]*>/) { "\($0.0.dropLast())/>" }
        return try XMLDocument(xmlString: text)
    }

    private func all(_ name: String, in page: String) throws -> [Element] {
        try parsed(page).nodes(forXPath: "//\(name)").compactMap { $0 as? Element }
    }

    @Test("of every way that a check can end is whole, needs nothing from elsewhere and has no script")
    func every() throws {
        for input in ReportCases.all {
            let page = page(input)
            #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'; img-src data:") == false)
            #expect(page.contains("default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:"))
            for name in ["script", "img", "link", "iframe", "object", "form", "base"] {
                #expect(try all(name, in: page).isEmpty, "\(name)")
            }
            let links = try all("a", in: page).compactMap { $0.attribute(forName: "href")?.stringValue }
            let ids = try parsed(page).nodes(forXPath: "//@id").compactMap(\.stringValue)
            #expect(links.allSatisfy { $0.hasPrefix("#") && ids.contains(String($0.dropFirst())) }, "\(links)")
            #expect(Set(ids).count == ids.count)
            for svg in try all("svg", in: page) {
                #expect(svg.attribute(forName: "aria-label")?.stringValue?.isEmpty == false)
            }
        }
    }

    @Test("what others wrote is text, wherever it stands")
    func hostile() throws {
        let text = """
            </span></div><script>alert(1)</script><img src=http://tracker.invalid/x>\u{1B}[31m\u{202E}
            Files: 44 "' onmouseover="x" ]]> &amp; &lt;b&gt; \0
            """
        let page = page(ReportCases.hostile, text: text)
        #expect(try all("script", in: page).isEmpty && all("img", in: page).isEmpty)
        #expect(page.unicodeScalars.allSatisfy { $0.value >= 0x20 || $0 == "\n" || $0 == "\t" })
        #expect(!page.contains("\u{202E}") && page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
        #expect(try parsed(page).stringValue?.contains("&amp; &lt;b&gt;") == true)
    }

    @Test("a finding is marked in its line, with its evidence for those who hover, tab or listen")
    func findings() throws {
        let page = page(ReportCases.regressed)
        let marks = try all("mark", in: page)
        #expect(marks.map { $0.stringValue ?? "" } == ["44"])
        let found = try #require(marks.first?.parent as? Element)
        #expect(found.attribute(forName: "tabindex")?.stringValue == "0")
        let note = found.attribute(forName: "aria-describedby")?.stringValue ?? ""
        let notes = try parsed(page).nodes(forXPath: "//*[@id='\(note)']").compactMap(\.stringValue)
        #expect(notes == ["error G02: The data has 12 files, not 44. [ingest.total_files = 12]"])
    }

    @Test("findings that overlap, lie outside of their line or have no width lose none of the text")
    func overlapping() throws {
        func at(_ line: Int, _ start: Int, _ end: Int) -> Finding {
            Finding(
                rule: .I02, severity: .warning, place: ReportPlace(line: line, columnStart: start, columnEnd: end),
                claim: "", evidence: "", message: "m")
        }
        let text = "Grüße an 44 Dateien\n\nende"
        let page = page(
            ReportCases.passed, text: text,
            findings: [at(1, 1, 6), at(1, 3, 12), at(1, 12, 12), at(1, 18, 99), at(2, 1, 2), at(9, 1, 2), at(3, 9, 12)])
        let lines = try parsed(page).nodes(forXPath: "//span[@class='text']").map { node in
            try node.nodes(forXPath: ".//text()[not(ancestor::sup) and not(ancestor::span[@role='tooltip'])]")
                .compactMap(\.stringValue).joined()
        }
        #expect(lines == ["Grüße an 44 Dateien", "", "ende"])
    }

    @Test("dots, medians, limit and interval of a check stand where their values are")
    func places() throws {
        let verdict = Verdict(
            check: CheckID(stage: .analysis, metric: "throughput"), demand: .tolerance, outcome: .regression,
            unit: .tokensPerSecond, direction: .higherIsBetter, baseline: SampleSummary([50, 50, 50]),
            observed: SampleSummary([25, 25, 25]), change: -0.5, tolerance: .relative(percent: 20), budget: nil,
            explanation: "e", remedy: "")
        let node = SamplePlot(verdict: verdict, before: [50, 50, 50], now: [25, 25, 25], beforeName: "baseline").node
        let document = try XMLDocument(xmlString: node.html)
        // From 25 to 50 with 6 % of room on each side: 23.5 to 51.5.
        func x(_ value: Double) -> String { DisplayFormat.fixed((value - 23.5) / 28 * 1000, decimals: 1) }
        let paths = try document.nodes(forXPath: "//path").compactMap { $0 as? Element }.map {
            ($0.attribute(forName: "class")?.stringValue ?? "", $0.attribute(forName: "d")?.stringValue ?? "")
        }
        #expect(paths.first { $0.0 == "limit" }?.1 == "M\(x(40)) 0v96")
        #expect(paths.first { $0.0 == "base median" }?.1.hasPrefix("M\(x(50)) ") == true)
        #expect(paths.first { $0.0 == "head median" }?.1.hasPrefix("M\(x(25)) ") == true)
        #expect(paths.first { $0.0 == "head dots" }?.1.components(separatedBy: "M\(x(25)) ").count == 4)
        let forbidden = try #require(document.nodes(forXPath: "//rect[@class='forbidden']").first as? Element)
        #expect(forbidden.attribute(forName: "x")?.stringValue == "0")
        #expect(forbidden.attribute(forName: "width")?.stringValue == x(40))
        #expect(
            try document.nodes(forXPath: "//svg/@aria-label").first?.stringValue
                == "analysis throughput.p50: baseline 50.00 tok/s, this session 25.00 tok/s, allowed up to 40.00 tok/s: regression"
        )
    }

    @Test("a call's pieces are drawn on one scale with the others', thinking apart")
    func timeline() throws {
        let calls = [
            PageInput.Call(run: 1, recording: Self.recording(.analysis)),
            PageInput.Call(run: 2, recording: Self.recording(.analysis, pieces: 10)),
        ]
        let html = TokenTimeline(calls: calls).nodes.map(\.html).joined()
        let document = try XMLDocument(xmlString: "<div>\(html)</div>")
        let labels = try document.nodes(forXPath: "//p[@class='label']").compactMap(\.stringValue).dropLast()
        #expect(
            labels == [
                "run 1, analysis: TTFT 250.00 ms, 30 pieces, longest gap 10.00 ms, total 500.00 ms",
                "run 2, analysis: TTFT 250.00 ms, 10 pieces, longest gap 10.00 ms, total 300.00 ms",
            ])
        let tokens = try document.nodes(forXPath: "//path[@class='token']/@d").compactMap(\.stringValue)
        #expect(tokens.map { $0.components(separatedBy: "M").count - 1 } == [25, 5])
        #expect(tokens.allSatisfy { $0.hasPrefix("M500 0v22") })
        #expect(try document.nodes(forXPath: "//path[@class='thought']").count == 2)
    }

    @Test("the same input gives the same bytes, and thousands of runs, lines and pieces a page of bounded size")
    func bounded() {
        #expect(page(ReportCases.regressed) == page(ReportCases.regressed))
        let long = String(repeating: "a line of a report that goes on and on\n", count: 20_000)
        let calls = (1...500).map { PageInput.Call(run: $0, recording: Self.recording(.analysis, pieces: 2_000)) }
        let page = IndexPage(
            PageInput(
                judged: ReportCases.regressed, calls: calls,
                reports: (1...100).map { .init(run: $0, file: "runs/\($0)/report.md", text: long, findings: []) })
        ).render()
        #expect(page.utf8.count < 8_000_000)
        #expect(
            page.contains("476 more calls are not drawn.") && page.contains("18001 more lines are in runs/1/report.md.")
        )
    }
}
