internal import GateCore
internal import GateVocabulary

/// Every claim of a report, bound and judged, in one pass over its phrases.
final class ClaimAudit {
    let document: ReportDocument
    let known: ReportFacts
    private(set) var binder: Binder
    private(set) var judged: [JudgedClaim] = []
    /// Of the report itself; nil where it gives itself no date or the run's is unknown.
    private(set) var isDateCorrect: Bool?
    private let values: ValueJudge
    private let files: FileClaims?
    private let dates: DateClaims
    private let names: Names
    private let counts: Counts
    private let explains: Bool
    /// By phrase.
    private let figures: [[Figure]]
    /// What the numbers around a number make of it.
    private let alignment: Alignment

    /// A text that has more numbers is no report; the rest of them is not judged.
    static let maximumClaims = 20_000
    /// Below this share of numbers that were bound to the data the corpus was not understood.
    static let leastBound = 0.25
    /// Fewer numbers say nothing of a corpus.
    static let fewestForShare = 12

    init(_ document: ReportDocument, _ known: ReportFacts, explains: Bool) {
        self.document = document
        self.known = known
        self.explains = explains
        let relation = known.relation
        let phrases = PhraseList.phrases(of: document)
        binder = Binder(document: document, phrases: phrases, readings: phrases.map(known.reader.read))
        (values, counts) = (known.values, known.counts)
        let readings = binder.readings
        binder.keyReader = { header, value in ClaimAudit.key(header, value, phrases, readings, relation) }
        binder.fitsDimension = { metric, unit in metric.columns.contains { Matching.fits(unit, relation.columns[$0]) } }
        let counted = Set(relation.columns.compactMap { $0.unit?.counted })
        binder.open = { unit in
            guard unit.dimension == .rate, let own = unit.counted, !counted.contains(own) else { return unit }
            let open = unit.per.map { ["/\($0)"] } ?? ["/s", "/min", "/h"]
            return open.lazy.compactMap { MeasuredUnit($0) }.first { $0.factor == unit.factor } ?? unit
        }
        binder.isMeasured = { metric, unit in
            unit.map { unit in
                metric.columns.contains { relation.columns[$0].unit.map { $0.isComparable(with: unit) } ?? false }
            } ?? true
        }
        files = known.ingest.map { [binder] in
            FileClaims(ingest: $0, binder: binder, dataHasFiles: relation.isAboutFiles)
        }
        dates = DateClaims(binder, relation, known.ingest, generated: known.generated)
        names = Names(binder, known)
        let isChecked = known.ingest != nil || !relation.isEmpty
        figures = phrases.indices.map { [binder] in isChecked && !phrases[$0].isOfRun ? binder.figures(of: $0) : [] }
        alignment = Alignment(binder, figures, known)
        for index in phrases.indices where !phrases[index].isOfRun { judge(index) }
        Corroboration(binder, values, counts).review(&judged)
        Misattributions(binder: binder, values: values).review(&judged)
        judgeNames()
    }

    /// The rows that a number below a key's header selects.
    private static func key(
        _ header: Int, _ value: Double, _ phrases: [Phrase], _ readings: [Reading], _ relation: Relation
    ) -> Reading.Entity? {
        let mentions = relation.keyIndex.mentions(in: phrases[header].terms, isWeak: { _ in false }).filter(\.isWhole)
        guard let mention = mentions.first else { return nil }
        let names = mention.names.map { relation.keyNames[$0] }
        let labels = relation.labels.indices.filter {
            relation.labels[$0].number == value && names.contains(relation.labels[$0].name)
        }
        guard !labels.isEmpty else { return nil }
        return Reading.Entity(
            tokens: 0..<0, labels: labels, rows: relation.rows(withAny: labels), group: relation.labels[labels[0]].name,
            isWhole: true, isKey: true)
    }

    // MARK: - Phrases

    private func judge(_ index: Int) {
        let phrase = binder.phrases[index]
        guard judged.count < ClaimAudit.maximumClaims else { return }
        for (place, token) in phrase.tokens.enumerated() {
            if token.date != nil, let verdict = dates.judge(index, place) {
                add(index, token.bytes, verdict)
                if verdict.rule == .G06 || verdict.evidence.hasPrefix("the run's date") {
                    isDateCorrect = (isDateCorrect ?? true) && verdict.kind == .grounded
                }
            } else if token.isFile, known.ingest != nil, names.isClaim(token, phrase) {
                add(index, token.bytes, names.file(token, phrase))
            }
        }
        let figures = figures[index]
        let outcome = outcome(of: index, figures)
        let claimed = figures.filter { !NotClaims.isWished($0.token, phrase) }
        let verdicts = claimed.map { outcome.verdicts[$0.token] ?? judge($0, phrase, figures) }
        // What follows from a number that is wrong is not wrong once more.
        let isSpoilt = zip(claimed, verdicts).contains { figure, verdict in
            !figure.isRelative && verdict.severity > .info
        }
        for (figure, verdict) in zip(claimed, verdicts) {
            let isSpoilt = isSpoilt && figure.isRelative && (verdict.kind == .unsupported || verdict.rule == .I02)
            add(
                index, bytes(of: figure), isSpoilt ? .unverifiable("It follows from a number that is wrong.") : verdict,
                figure: figure, binding: explains ? binding(of: figure) : "")
        }
        for finding in outcome.findings where !(isSpoilt && finding.isOfNumbers) {
            let range =
                phrase.tokens[finding.tokens.lowerBound].bytes
                .lowerBound..<phrase.tokens[finding.tokens.upperBound - 1].bytes.upperBound
            add(index, range, .contradicted(finding.rule, finding.evidence, finding.message))
        }
    }

