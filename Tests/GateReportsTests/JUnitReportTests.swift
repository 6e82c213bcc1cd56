import Foundation
import GateCore
import GateVerdict
import TestSupport
import Testing

@testable import GateReports

@Suite struct JUnitReportTests {
    private func read(_ input: ReportInput) throws -> XMLElement {
        try XMLReader.read(Array(JUnitReport().render(input).utf8))
    }

    private func cases(_ input: ReportInput) throws -> [XMLElement] {
        try read(input).children.flatMap(\.children).filter { $0.name == "testcase" }
    }

    private func result(_ name: String, _ stage: String, in input: ReportInput) throws -> XMLElement? {
        let all = try cases(input).filter { $0["name"] == name && $0["classname"]?.hasSuffix(".\(stage)") == true }
        return try #require(all.count == 1 ? all[0] : nil).children.first { $0.name != "system-out" }
    }

    private static let attempt = FailedAttempt(
        workload: .analysis, machineClass: "ci-small", toolVersion: "0.1.0", startedAt: Fixtures.start, seconds: 0.412,
        hostname: "runner-7", exitCode: 69, message: "No server answers at http://127.0.0.1:11434: connection refused",
        remedy: "Start Ollama, name a start command, or replay a recording.")

    @Test("a call that could not run stands under the workload's own name where that is known")
    func named() throws {
        var attempt = JUnitReportTests.attempt
        attempt.name = "nightly"
        let text = try JUnitReport().couldNotRun(attempt)
        #expect(text.contains("classname=\"chimera.nightly.ci-small.run\""), "\(text)")
        #expect(!text.contains("analysis"))
    }

