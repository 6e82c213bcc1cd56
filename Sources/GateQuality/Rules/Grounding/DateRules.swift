import GateCore

/// The report's date and the dates of the data.
struct DateRules {
    let claims: ReportClaims
    let generated: PrintedDate?

    init(_ claims: ReportClaims) {
        self.claims = claims
        generated = claims.store.generatedDate.flatMap(PrintedDate.init(iso:)) ?? DateRules.headed(claims)
    }

    /// Where nobody says when the report was made: the first date that stands behind a label at its top.
    private static func headed(_ claims: ReportClaims) -> PrintedDate? {
        guard claims.store.generatedDate == nil else { return nil }
        for phrase in claims.phrases.prefix(12) {
            let words = phrase.tokens.filter(\.isWord).map(\.text)
            guard words.first == "date" || words.first == "timestamp" || words.first == "generated",
                let date = phrase.tokens.lazy.compactMap(\.date).first, date.day != nil
            else { continue }
            return date
        }
        return nil
    }

    /// Nil where the date is no claim.
    func judge(_ phraseIndex: Int, _ index: Int) -> Judged? {
        let phrase = claims.phrases[phraseIndex]
        guard let written = phrase.tokens[index].date else { return nil }
        let date = written.inYear(of: generated ?? claims.store.ingest?.latest.values.max { $0.days < $1.days })
        if isReportDate(phrase, index) { return reportDate(date) }
        guard let ingest = claims.store.ingest, !phrase.isProposal, !isIllustrative(phrase), !isPlanned(date, phrase)
        else { return nil }
        return dataDate(date, phraseIndex, index, ingest)
    }

    /// `the files span from 2022 to 2025`: a year of which the data has nothing.
    func judgeYear(_ phraseIndex: Int, _ index: Int) -> Judged? {
        let phrase = claims.phrases[phraseIndex]
        guard let ingest = claims.store.ingest, !phrase.isProposal, case .sentence = phrase.kind,
            let year = phrase.tokens[index].number.map({ Int(clamping: $0.value) }), isOfData(phrase, index)
        else { return nil }
        let dates = Array(ingest.latest.values) + ingest.namedDates + (generated.map { [$0] } ?? [])
        let years = dates.filter(\.hasYear).map(\.year)
        guard let first = years.min(), let last = years.max(), !(first...last).contains(year) else { return nil }
        return .unsupported("No file of the data is of \(year).", .G07, evidence: "the data is of \(first) to \(last)")
    }

    private func isOfData(_ phrase: Phrase, _ index: Int) -> Bool {
        let words = phrase.tokens.map(\.text)
        return words[..<index].suffix(3).contains { ["from", "between", "since", "in", "to", "until"].contains($0) }
            && words.contains {
                ["files", "corpus", "dataset", "data", "modified", "collected", "gathered"].contains($0)
            }
            && words.contains { yearVerbs.contains($0) }
    }

    /// `The next run is planned for December 2025.`
    private func isPlanned(_ date: PrintedDate, _ phrase: Phrase) -> Bool {
        guard let generated, date.days > generated.days else { return false }
        return phrase.tokens.contains { planWords.contains($0.text) }
    }

    private func isIllustrative(_ phrase: Phrase) -> Bool {
        if case .data = phrase.kind { return true }
        return false
    }

    /// `**Date:** …`, `Report date: …`, `Prepared on …`.
    func isReportDate(_ phrase: Phrase, _ index: Int) -> Bool {
        if isIllustrative(phrase) { return false }
        let words = phrase.tokens[..<index].filter(\.isWord).map(\.text)
        guard let last = words.last, words.count <= 4 else { return false }
        let isBare = words.count == 1
        switch last {
        case "date":
            return isBare
                || ["report", "publication", "prepared", "issue", "analysis", "generation"].contains(
                    words[words.count - 2])
        case "prepared", "generated", "published", "issued", "timestamp", "日期", "报告日期", "日付", "作成日", "날짜":
            return isBare
        case "on":
            return words.dropLast().last.map { ["prepared", "generated", "published", "issued"].contains($0) } ?? false
        default: return false
        }
    }

    private func reportDate(_ date: PrintedDate) -> Judged? {
        guard let generated else { return nil }
        if date.day == nil ? date.isSameMonth(as: generated) : date == generated {
            return .grounded("run on \(generated.text)")
        }
        var judged = Judged.contradicted(
            .G06, "run on \(generated.text)", "The report dates itself \(date.text), it was made on \(generated.text).")
        // The day of a time zone may differ.
        if date.day != nil, abs(date.days - generated.days) <= 1 { judged.severity = .warning }
        return judged
    }