    private func judge(_ figure: Figure, _ phrase: Phrase, _ figures: [Figure]) -> Verdict {
        let isSizeOfData = figure.unit?.dimension == .bytes && values.search.entry(figure) != nil
        if !isSizeOfData, let verdict = files?.judge(figure, figures) { return verdict }
        guard !known.relation.isEmpty else { return .unverifiable("The data has no figures.") }
        let header = binder.header(of: phrase).map { binder.phrases[$0] }
        if !known.isPartial, let verdict = RowCounts(relation: known.relation).judge(figure, phrase) { return verdict }
        if let verdict = counts.judge(figure, phrase, header: header) { return verdict }
        let verdict = values.judge(figure) { derivation(of: figure, phrase, figures) }
        if verdict.severity == .info, let doubt = counts.doubt(figure, phrase) { return doubt }
        let aligned = alignment.verdict(of: figure, instead: verdict)
        guard phrase.isCell, aligned.kind == .unverifiable, !figure.namedStatistics.isEmpty else { return aligned }
        return MixedStatistics(statement(of: figure.phrase, figures), aggregates: known.aggregates.relation)
            .statistic(figure) ?? aligned
    }

    private func statement(of index: Int, _ figures: [Figure]) -> Statement {
        let (phrase, reading) = (binder.phrases[index], binder.readings[index])
        let readings = (phrase.before.prefix(3) + phrase.headings.prefix(1)).map { binder.readings[$0] }
        let groups = Set(reading.entities.map(\.group))
        return Statement(
            relation: known.relation, phrase: phrase, reading: reading, figures: figures,
            above: Statement.Above(
                metric: readings.lazy.compactMap(\.metrics.last).first?.elsewhere,
                entities: readings.flatMap(\.entities).filter { !groups.contains($0.group) }.map(\.elsewhere)),
            earlier: phrase.before.first.map { self.figures[$0] } ?? [])
    }

    /// What the sentence says of more than one value.
    private func outcome(of index: Int, _ figures: [Figure]) -> Statement.Outcome {
        let phrase = binder.phrases[index]
        // A question says nothing.
        let isQuestion = phrase.tokens.last { !$0.isMark("*_`\"") }?.isMark("?") ?? false
        guard phrase.kind == .sentence, !phrase.isProposal, !isQuestion, !known.relation.isEmpty else { return .init() }
        return Forms(known: known).judge(statement(of: index, figures))
    }

    private func bytes(of figure: Figure) -> Range<Int> {
        let token = binder.phrases[figure.phrase].tokens[figure.token]
        return token.bytes
            .lowerBound..<max(figure.quantity.unitBytes?.upperBound ?? token.bytes.upperBound, token.bytes.upperBound)
    }

    private func add(
        _ phrase: Int, _ bytes: Range<Int>, _ verdict: Verdict, figure: Figure? = nil, binding: String = ""
    ) {
        judged.append(JudgedClaim(phrase: phrase, bytes: bytes, verdict: verdict, figure: figure, binding: binding))
    }

    private func judgeNames() {
        var seen: Set<String> = []
        for index in binder.phrases.indices where !binder.phrases[index].isOfRun {
            for (bytes, evidence) in names.invented(index, &seen) {
                add(index, bytes, .unsupported(.E02, evidence, "The data knows nothing of this name."))
            }
            judgeReleases(index)
            judgeSubject(index)
        }
    }

    private func judgeReleases(_ index: Int) {
        let wrong = known.releases.wrong(in: binder.phrases[index]) { word in
            known.relation.metricIndex.knows(stem(word)) || Lexicon.dimensionWords[word] != nil
                || Lexicon.comparisons[word] != nil || Lexicon.statistics[word] != nil
        }
        for (bytes, name, versions) in wrong {
            // It is no other name or number as well.
            judged.removeAll { $0.phrase == index && $0.bytes.overlaps(bytes) }
            let shown = versions.prefix(3).map { "\(name) \($0)" }.joined(separator: ", ")
            add(
                index, bytes,
                .contradicted(.G04, shown, "The data says \(shown)\(versions.count > 3 ? " and others" : "")."))
        }
    }