    private func validators(_ flavour: JUnitFlavour) throws -> [SchemaValidator] {
        let schemas: [JUnitFlavour: [String]] = [
            .jenkins: ["junit-10.xsd"], .surefire: ["junit-10.xsd", "surefire-test-report.xsd"],
            .ant: ["junit-10.xsd", "windyroad-junit.xsd"], .rich: [],
        ]
        return try (schemas[flavour] ?? []).map { SharedData.url("schemas/\($0)") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }.map { try #require(try SchemaValidator($0)) }
    }

    @Test("each flavour is valid against the schemas that it is made for, and counts the same")
    func flavours() throws {
        for flavour in JUnitFlavour.allCases {
            let validators = try validators(flavour)
            let texts =
                try ReportCases.all.map { try JUnitReport(flavour: flavour).render($0) } + [
                    JUnitReport(flavour: flavour).couldNotRun(Self.attempt),
                    JUnitReport(flavour: flavour).render(JudgedCasesTests.every),
                ]
            for text in texts {
                for validator in validators { #expect(validator.isValid(text), "\(flavour): \(text.prefix(2000))") }
            }
            let root = try XMLReader.read(Array(texts[1].utf8))
            let suite = root.name == "testsuite" ? root : try #require(root.children.first)
            let cases = suite.children.filter { $0.name == "testcase" }
            #expect((root.name == "testsuite") == (flavour == .surefire))
            #expect(cases.count { $0.children.contains { $0.name == "failure" } } == 3)
            #expect(suite["failures"] == "3")
            #expect(cases.contains { $0.children.contains { $0.name == "properties" } } == (flavour == .rich))
            #expect(cases.contains { $0.children.contains { $0.name == "system-out" } } == (flavour != .ant))
            #expect(cases.contains { $0["file"] != nil } == (flavour == .rich))
        }
    }

    @Test("a regression's report, whole")
    func golden() throws {
        try Golden.expect(JUnitReport().render(ReportCases.regressed), is: "junit-regression.xml")
        try Golden.expect(JUnitReport().couldNotRun(JUnitReportTests.attempt), is: "junit-could-not-run.xml")
    }

    @Test("every report is valid against our schema and, where it is there, that of Jenkins' xUnit plugin")
    func valid() throws {
        for validator in try SchemaValidator.all() {
            #expect(!validator.isValid("<testsuites><testsuite/></testsuites>"))
            for input in ReportCases.all { #expect(validator.isValid(try JUnitReport().render(input))) }
            #expect(validator.isValid(try JUnitReport().couldNotRun(JUnitReportTests.attempt)))
            for seconds in [0, 0.0004, 1e-9, 59.9996, 123_456.789, 1e300, -1, .nan, .infinity] {
                var attempt = JUnitReportTests.attempt
                attempt.seconds = seconds
                #expect(validator.isValid(try JUnitReport().couldNotRun(attempt)), "\(seconds)")
            }
        }
    }

    @Test("each outcome has its element and its type")
    func outcomes() throws {
        let regressed = ReportCases.regressed
        let regression = try #require(try result("ttft.p50", "analysis", in: regressed))
        #expect(regression.name == "failure" && regression["type"] == "PerfRegression")
        #expect(regression["message"]?.contains("522.38 ms") == true)
        #expect(regression.text.hasPrefix(try #require(regression["message"])))
        #expect(regression.text.contains("chimera-gate baseline approve --reason"))
        #expect(try result("ttft.budget", "report", in: regressed)?["type"] == "BudgetExceeded")
        #expect(try result("eval.p50", "analysis", in: regressed)?["type"] == "PerfRegression")
        #expect(try result("throughput.p50", "analysis", in: regressed) == nil)
        #expect(try result("completed", "run", in: regressed) == nil)

        let skipped = try #require(try result("ttft.p50", "report", in: ReportCases.inconclusive))
        #expect(skipped.name == "skipped" && skipped["message"]?.contains("prompt cache") == true)
        let invalid = try #require(try result("ttft.p50", "report", in: ReportCases.broken))
        #expect(invalid.name == "error" && invalid["type"] == "InfrastructureError")
    }

    @Test(
        "under 'inconclusive: fail' what is not decided is an error, but for metrics of reports, which change no status"
    )
    func undecided() throws {
        let passed = ReportCases.inconclusive
        func report(_ run: Int, grounded: Int) -> JudgedReport {
            var claims = ClaimCounts()
            (claims.grounded, claims.unsupported) = (grounded, 10 - grounded)
            let assessment = ReportAssessment(findings: [], claims: claims, measures: ReportMeasures())
            return JudgedReport(
                quality: ReportQuality(run: run, file: "r.md", digest: "\(run)", assessment: assessment), findings: [])
        }
        let approved = (1...3).map { report($0, grounded: 9).quality }
        var parts = Judgement.Parts(verdicts: passed.judgement.verdicts)
        parts.policy = EffectivePolicy(Policy(inconclusive: .fail), checks: [], runs: 5)
        parts.quality = QualityJudge.judge(
            reports: [report(7, grounded: 5)],
            baseline: [ApprovedQuality(allowance: QualityAllowance([]), reports: approved)],
            settings: QualitySettings(), policy: Policy())
        let judgement = Judgement(parts, sessionId: "s", workload: .analysis, machineClass: "ci-small")
        let input = ReportInput(session: passed.session, judgement: judgement, baseline: nil)
        #expect(try result("groundedness", "quality", in: input)?.name == "skipped")
        #expect(try result("ttft.p50", "report", in: input)?.name == "error")
    }

    @Test("a session that cannot be judged is an error of its first case, never a green report")
    func notJudged() throws {
        #expect(try result("completed", "run", in: ReportCases.nothingMeasured)?["type"] == "NothingMeasured")
        #expect(try result("completed", "run", in: ReportCases.withoutBaseline)?["type"] == "BaselineMissing")
        #expect(try result("completed", "run", in: ReportCases.nothingDemanded)?.name == "skipped")
        #expect(try result("completed", "run", in: ReportCases.passed) == nil)
    }

    @Test("figures that only inform have no case")
    func informational() throws {
        let names = try cases(ReportCases.passed).map { "\($0["classname"] ?? "")/\($0["name"] ?? "")" }
        #expect(
            names.sorted() == [
                "chimera.analysis.ci-small.analysis/throughput.p50", "chimera.analysis.ci-small.analysis/ttft.p50",
                "chimera.analysis.ci-small.report/throughput.p50", "chimera.analysis.ci-small.report/ttft.p50",
                "chimera.analysis.ci-small.run/completed", "chimera.analysis.ci-small.run/error_share",
                "chimera.analysis.ci-small.run/model_load.cold.p50",
            ])
    }

    @Test("the first case carries the seconds, the others none, and the sums are equal")
    func times() throws {
        let root = try read(ReportCases.regressed)
        #expect(root["time"] == "57.582" && root.children[0]["time"] == "57.582")
        let times = try cases(ReportCases.regressed).map { $0["time"] }
        #expect(times.first == "57.582" && times.dropFirst().allSatisfy { $0 == "0.000" })
        #expect(try read(ReportCases.passed)["time"] == "30.960")
    }

    @Test("text that others chose neither breaks the file nor gives orders to its readers")
    func hostile() throws {
        let text = try JUnitReport().render(ReportCases.hostile)
        for forbidden in ["\u{1B}", "\u{7F}", "\u{9B}", "\u{FFFE}", "\u{202E}", "<script", "<img", "]]>"] {
            #expect(!text.unicodeScalars.contains(forbidden.unicodeScalars), "\(forbidden.unicodeScalars)")
        }
        #expect(text.contains("\u{241B}[31m") && text.contains("[U+202E]"))
        // Only our own lines may begin with two brackets.
        let directives = text.components(separatedBy: "[[").dropFirst()
        #expect(directives.allSatisfy { $0.hasPrefix("PROPERTY|") })
        #expect(!directives.contains { $0.hasPrefix("PROPERTY|verdict=pass]]\n[[PROPERTY|verdict") })
        #expect(!text.contains("x/../"))
        for element in try cases(ReportCases.hostile).flatMap(\.children) {
            #expect((element["message"] ?? "").unicodeScalars.count <= 300)
            #expect(element.text.utf8.count <= 8_192)
        }
    }

    @Test("too many cases, and cases too large, lose the ones that passed and say so")
    func caps() throws {
        let text = String(repeating: "x", count: 9_000)
        let failed = JUnitCase.Result.failed(type: "PerfRegression", message: "m", text: text)
        for (count, failures) in [(5_100, 5), (1_000, 650)] {
            var suite = JUnitSuite(ReportCases.passed)
            suite.cases += (0..<count).map {
                JUnitCase(
                    stage: .report, name: "case\($0)", result: $0 >= count - failures ? failed : .passed, properties: []
                )
            }
            let rendered = try JUnitReport().render([suite])
            #expect(rendered.utf8.count <= 5 << 20)
            let root = try XMLReader.read(Array(rendered.utf8))
            let kept = root.children[0].children.filter { $0.name == "testcase" }
            #expect(kept.first?["name"] == "completed")
            #expect(kept.count { $0.children.contains { $0.name == "failure" } } == min(failures, kept.count - 1))
            #expect(kept.count < suite.cases.count && kept.count > 500)
            let note = "\(suite.cases.count - kept.count) of \(suite.cases.count) cases were left out\n"
            #expect(root.children[0].children.last?.text.hasPrefix(note) == true)
        }
    }

    @Test("several workloads are a suite each, valid by the same schemas, in which no case has the name of another")
    func joint() throws {
        let joint = ReportCases.joint
        for flavour in JUnitFlavour.allCases {
            let text = try JUnitReport(flavour: flavour).render(joint)
            for validator in try validators(flavour) {
                #expect(validator.isValid(text), "\(flavour): \(text.prefix(2000))")
            }
            let root = try XMLReader.read(Array(text.utf8))
            let suites = root.name == "testsuite" ? [root] : root.children
            #expect(suites.count == (flavour == .surefire ? 1 : 3))
            if flavour != .surefire {
                #expect(suites.map { $0["name"] } == ["down [ci-small]", "nightly [ci-small]", "quick [ci-small]"])
            }
            let cases = suites.flatMap(\.children).filter { $0.name == "testcase" }
            #expect(Set(cases.map { "\($0["classname"] ?? "")/\($0["name"] ?? "")" }).count == cases.count)
            #expect(cases.contains { $0["classname"] == "chimera.nightly.ci-small.report" })
            #expect(suites.compactMap { Int($0["failures"] ?? "") }.reduce(0, +) == 3)
            #expect(suites.compactMap { Int($0["errors"] ?? "") }.reduce(0, +) == 1)
        }
    }

    @Test("a file that breaks a rule is not returned")
    func invariants() throws {
        var suite = JUnitSuite(ReportCases.passed)
        suite.cases.append(suite.cases[1])
        #expect(throws: ReportError.self) { try JUnitReport().render([suite]) }
        let good = try read(ReportCases.regressed)
        #expect(JUnitInvariants.firstBroken(in: good) == nil)
        var bad = good
        bad.children[0].children.remove(at: 1)
        #expect(JUnitInvariants.firstBroken(in: bad) != nil)
        bad = good
        bad.attributes = bad.attributes.map { $0.name == "time" ? .init(name: "time", value: "57.583") : $0 }
        #expect(JUnitInvariants.firstBroken(in: bad) == "the times of 'chimera-gate' add up")
    }
}

@Suite struct XMLTests {
    @Test("a document reads back as it was written")
    func roundTrip() throws {
        let root = XMLElement(
            "a", [("x", "<&>\"'\n\t é\u{1F600}")],
            children: [XMLElement("b", text: " ]]> &amp; <c/> \n"), XMLElement("d")])
        #expect(try XMLReader.read(XMLWriter.write(root)) == root)
    }

    @Test(
        "a hostile document is refused without reading a file or growing",
        .enabled(if: SharedData.isPresent, "the examples lie beside the project, and are not here"),
        arguments: ["xxe.xml", "lol.xml"])
    func doctype(name: String) throws {
        let bytes = Array(try Data(contentsOf: SharedData.url("examples/hostile-xml/\(name)")))
        #expect(throws: XMLError.self) { try XMLReader.read(bytes) }
    }

    @Test(
        "a document type is refused, whatever it declares",
        arguments: [
            #"<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>"#,
            #"<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>"#,
            #"<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]><a/>"#,
            "<!DOCTYPE a [<!ENTITY b0 \"b\">"
                + (1...12).map { level in
                    "<!ENTITY b\(level) \"\(String(repeating: "&b\(level - 1);", count: 10))\">"
                }.joined() + "]><a>&b12;</a>", "<!DOCTYPE a><a/>",
        ])
    func ownDoctype(text: String) {
        #expect(throws: XMLError.self) { try XMLReader.read(Array(text.utf8)) }
    }

    @Test("what is included is not read")
    func inclusion() throws {
        let text =
            #"<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/hostname" parse="text"/></a>"#
        guard let root = try? XMLReader.read(Array(text.utf8)) else { return }
        #expect(root.text.isEmpty && root.children.allSatisfy { $0.text.isEmpty && $0.children.isEmpty })
    }

    @Test("what is no XML is refused", arguments: ["", "<a>", "<a></b>", "x", "<a>\u{1}</a>"])
    func malformed(text: String) {
        #expect(throws: XMLError.notReadable) { try XMLReader.read(Array(text.utf8)) }
    }

    @Test("deep nesting is refused, not followed")
    func deep() {
        let text = String(repeating: "<a>", count: 100_000) + String(repeating: "</a>", count: 100_000)
        #expect(throws: XMLError.notReadable) { try XMLReader.read(Array(text.utf8)) }
    }
}

extension String.UnicodeScalarView {
    /// Without the equivalences that comparing characters brings.
    fileprivate func contains(_ other: Self) -> Bool {
        let (all, part) = (Array(self), Array(other))
        return all.indices.contains { all[$0...].starts(with: part) }
    }
}