    private func dataDate(_ date: PrintedDate, _ phraseIndex: Int, _ index: Int, _ ingest: IngestFacts) -> Judged? {
        let phrase = claims.phrases[phraseIndex]
        let types = boundTypes(phraseIndex, index)
        let known = types.isEmpty ? Array(ingest.latest.values) : types.compactMap { ingest.latest[$0] }
        let all = known + (types.isEmpty ? ingest.namedDates + (generated.map { [$0] } ?? []) : [])
        func fits(_ other: PrintedDate) -> Bool { date.day == nil ? date.isSameMonth(as: other) : date == other }
        let isLatest = isModified(phrase)
        let dates = types.map { type in "\(type) latest \(ingest.latest[type]?.text ?? "unknown")" }.joined(
            separator: ", ")
        if !types.isEmpty, isLatest {
            // "CSV and JSON were last modified in November": each of them.
            if known.count == types.count, known.allSatisfy(fits) { return .grounded(dates) }
            if types.count > 1, known.contains(where: fits), !isJoint(phrase) { return .grounded(dates) }
            return .contradicted(.G07, dates, "The latest change is another: \(dates).").warning
        }
        if all.contains(where: fits) {
            return .grounded("dates of the data: " + Set(all.map(\.text)).sorted().joined(separator: ", "))
        }
        if date.day == nil, isWithin(date, all) { return .derivable("between the dates of the data") }
        let newest = all.max { $0.days < $1.days }
        let evidence = newest.map { "latest in the data: \($0.text)" } ?? "the data has no dates"
        if let newest, date.days > newest.days, date.days > (generated?.days ?? newest.days) {
            return .contradicted(.G07, evidence, "The data ends before \(date.text).").warning
        }
        return .unsupported("No file of the data has this date.", .G07, evidence: evidence)
    }

    private func isWithin(_ date: PrintedDate, _ all: [PrintedDate]) -> Bool {
        guard let first = all.min(by: { $0.days < $1.days }), let last = all.max(by: { $0.days < $1.days }) else {
            return false
        }
        return date.days > first.days && date.days <= last.days
    }

    private func isModified(_ phrase: Phrase) -> Bool {
        let near = [phrase.tokens] + phrase.context.map { claims.phrases[$0].tokens }
        return near.contains { tokens in
            tokens.contains {
                [
                    "modified", "modification", "modifications", "update", "updated", "updates", "latest", "newest",
                    "recent",
                ].contains($0.text)
            }
        }
    }

    private func isJoint(_ phrase: Phrase) -> Bool {
        phrase.tokens.contains { ["both", "all", "each"].contains($0.text) }
    }

    /// Kinds that the date speaks of: `JSON: October 2025`, `2025-10-08 for JSON`, `newest CSV … on`.
    private func boundTypes(_ phraseIndex: Int, _ index: Int) -> [String] {
        let phrase = claims.phrases[phraseIndex]
        let types = claims.mentions[phraseIndex].types
        if case .cell = phrase.kind {
            return claims.cell(of: phrase, column: 0).map { claims.mentions[$0].types.map(\.value) } ?? []
        }
        let others = phrase.tokens.indices.filter { phrase.tokens[$0].date != nil && $0 != index }
        if let next = index + 1 < phrase.tokens.count ? phrase.tokens[index + 1].text : nil,
            next == "for" || next == "("
        {
            let stop = others.first { $0 > index } ?? phrase.tokens.count
            let after = types.filter { $0.index > index && $0.index < stop && $0.index - index < 12 }.map(\.value)
            if !after.isEmpty { return Array(Set(after)).sorted() }
        }
        let start = others.last { $0 < index } ?? -1
        let before = types.filter { $0.index < index && $0.index > start }
        if let last = before.last {
            let joined = before.filter { last.index - $0.index <= 3 }.map(\.value)
            return Array(Set(joined)).sorted()
        }
        let label = types.isEmpty && phrase.near == 0 ? phrase.context.first : nil
        guard let label, case .sentence = claims.phrases[label].kind else { return [] }
        let above = claims.mentions[label].types.map(\.value)
        return above.count == 1 ? above : []
    }
}

extension Judged {
    fileprivate var warning: Judged {
        var judged = self
        judged.severity = .warning
        return judged
    }
}

private let yearVerbs: Set<String> = [
    "span", "spans", "spanning", "modified", "collected", "gathered", "from", "between", "covers", "covering", "dates",
    "date", "created", "recorded",
]
private let planWords: Set<String> = [
    "planned", "next", "milestone", "milestones", "review", "due", "deadline", "scheduled", "schedule", "follow",
    "upcoming",
]
