import GateCore
import GateVerdict
import Testing

struct QualityJudgeTests {
    /// A report with so many grounded claims of ten, and errors of rules.
    private static func report(
        _ run: Int, grounded: Int = 9, errors: [RuleID] = [], words: String? = nil
    ) -> JudgedReport {
        let findings = errors.map { rule in
            Finding(
                rule: rule, severity: .error, place: ReportPlace(line: run, columnStart: 1, columnEnd: 2),
                claim: "\(rule.rawValue) of run \(run)", evidence: "", message: "Something is wrong.")
        }
        var (claims, measures) = (ClaimCounts(), ReportMeasures())
        (claims.grounded, claims.unsupported) = (grounded, 10 - grounded)
        (measures.words, measures.sectionCoverage, measures.isDateCorrect) = (400, 1, true)
        let assessment = ReportAssessment(findings: findings, claims: claims, measures: measures)
        return JudgedReport(
            quality: ReportQuality(
                run: run, file: "runs/000\(run)/report.md", digest: words ?? "words of run \(run)",
                assessment: assessment),
            findings: findings)
    }

    private static func approved(_ reports: [JudgedReport]) -> ApprovedQuality {
        ApprovedQuality(
            allowance: QualityAllowance(of: reports.map(\.quality)), reports: reports.map(\.quality))
    }

    private func judge(
        _ reports: [JudgedReport], against baseline: [ApprovedQuality], _ settings: QualitySettings = QualitySettings(),
        _ policy: Policy = Policy()
    ) -> QualityJudgement {
        QualityJudge.judge(reports: reports, baseline: baseline, settings: settings, policy: policy)
    }

    private func outcome(_ metric: MetricID, _ judgement: QualityJudgement) -> Outcome? {
        judgement.metrics.first { $0.metric == metric }?.outcome
    }