    private func judgeSubject(_ index: Int) {
        let subjects = InventedSubjects(binder: binder, relation: known.relation)
        let bytes = subjects.subject(index, figures[index]) { figure, digits in
            judged.contains { claim in
                claim.phrase == index && claim.figure?.token == figure.token
                    && (claim.verdict.severity > .info
                        || [.grounded, .derivable].contains(claim.verdict.kind)
                            && figure.quantity.significant >= digits)
            }
        }
        guard let bytes else { return }
        add(index, bytes, .unsupported(.E02, "not in the data", "The data has no figures of this."))
    }

    // MARK: - Derivations

    private func derivation(of figure: Figure, _ phrase: Phrase, _ figures: [Figure]) -> String? {
        // A value of a named metric of a named owner is that, and no result of others.
        let isPlain = !figure.isRelative && !figure.isDerived && figure.sign == nil && figure.metric?.certainty == .own
        let concludes = phrase.tokens[..<figure.token].contains { Lexicon.conclusions.contains($0.text) }
        guard
            concludes
                || !(isPlain && figure.metric?.mention.isWhole == true
                    && figure.entities.contains { $0.certainty == .own })
        else { return nil }
        if let text = resultOfRows(figure, phrase) { return text }
        let next = phrase.tokens.dropFirst(figure.token + 1).prefix(2).map(\.text)
        return Derivations.explain(
            figure, Derivations.Change(behind: next), printed: printed(figure, phrase, figures),
            data: data(figure, phrase))
    }

    /// `both`, `gain`: a row that is none of the data's says what those above it sum up to, or by how much the last two differ.
    private func resultOfRows(_ figure: Figure, _ phrase: Phrase) -> String? {
        guard phrase.isCell, figure.quantity.significant >= 3,
            let name = binder.row(of: phrase).first, name != figure.phrase, binder.readings[name].entities.isEmpty
        else { return nil }
        let above = binder.column(above: phrase).compactMap { figuresOf($0).first?.quantity.value }
        guard above.count > 1, let last = above.last, case let other = above[above.count - 2] else { return nil }
        let slack = figure.quantity.halfStep * Double(above.count)
        let results = [above.reduce(0, +), last + other, abs(last - other)]
        return results.contains { figure.quantity.prints($0, slack: slack) } ? "what the rows above it come to" : nil
    }

    /// The other numbers of the sentence and of the one before it, or of the row.
    private func printed(_ figure: Figure, _ phrase: Phrase, _ figures: [Figure]) -> [Derivations.Operand] {
        var result: [Derivations.Operand] = []
        func add(_ index: Int, _ figures: [Figure]) {
            for other in figures where other.phrase != figure.phrase || other.token != figure.token {
                // What nothing bears out bears out nothing.
                guard values.isKnown(other) else { continue }
                let factor = other.unit?.factor ?? 1
                result.append(
                    .init(
                        value: other.quantity.value * factor, dimension: other.unit?.dimension ?? .unknown, column: nil,
                        text: { [token = binder.phrases[index].tokens[other.token]] in token.text },
                        rounding: other.quantity.value == 0 ? 0 : other.quantity.halfStep / abs(other.quantity.value),
                        isScaled: other.quantity.scale > 1))
            }
        }
        // The more numbers there are, the more follows from them by accident.
        let near = figures.filter { $0.token != figure.token }.sorted {
            (abs($0.token - figure.token), $0.token) < (abs($1.token - figure.token), $1.token)
        }
        add(figure.phrase, near.prefix(6).sorted { $0.token < $1.token })
        if phrase.isCell, figure.isDerived {
            for cell in binder.column(above: phrase) { add(cell, figuresOf(cell)) }
        } else if phrase.isCell {
            for cell in binder.row(of: phrase) where cell != figure.phrase { add(cell, figuresOf(cell)) }
        } else if near.count < 2 || figure.unit?.dimension == .rate, let before = phrase.before.first {
            add(before, Array(figuresOf(before).suffix(4)))
        } else if phrase.tokens[..<figure.token].contains(where: { Lexicon.conclusions.contains($0.text) }),
            let before = phrase.before.first
        {
            add(before, Array(figuresOf(before).suffix(4)))
        }
        return result
    }

    private func figuresOf(_ phrase: Int) -> [Figure] { figures[phrase] }

