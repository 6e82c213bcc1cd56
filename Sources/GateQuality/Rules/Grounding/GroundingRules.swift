import GateCore

/// Every number and date of a report against the facts: G01–G08.
struct GroundingRules {
    let claims: ReportClaims
    private let binder: NumberBinder
    private let ingest: IngestNumbers
    private let differences: Differences
    private let metrics: MetricMatcher
    private let dates: DateRules
    private let spans: SpanRule
    private let settings: SettingRule
    private let totals: ColumnTotals

    /// A text that has more numbers is no report; the rest of them is not judged.
    static let maximumClaims = 20_000

    struct Result {
        var findings: [Finding] = []
        var counts = ClaimCounts()
        /// Nil where the report gives itself no date or the run's is unknown.
        var isDateCorrect: Bool?
        /// Findings at claims that contradict, by line: comparisons need not repeat them.
        var wrongLines: Set<Int> = []
    }

    init(_ claims: ReportClaims) {
        self.claims = claims
        binder = NumberBinder(claims: claims)
        ingest = IngestNumbers(claims: claims)
        differences = Differences(claims: claims)
        metrics = MetricMatcher(claims: claims)
        dates = DateRules(claims)
        spans = SpanRule(claims: claims)
        settings = SettingRule(claims: claims)
        totals = ColumnTotals(claims: claims)
    }

    func run() -> Result {
        var result = Result()
        for (index, phrase) in claims.phrases.enumerated() {
            for (position, token) in phrase.tokens.enumerated() {
                switch token.kind {
                case .number: number(index, position, phrase, &result)
                case .date: date(index, position, phrase, &result)
                case .file where claims.store.ingest != nil && EntityRules.isDataFile(token, phrase):
                    let name = baseName(token.text)
                    let isKnown = claims.store.ingest?.files.contains(name) ?? false
                    if isKnown { result.counts.grounded += 1 } else { result.counts.unsupported += 1 }
                default: break
                }
            }
        }
        return result
    }

    private func number(_ index: Int, _ position: Int, _ phrase: Phrase, _ result: inout Result) {
        if NotClaims.isYear(phrase.tokens[position]), let judged = dates.judgeYear(index, position) {
            let bytes = phrase.tokens[position].bytes
            count(judged, &result)
            return add(judged, bytes, claims.document.text(bytes), phrase, &result)
        }
        guard result.counts.all < GroundingRules.maximumClaims, !phrase.isOfRun,
            claims.store.knowsNumbers || claims.store.ingest != nil,
            !NotClaims.contains(position, phrase), !isRowNumber(phrase),
            !isSetting(index, phrase, position), let claim = binder.claim(index, position),
            let judged = judge(claim, phrase)
        else { return }
        count(judged, &result)
        guard judged.severity != .info else { return }
        let token = phrase.tokens[position]
        let whole =
            token.bytes
            .lowerBound..<max(
                token.number?.unitBytes?.upperBound ?? token.bytes.upperBound, token.bytes.upperBound)
        add(judged, judged.isUnit ? whole : token.bytes, claims.document.text(whole), phrase, &result)
    }

    private func judge(_ claim: NumberClaim, _ phrase: Phrase) -> Judged? {
        if Proposals.contains(claim, phrase) || claim.isWished { return nil }
        if let judged = settings.judge(claim) ?? ingest.judge(claim) ?? spans.judge(claim) { return judged }
        guard claims.store.knowsNumbers else { return nil }
        if let judged = differences.judge(claim) ?? totals.judge(claim, phrase) { return judged }
        let judged = metrics.judge(claim)
        if claim.isOfOthers, judged.severity != .info {
            return Judged(
                verdict: .unverifiable, rule: judged.rule,
                message:
                    "It is said of what remains when something is left out, and the data has no figure of just that.")
        }
        return withoutFactsLeftOut(judged)
    }

    /// A number that is nowhere may be one of the facts that the file of facts left out.
    private func withoutFactsLeftOut(_ judged: Judged) -> Judged {
        guard judged.verdict == .unsupported, claims.store.factsLeftOut > 0 else { return judged }
        return Judged(
            verdict: .unverifiable, rule: judged.rule,
            message: "It is not among the facts, but \(claims.store.factsLeftOut) facts of the corpus are not listed.")
    }

    /// The first column of a table counts its rows.
    private func isRowNumber(_ phrase: Phrase) -> Bool {
        guard case .cell(let table, let row, 0) = phrase.kind, row >= 0 else { return false }
        let rows = claims.document.tables[table].rows
        guard rows.count > 1 else { return false }
        func number(_ row: Int) -> Double? {
            guard let first = claims.firstOfLine[rows[row].line] else { return nil }
            let tokens = claims.phrases[first].tokens.filter { !$0.isMark("*_#.`") }
            return tokens.count == 1 && tokens[0].number?.unit == nil ? tokens[0].number?.value : nil
        }
        guard let start = number(0), start == 0 || start == 1 else { return false }
        return (1..<min(rows.count, 4)).allSatisfy { number($0) == start + Double($0) }
    }

    /// `num_ctx=512` and the like say how the run was set up.
    private func isSetting(_ index: Int, _ phrase: Phrase, _ position: Int) -> Bool {
        let before = phrase.tokens[..<position].filter { !$0.isMark("*_`") }
        guard let mark = before.last, mark.isMark("=:"), let name = before.dropLast().last else { return false }
        if mark.isMark("=") {
            // `CSV (n=28)`
            if name.text == "n", !claims.mentions[index].types.isEmpty { return false }
            return claims.store.byName[name.text] == nil
                && claims.mentions[index].keys.last?.index ?? position >= position
        }
        return ["version", "runs"].contains(name.text)
    }

    private func date(_ index: Int, _ position: Int, _ phrase: Phrase, _ result: inout Result) {
        guard let judged = dates.judge(index, position) else { return }
        if dates.isReportDate(phrase, position) {
            result.isDateCorrect = (result.isDateCorrect ?? true) && judged.severity == .info
        } else {
            count(judged, &result)
        }
        guard judged.severity != .info else { return }
        let bytes = phrase.tokens[position].bytes
        add(judged, bytes, claims.document.text(bytes), phrase, &result)
    }

    private func add(_ judged: Judged, _ bytes: Range<Int>, _ claim: String, _ phrase: Phrase, _ result: inout Result) {
        result.wrongLines.insert(phrase.line)
        result.findings.append(
            Finding(
                rule: judged.rule, severity: judged.severity, place: claims.document.place(bytes, line: phrase.line),
                claim: claim, evidence: judged.evidence, message: judged.message))
    }

    private func count(_ judged: Judged, _ result: inout Result) {
        switch judged.verdict {
        case .grounded: result.counts.grounded += 1
        case .derivable: result.counts.derivable += 1
        case .contradicted: result.counts.contradicted += 1
        case .misattributed: result.counts.misattributed += 1
        case .unsupported: result.counts.unsupported += 1
        case .unverifiable: result.counts.unverifiable += 1
        }
    }
}