    @Test("errors up to the baseline's allowance pass, one more in any report is a regression")
    func allowance() throws {
        let baseline = [QualityJudgeTests.approved([Self.report(1, errors: [.G02, .G02]), Self.report(2)])]
        let same = judge([Self.report(1), Self.report(2, errors: [.G02, .G02])], against: baseline)
        #expect(!same.isRegression)
        #expect(same.families.map(\.outcome) == [.pass, .pass, .pass, .pass])
        let more = judge([Self.report(1, errors: [.G02, .G02, .G02]), Self.report(2)], against: baseline)
        #expect(more.isRegression)
        let family = try #require(more.families.first { $0.family == .grounding })
        #expect(family.outcome == .regression)
        #expect(
            family.explanation == "grounding: G02 wrong file count or share: 3 errors in run 1, 2 allowed")
        #expect(more.worst.map(\.finding.rule) == [.G02])
    }

    @Test("another rule of the family is not covered by the allowance")
    func otherRule() {
        let baseline = [QualityJudgeTests.approved([Self.report(1, errors: [.G02])])]
        #expect(judge([Self.report(1, errors: [.G03])], against: baseline).isRegression)
    }

    @Test("without an allowance nothing is judged; a configured one goes before the baseline's")
    func configured() {
        let bad = [Self.report(1, errors: [.S01])]
        #expect(
            judge(bad, against: []).families.map(\.outcome) == [
                .informational, .informational, .informational, .informational,
            ])
        let strict = QualitySettings(rules: [.init(rule: .S01, allowance: 0)])
        #expect(judge(bad, against: [], strict).isRegression)
        let baseline = [QualityJudgeTests.approved(bad)]
        #expect(!judge(bad, against: baseline).isRegression)
        #expect(judge(bad, against: baseline, strict).isRegression)
    }

    @Test("a drop that a window of sessions can tell is a regression, a handful of reports is inconclusive")
    func groundedness() throws {
        let good = (1...8).map { Self.report($0, grounded: 8 + $0 % 3) }
        let bad = (1...6).map { Self.report($0 + 20, grounded: 4 + $0 % 3) }
        let window = [
            QualityJudgeTests.approved(good),
            QualityJudgeTests.approved((9...14).map { Self.report($0, grounded: 8 + $0 % 3) }),
        ]
        let told = judge(bad, against: window)
        #expect(outcome("groundedness", told) == .regression)
        #expect(told.isRegression)
        let few = judge(Array(bad.prefix(2)), against: [QualityJudgeTests.approved(Array(good.prefix(3)))])
        #expect(outcome("groundedness", few) == .inconclusive)
        #expect(!few.isRegression)
        let verdict = try #require(few.metrics.first { $0.metric == "groundedness" })
        #expect(verdict.remedy.hasPrefix("At least "))
        #expect(
            verdict.explanation == "quality/groundedness 0.5500 (2 reports), approved 0.9000 (3 reports);"
                + " allowed -0.1000: too few reports to tell")
    }

    @Test("the same reports again pass, and equal reports count once")
    func equalReports() throws {
        let base = [QualityJudgeTests.approved((1...5).map { Self.report($0, words: "the same") })]
        #expect(outcome("groundedness", judge([Self.report(1, words: "the same")], against: base)) == .pass)
        let worse = judge((1...5).map { Self.report($0, grounded: 1, words: "always this") }, against: base)
        #expect(outcome("groundedness", worse) == .inconclusive)
        #expect(worse.metrics.first { $0.metric == "groundedness" }?.observed?.count == 1)
    }

    @Test("warnings are new beyond those of the approved report that has the most")
    func newWarnings() {
        func report(_ run: Int, warnings: Int) -> JudgedReport {
            let findings = (0..<warnings).map { line in
                Finding(
                    rule: .G01, severity: .warning, place: ReportPlace(line: line + 1, columnStart: 1, columnEnd: 2),
                    claim: "\(line)", evidence: "", message: "Nothing says so.")
            }
            var claims = ClaimCounts()
            claims.grounded = 1
            let assessment = ReportAssessment(findings: findings, claims: claims, measures: ReportMeasures())
            return JudgedReport(
                quality: ReportQuality(run: run, file: "r.md", digest: "\(run)", assessment: assessment),
                findings: findings)
        }
        let baseline = [QualityJudgeTests.approved([report(1, warnings: 1), report(2, warnings: 0)])]
        #expect(judge([report(3, warnings: 3)], against: baseline).newWarnings == 2)
        #expect(judge([report(3, warnings: 1)], against: baseline).newWarnings == 0)
        #expect(judge([report(3, warnings: 1)], against: []).newWarnings == nil)
    }

    @Test("what every approved report has and none of these is missing, which fails; what some lacked is not judged")
    func lost() throws {
        func mute(_ run: Int) -> JudgedReport {
            let assessment = ReportAssessment(findings: [], claims: ClaimCounts(), measures: ReportMeasures())
            return JudgedReport(
                quality: ReportQuality(run: run, file: "r.md", digest: "mute \(run)", assessment: assessment),
                findings: [])
        }
        let told = judge([mute(1), mute(2)], against: [QualityJudgeTests.approved((1...3).map { Self.report($0) })])
        #expect(told.isRegression)
        let verdict = try #require(told.metrics.first { $0.metric == "groundedness" })
        #expect(verdict.outcome == .missing)
        #expect(
            verdict.explanation
                == "quality/groundedness not measured, approved 0.9000 (3 reports): every approved report has"
                + " it, and none of these")
        let some = judge([mute(1)], against: [QualityJudgeTests.approved([Self.report(1), mute(2)])])
        #expect(outcome("groundedness", some) == .informational)
        #expect(!some.isRegression)
        #expect(
            outcome("groundedness", judge([], against: [QualityJudgeTests.approved([Self.report(1)])]))
                == .informational)
    }

    @Test("a metric outside its budget fails whatever the baseline says")
    func budget() {
        let policy = Policy(metrics: [MetricPolicy(metric: "groundedness", stage: .quality, budget: Budget(min: 0.8))])
        let judgement = judge([Self.report(1, grounded: 5)], against: [], QualitySettings(), policy)
        #expect(outcome("groundedness", judgement) == .budgetExceeded)
        #expect(judgement.isRegression)
    }

    @Test("quality alone exits with 3, and never outranks a regression of figures")
    func precedence() {
        func judgement(
            _ outcome: Outcome, _ failure: JudgementFailure.Kind? = nil, _ quality: QualityJudgement
        ) -> Judgement {
            var parts = Judgement.Parts(
                verdicts: [
                    Verdict(
                        check: CheckID(stage: .analysis, metric: "ttft"), demand: .tolerance, outcome: outcome,
                        unit: .seconds, direction: .lowerIsBetter, baseline: nil, observed: nil, change: nil,
                        tolerance: nil, budget: nil, explanation: "e", remedy: "")
                ],
                failures: failure.map { [JudgementFailure($0, message: "m", remedy: "r")] } ?? [])
            parts.quality = quality
            return Judgement(parts, sessionId: "s", workload: .analysis, machineClass: "m")
        }
        let bad = judge([Self.report(1, errors: [.S01])], against: [QualityJudgeTests.approved([Self.report(1)])])
        for both in [
            judgement(.pass, nil, bad), judgement(.invalid, nil, bad), judgement(.pass, .baselineMissing, bad),
            judgement(.inconclusive, nil, bad),
        ] {
            #expect(both.overall == .qualityRegression)
            #expect(both.exitCode == 3)
        }
        let both = judgement(.regression, nil, bad)
        #expect(both.overall == .regression)
        #expect(both.exitCode == 1)
        let good = judge([Self.report(1)], against: [QualityJudgeTests.approved([Self.report(1)])])
        #expect(judgement(.pass, nil, good).exitCode == 0)
    }

    @Test("the first approval adopts the errors, without the run that was cut off among whole ones")
    func adopts() throws {
        let reports = [Self.report(1, errors: [.S01]), Self.report(2, errors: [.S05]), Self.report(3)].map(\.quality)
        let approval = try #require(
            QualityApproval(reports: reports, previous: nil, settings: QualitySettings(), adopts: false))
        #expect(approval.excluded.map(\.run) == [2])
        #expect(approval.excluded.map(\.reason) == ["its report was cut off"])
        #expect(approval.quality.reports.map(\.run) == [1, 3])
        #expect(approval.quality.allowance == QualityAllowance([.init(rule: .S01, count: 1)]))
        let all = try #require(
            QualityApproval(
                reports: reports.filter { $0.run == 2 }, previous: nil, settings: QualitySettings(), adopts: false))
        #expect(all.excluded == [])
    }

    @Test("a later approval leaves out what fails and only lowers the allowance, unless the user adopts the errors")
    func ratchets() throws {
        let previous = QualityAllowance([.init(rule: .S01, count: 3), .init(rule: .G02, count: 1)])
        let reports = [Self.report(1, errors: [.S01]), Self.report(2, errors: [.G02, .G02])].map(\.quality)
        let approval = try #require(
            QualityApproval(reports: reports, previous: previous, settings: QualitySettings(), adopts: false))
        #expect(approval.excluded.map(\.run) == [2])
        #expect(approval.excluded.map(\.reason) == ["G02 wrong file count or share: 2 errors, 1 allowed"])
        #expect(approval.quality.allowance == QualityAllowance([.init(rule: .S01, count: 1)]))
        let refused = try #require(
            QualityApproval(
                reports: [reports[1]], previous: previous, settings: QualitySettings(), adopts: false))
        #expect(refused.isRefused)
        let adopted = try #require(
            QualityApproval(reports: reports, previous: previous, settings: QualitySettings(), adopts: true))
        #expect(adopted.quality.allowance[.G02] == 2)
    }

    @Test("reports of which more than half are broken are no first measure, unless those before them are so, too")
    func mostlyBroken() throws {
        func reason(_ errors: [[RuleID]], approved: [[RuleID]] = []) throws -> String? {
            func reports(_ errors: [[RuleID]]) -> [ReportQuality] {
                errors.enumerated().map { Self.report($0.offset + 1, errors: $0.element).quality }
            }
            return try #require(
                QualityApproval(
                    reports: reports(errors), previous: nil, approved: reports(approved), settings: QualitySettings(),
                    adopts: false)
            ).brokenReports
        }
        #expect(try reason([[.S01], []]) == nil)
        #expect(
            try reason([[.S01], [.S05, .S11], []])
                == "2 of its 3 reports are broken (S01 missing section, S05 truncated, S11 repetition), so that nobody could"
                + " use them")
        // Wrong figures make no broken report: the allowance is for them.
        #expect(try reason([[.G02, .I02], [.G04]]) == nil)
        #expect(try reason([[.S09]], approved: [[.S05]]) == nil)
        #expect(try reason([[.S09]], approved: [[.S05], []]) != nil)
    }

    @Test("a run whose report was cut off or runs away is marked")
    func marks() {
        let judgement = judge([Self.report(1), Self.report(2, errors: [.S05, .S11])], against: [])
        #expect(
            judgement.warnings.map(\.message) == [
                "run 2: its report was cut off and goes round in circles, so that its timings are not those of a whole report"
            ])
    }
}