    /// Values of what the phrase names.
    private func data(_ figure: Figure, _ phrase: Phrase) -> [Derivations.Operand] {
        let relation = known.relation
        let reading = binder.readings[figure.phrase]
        let wanted = figure.metric?.mention.columns
        let isRelative = figure.quantity.isPercent || figure.quantity.isFactor
        var operands: [Derivations.Operand] = []
        let entities = reading.entities.isEmpty ? figure.entities.map(\.mention) : reading.entities
        // Without a subject the values of the metric itself, where they are few.
        let rows: [[Int]?] = entities.isEmpty ? (wanted == nil ? [] : [nil]) : entities.prefix(6).map(\.rows)
        operands += metrics(figure, reading)
        for rows in rows {
            let entries = relation.entries(in: rows, columns: wanted, limit: ValueJudge.mostCandidates) {
                isRelative ? $0.statistic != .count : Matching.fits(figure.unit, $0)
            }
            for (column, group) in values.groups(entries).prefix(8) {
                let factor = relation.columns[column].unit?.factor ?? 1
                let dimension = relation.columns[column].unit?.dimension ?? .unknown
                operands += group.prefix(group.count > 8 ? 0 : 8).map { entry in
                    .init(
                        value: relation.entries[entry].value * factor, dimension: dimension, column: column,
                        text: { relation.describe(entry) })
                }
                if figure.quantity.isPercent, let total = total(column, of: group) {
                    operands.append(
                        .init(
                            value: total * factor, dimension: dimension, column: column,
                            text: { "all of \(relation.columns[column].name)" }))
                }
                guard group.count > 1 else { continue }
                let mean = group.reduce(0) { $0 + relation.entries[$1].value } / Double(group.count)
                operands.append(
                    .init(
                        value: mean * factor, dimension: dimension, column: column,
                        text: { "mean of \(group.count) values of \(relation.columns[column].name)" }))
            }
        }
        return operands
    }

    /// `Substitutions outnumber deletions by 4,076`: two metrics that the phrase names, row by row.
    private func metrics(_ figure: Figure, _ reading: Reading) -> [Derivations.Operand] {
        let relation = known.relation
        let columns = reading.metrics.filter(\.isWhole).map(\.columns)
        guard figure.isDerived, columns.count == 2, let first = columns.first, first.count <= 8 else { return [] }
        let rows = first.flatMap { relation.columns[$0].entries.prefix(9).map { relation.entries[$0].row } }
        guard rows.count <= 8 else { return [] }
        return rows.flatMap { row in
            relation.rows[row].entries.filter { columns.joined().contains(relation.entries[$0].column) }.map { entry in
                let column = relation.columns[relation.entries[entry].column]
                // Those of one row are set against each other.
                return .init(
                    value: relation.entries[entry].value * (column.unit?.factor ?? 1),
                    dimension: column.unit?.dimension ?? .unknown, column: -1 - row,
                    text: { relation.describe(entry) })
            }
        }
    }

    /// The sum of a column over the rows of the file that sum up nothing themselves.
    private func total(_ column: Int, of entries: [Int]) -> Double? {
        let relation = known.relation
        guard let first = entries.first, relation.columns[column].entries.count <= ValueJudge.mostCandidates else {
            return nil
        }
        let file = relation.rows[relation.entries[first].row].file
        let parts = relation.columns[column].entries.filter {
            relation.rows[relation.entries[$0].row].file == file && !relation.isTotal(relation.entries[$0].row)
        }
        return parts.count > 1 ? parts.reduce(0) { $0 + relation.entries[$1].value } : nil
    }

    // MARK: - What is told of it

    private func binding(of figure: Figure) -> String {
        let relation = known.relation
        let candidates = values.candidates(figure)
        var parts: [String] = []
        for entity in figure.entities {
            let labels = entity.mention.labels.prefix(3).map { relation.labels[$0] }
            parts.append(
                "\(labels.map { relation.labelNames[$0.name].isEmpty ? $0.text : "\(relation.labelNames[$0.name]) \($0.text)" }.joined(separator: "/")) (\(entity.certainty))"
            )
        }
        if let metric = figure.metric {
            parts.append(
                "metric \(metric.mention.columns.prefix(3).map { relation.columns[$0].name }.joined(separator: "/")) (\(metric.certainty)\(metric.mention.isWhole ? "" : ", in part"))"
            )
        }
        if !candidates.statistics.isEmpty {
            parts.append("statistic \(candidates.statistics.map(\.name).joined(separator: "/"))")
        }
        if let unit = figure.unit { parts.append("unit \(unit.name)") }
        return (parts.isEmpty ? "nothing" : parts.joined(separator: ", ")) + " → \(candidates.entries.count) candidates"
            + (candidates.entries.first.map { ", \(relation.describe($0))" } ?? "")
    }
}

extension String {
    /// At most so many characters, with an ellipsis where it was longer.
    func prefixed(_ maximum: Int) -> String {
        guard utf8.count > maximum, count > maximum else { return self }
        return prefix(maximum) + "…"
    }
}
