internal import GateCore
internal import GateVocabulary

/// Counts, shares and sizes of files against what the ingest counted: in sentences about files alone.
struct FileClaims {
    let ingest: IngestFacts
    let binder: Binder
    /// The data tells of files itself.
    let dataHasFiles: Bool

    /// A unit mistaken by one step makes a size no larger.
    private static let mostTimesLarger = 2000.0

    /// Nil where the number is not about files.
    func judge(_ figure: Figure, _ all: [Figure]) -> Verdict? {
        let phrase = binder.phrases[figure.phrase]
        // `documents` may be what the data measures.
        if !phrase.isCell, let metric = figure.metric, metric.certainty == .own, metric.mention.isWhole,
            phrase.tokens[metric.mention.tokens].contains(where: { Lexicon.fileNouns.contains($0.text) })
        {
            return nil
        }
        if figure.unit?.dimension == .bytes || isSizeLabel(figure, phrase) { return size(figure, phrase) }
        if figure.unit?.name == "%" { return share(figure, phrase, all) }
        guard figure.quantity.isWhole, figure.unit == nil || figure.unit?.dimension == .count,
            isCount(figure, phrase, all), !isOfCorpus(figure, phrase)
        else { return nil }
        return count(figure, phrase, kinds(figure, phrase, all))
    }

    /// A corpus of thousands of documents that was searched, not the files that say so.
    private func isOfCorpus(_ figure: Figure, _ phrase: Phrase) -> Bool {
        !phrase.tokens.contains { $0.text.hasPrefix("file") }
            && figure.quantity.value > 10 * Double(max(1, ingest.totalFiles))
    }

    // MARK: - Which files

    private func isAboutFiles(_ phrase: Phrase) -> Bool {
        if phrase.tokens.contains(where: { Lexicon.fileNouns.contains($0.text) }) { return true }
        let sources =
            [binder.header(of: phrase)].compactMap(\.self) + binder.row(of: phrase).prefix(1) + phrase.before.prefix(1)
        return sources.contains { binder.phrases[$0].tokens.contains { Lexicon.fileNouns.contains($0.text) } }
    }

    /// The number counts files: `28 CSV files`, `JSON (44)`, `Total files: 101`, a cell in the row of a kind.
    private func isCount(_ figure: Figure, _ phrase: Phrase, _ all: [Figure]) -> Bool {
        if phrase.isCell { return isCountCell(figure, phrase) }
        let tokens = phrase.tokens
        if isSumOfKinds(figure, phrase) || isLabelled(figure, phrase) { return true }
        let next = tokens.dropFirst(figure.token + 1).prefix(4).prefix {
            !$0.isMark("|;:,.") && $0.number == nil && !($0.isMark("()") && !$0.isMark("*"))
        }
        if next.contains(where: { Lexicon.fileNouns.contains($0.text) }) {
            return next.prefix(2).map(\.text) != ["per", "file"]
        }
        if next.prefix(2).map(\.text) == ["per", "file"] { return false }
        let reading = binder.readings[figure.phrase]
        if figure.unit != nil, figure.unit?.counted != "file", figure.unit?.counted != "document" { return false }
        // `8 files, of which 3 are JSON`
        if let first = next.first, Lexicon.copulas.contains(first.text),
            next.dropFirst().first.map({ Lexicon.kinds[$0.text] != nil }) ?? false
        {
            return true
        }
        // `44 JSON, 29 Markdown`, `JSON: 44`
        if let first = next.first(where: { !$0.isMark("*_`") }), Lexicon.kinds[first.text] != nil {
            let rest = next.drop { Lexicon.kinds[$0.text] != nil || $0.isMark("*_`") }.first
            return rest.map {
                [
                    "and", "or", "documents", "logs", "reports", "configurations", "configs", "artefacts", "artifacts",
                    "results", "inputs", "lines",
                ].contains($0.text) || Lexicon.fileNouns.contains($0.text)
            } ?? true
        }
        if let kind = reading.kinds.last(where: { $0.token < figure.token }) {
            let between = tokens[(kind.token + 1)..<figure.token].filter { !$0.isMark("*_`\"'~[-") }
            let isLink = between.allSatisfy {
                $0.isMark(":(|=") || Lexicon.fileNouns.contains($0.text) || links.contains($0.text)
            }
            // `JSON (44)`, but not `five JSON documents (four written by fio)`
            let isAlone = !between.contains { $0.isMark("(") } || next.allSatisfy { !$0.isWord }
            return isLink && isAlone && between.count <= 6 && figure.metric?.certainty != .own
        }
        let near = max(0, figure.token - 8)..<figure.token
        let before = tokens[near].map(\.text)
        // `10 files: 4 outputs` tells what the files are, not once more how many.
        let isLabel =
            near.contains { Lexicon.fileNouns.contains(tokens[$0].text) && ($0 == 0 || tokens[$0 - 1].number == nil) }
            && (before.contains(":") || before.last == "(" || ["is", "was", "of", "="].contains(before.last ?? ""))
        return isLabel && !before.contains { ["per", "average", "mean", "size", "sizes", "bytes"].contains($0) }
    }

    private func isCountCell(_ figure: Figure, _ phrase: Phrase) -> Bool {
        guard let header = binder.header(of: phrase), case .cell(_, _, let column) = phrase.kind, column > 0 else {
            return false
        }
        let words = binder.phrases[header].tokens.map(\.text)
        let row = binder.row(of: phrase).first.map { binder.phrases[$0].tokens.map(\.text) } ?? []
        if words.contains(where: { ["size", "bytes", "modified", "date", "%"].contains($0) }) { return false }
        let isRowOfFiles = row.contains { Lexicon.fileNouns.contains($0) || Lexicon.kinds[$0] != nil }
        let isCount =
            words.contains { Lexicon.fileNouns.contains($0) }
            || isRowOfFiles && words.contains { ["count", "number", "quantity", "total", "value"].contains($0) }
        return isCount && (isRowOfFiles || row.contains { ["total", "all", "sum"].contains($0) })
            && !row.contains { ["size", "bytes"].contains($0) }
    }

    /// Kinds that a number counts; empty for all files.
    private func kinds(_ figure: Figure, _ phrase: Phrase, _ all: [Figure]) -> [String] {
        if phrase.isCell {
            let row = binder.row(of: phrase).first.map { binder.readings[$0].kinds.map(\.kind) } ?? []
            return row.isEmpty ? binder.header(of: phrase).map { binder.readings[$0].kinds.map(\.kind) } ?? [] : row
        }
        guard !isSumOfKinds(figure, phrase), !isLabelled(figure, phrase) else { return [] }
        let tokens = phrase.tokens
        let reading = binder.readings[figure.phrase]
        // `44 JSON files`, `51 JSON and Markdown files`, `28 of the 101 files are CSV`
        var after: [String] = []
        for index in tokens.indices.dropFirst(figure.token + 1).prefix(6) {
            if let kind = Lexicon.kind(at: index, tokens) { after.append(kind); continue }
            if tokens[index].text == "lines", after.last == "jsonl" { continue }
            if Lexicon.fileNouns.contains(tokens[index].text) { break }
            guard
                tokens[index].isMark("*_`/&")
                    || ["and", "or"].contains(tokens[index].text) && !after.isEmpty && nextIsKind(index, tokens)
            else {
                if after.isEmpty, tokens[index].isWord, !Lexicon.separators.contains(tokens[index].text) { continue }
                break
            }
        }
        if !after.isEmpty { return Array(Set(after)).sorted() }
        let isTotal = tokens[..<figure.token].suffix(6).contains { ["total", "all", "overall"].contains($0.text) }
        // `the JSON 12 entries`: of something in it.
        let next = tokens.dropFirst(figure.token + 1).first { !$0.isMark("*_`") }
        let countsOther =
            next.map { $0.isWord && !Lexicon.fileNouns.contains($0.text) && !Lexicon.stop.contains($0.text) } ?? false
        if let before = reading.kinds.last(where: { $0.token < figure.token && figure.token - $0.token <= 9 }),
            !isTotal, !countsOther,
            !tokens[before.token..<figure.token].contains(where: { $0.number != nil || $0.isMark(";") })
        {
            let joined = reading.kinds.filter { $0.token < before.token && before.token - $0.token <= 2 }
            return Array(Set(joined.map(\.kind) + [before.kind])).sorted()
        }
        guard !isTotal, figure.unit?.counted == "file" || phrase.isItem, let above = phrase.before.first, phrase.isItem
        else { return [] }
        let kinds = Set(binder.readings[above].kinds.map(\.kind))
        return kinds.count == 1 ? Array(kinds) : []
    }

    private func nextIsKind(_ index: Int, _ tokens: [Token]) -> Bool {
        index + 1 < tokens.count && Lexicon.kinds[tokens[index + 1].text] != nil
    }

    // MARK: - Counts

    private func count(_ figure: Figure, _ phrase: Phrase, _ kinds: [String]) -> Verdict {
        let expected =
            kinds.isEmpty
            ? ingest.totalFiles...ingest.totalFiles : ingest.count(of: kinds, isByForm: saysForms(phrase))
        guard let value = figure.quantity.int else {
            return .contradicted(.G02, ingest.summary, "There are not so many files.")
        }
        if expected.contains(value) {
            return expected.count == 1
                ? .grounded(ingest.summary) : .unverifiable("Not all files are known by name.", ingest.summary)
        }
        let unread =
            kinds.isEmpty ? ingest.unread.values.reduce(0, +) : kinds.reduce(0) { $0 + (ingest.unread[$1] ?? 0) }
        let others = unread + (kinds.isEmpty ? ingest.passedOver : 0)
        if others > 0, value == expected.upperBound + others || value == expected.upperBound + unread {
            return .derivable("\(ingest.summary), and \(others) that are not read")
        }
        // `three JSON` of a report that tells of JSON Lines elsewhere, or not at all.
        if !kinds.isEmpty, value...value == ingest.count(of: kinds, isByForm: true) {
            return .derivable(ingest.summary)
        }
        // `4 of the JSON files are results`
        let isOfThem = phrase.tokens.dropFirst(figure.token + 1).prefix(2).map(\.text) == ["of", "the"]
        if isOfThem, value < expected.upperBound {
            return .unverifiable("It is a number of some of them.", ingest.summary)
        }
        if isUnread(figure, phrase) {
            return .unverifiable("The ingest counts no files of kinds that are not read.", ingest.summary)
        }
        if figure.hedge != .exact { return .unverifiable("It is a bound, not a count.", ingest.summary) }
        // The data tells of files itself: sources that were built, parts that were read.
        let isOfKinds = kinds.isEmpty && saysKinds(figure, phrase)
        if kinds.isEmpty, dataHasFiles, !isOfKinds, !isLabelled(figure, phrase) {
            return .unverifiable("The data has files of its own.", ingest.summary)
        }
        guard !kinds.isEmpty || isOfKinds || isWhole(figure, phrase) else {
            return isOfPart(figure, phrase)
                ? .unverifiable("The ingest counts no files of such a part.", ingest.summary)
                : .unsupported(.G02, ingest.summary, "The ingest counts no files of such a part.")
        }
        let name = kinds.isEmpty ? "" : kinds.joined(separator: " and ") + " "
        return .contradicted(
            .G02, ingest.summary, "The ingest counted \(expected.lowerBound) \(name)files, the report says \(value).")
    }

    /// `8 files, of which 5 JSON, 1 CSV and 2 Markdown`: a number of files that is told by kinds is that of all.
    private func saysKinds(_ figure: Figure, _ phrase: Phrase) -> Bool {
        binder.readings[figure.phrase].kinds.count { kind in
            kind.token > figure.token && phrase.tokens[..<kind.token].last?.number != nil
        } > 1
    }

    /// It tells forms such as JSON Lines from what they are forms of.
    private func saysForms(_ phrase: Phrase) -> Bool {
        phrase.tokens.indices.contains { Lexicon.kind(at: $0, phrase.tokens).map { Lexicon.forms[$0] != nil } ?? false }
    }

    /// `3 YAML files`
    private func isUnread(_ figure: Figure, _ phrase: Phrase) -> Bool {
        phrase.tokens.dropFirst(figure.token + 1).first { !$0.isMark("*_`.") }
            .map { Lexicon.unreadKinds.contains($0.text) || Lexicon.unreadKinds.contains(stem($0.text)) } ?? false
    }

    /// `three GGUF files`, `the file has 60 rows, three …`: of files with a word of their own, or of none.
    private func isOfPart(_ figure: Figure, _ phrase: Phrase) -> Bool {
        let next = phrase.tokens.dropFirst(figure.token + 1).prefix(4).filter { !$0.isMark("*_`") }
        guard let noun = next.firstIndex(where: { Lexicon.fileNouns.contains($0.text) }) else { return true }
        return next[..<noun].contains { ($0.isWord || $0.isIdentifier) && Lexicon.kinds[$0.text] == nil }
    }

    /// `a dataset of 10 files`, `Total Files: 10`: the number of all files.
    private func isWhole(_ figure: Figure, _ phrase: Phrase) -> Bool {
        if phrase.isCell || isLabelled(figure, phrase) { return true }
        let before = phrase.tokens[..<figure.token].suffix(8),
            after = phrase.tokens.dropFirst(figure.token + 1).prefix(5)
        return (before + after).contains { wholes.contains($0.text) }
    }

    /// `- Files: 11, of which 6 are logs`
    private func isLabelled(_ figure: Figure, _ phrase: Phrase) -> Bool {
        let before = phrase.tokens[..<figure.token].filter { !$0.isMark("*_`-") }
        let next = phrase.tokens.dropFirst(figure.token + 1).first { !$0.isMark("*_`") }
        let isAlone = next.map { !$0.isWord || Lexicon.fileNouns.contains($0.text) } ?? true
        return isAlone && before.count == 2 && before.last.map { $0.isMark(":") } ?? false
            && before.first.map {
                Lexicon.fileNouns.contains($0.text) || ["artefacts", "artifacts", "sources"].contains($0.text)
            } ?? false
    }

    /// `4 JSONL, 4 YAML and 1 CSV (9 in total)`
    private func isSumOfKinds(_ figure: Figure, _ phrase: Phrase) -> Bool {
        let next = phrase.tokens.dropFirst(figure.token + 1).prefix(2).map(\.text)
        return next == ["in", "total"] && binder.readings[figure.phrase].kinds.count { $0.token < figure.token } > 1
    }

    // MARK: - Shares

    private func share(_ figure: Figure, _ phrase: Phrase, _ all: [Figure]) -> Verdict? {
        let reading = binder.readings[figure.phrase]
        // `81 % of the JSON payload`
        let isOfOther = reading.kinds.allSatisfy { kind in
            let next = phrase.tokens.dropFirst(kind.token + 1).first
            return next.map { $0.isWord && !Lexicon.stop.contains($0.text) && !Lexicon.fileNouns.contains($0.text) }
                ?? false
        }
        if !phrase.isCell, !reading.kinds.isEmpty, isOfOther, !isAboutFiles(phrase) { return nil }
        // `unpacks JSON in 26 % of the time`
        let whole = phrase.tokens.dropFirst(figure.token + 1).prefix(3).map(\.text).drop { $0 == "of" || $0 == "the" }
        if !phrase.isCell, let noun = whole.first, Lexicon.dimensionWords[noun] != nil { return nil }
        var kinds = phrase.isCell || !reading.kinds.isEmpty ? self.kinds(figure, phrase, all) : []
        let header = binder.header(of: phrase).map { binder.phrases[$0].tokens.map(\.text) } ?? []
        let isShare =
            phrase.isCell
            ? header.contains { ["%", "share", "percentage", "percent", "proportion"].contains($0) }
            : !reading.kinds.isEmpty || isAboutFiles(phrase)
        guard isShare, figure.metric?.certainty != .own else { return nil }
        if kinds.isEmpty,
            let next = reading.kinds.first(where: { $0.token > figure.token && $0.token - figure.token <= 6 })
        {
            kinds = [next.kind]
        }
        if kinds.isEmpty, let last = reading.kinds.last(where: { $0.token < figure.token }) { kinds = [last.kind] }
        if kinds.isEmpty, let above = phrase.before.first {
            kinds = Array(Set(binder.readings[above].kinds.map(\.kind)))
        }
        if phrase.has(["together", "combined", "both", "jointly"]) {
            kinds = Array(Set(reading.kinds.map(\.kind))).sorted()
        }
        guard !kinds.isEmpty else { return nil }
        guard ingest.totalFiles > 0 else {
            return .contradicted(.G02, ingest.summary, "There were no files, so no share of them is known.")
        }
        var candidates = [kinds]
        if let last = kinds.last, kinds.count > 1 { candidates.append([last]) }
        for kinds in candidates {
            let part = ingest.count(of: kinds, isByForm: false).lowerBound
            let exact = 100 * Double(part) / Double(ingest.totalFiles)
            if figure.quantity.prints(exact, slack: figure.hedge == .exact ? 0 : 1.5) {
                return .derivable("\(part)/\(ingest.totalFiles) = \(shown((exact * 10).rounded() / 10)) %")
            }
        }
        guard figure.hedge != .bound else { return .unverifiable("It is a bound, not a share.") }
        let part = ingest.count(of: kinds, isByForm: false)
        guard part.count == 1 else { return .unverifiable("Not all files are known by name.", ingest.summary) }
        return .contradicted(
            .G02, ingest.summary,
            "By the ingest's counts the share is \(shown((1000 * Double(part.lowerBound) / Double(ingest.totalFiles)).rounded() / 10)) %."
        )
    }

    // MARK: - Sizes

    private func isSizeLabel(_ figure: Figure, _ phrase: Phrase) -> Bool {
        guard figure.unit == nil else { return false }
        let label =
            phrase.isCell
            ? binder.row(of: phrase).first.map { binder.phrases[$0].tokens.map(\.text) } ?? []
            : phrase.tokens[..<figure.token].map(\.text)
        return label.contains { $0.hasSuffix("size_bytes") }
            || label.contains("size")
                && label.contains { Lexicon.fileNouns.contains($0) || $0 == "bytes" && label.contains("total") }
    }

    private func size(_ figure: Figure, _ phrase: Phrase) -> Verdict? {
        let words = Set(
            phrase.tokens.map(\.text)
                + (phrase.isCell
                    ? binder.row(of: phrase).prefix(1).flatMap { binder.phrases[$0].tokens.map(\.text) } : []))
        let total = ingest.totalBytes
        let source = "ingest: \(shown(total)) bytes in \(ingest.totalFiles) files"
        let unit = figure.unit
        func says(_ value: Double) -> Bool {
            [unit?.factor ?? 1, unit?.otherFactor ?? unit?.factor ?? 1].contains {
                figure.quantity.prints(value / $0, slack: figure.slack)
            }
        }
        let isOfFiles =
            !words.subtracting(["file", "document"]).isDisjoint(with: Lexicon.fileNouns)
            || !words.isDisjoint(with: ["corpus", "dataset"])
            || words.contains { $0.hasSuffix("size_bytes") }
            || words.contains("data") && words.contains("volume") || words.contains("size") && words.contains("total")
        if figure.quantity.digits >= 4, says(total) { return .grounded(source) }
        // Weights and databases that are called files are none of those that were read.
        let isOfOthers = figure.quantity.value * (unit?.factor ?? 1) > FileClaims.mostTimesLarger * max(total, 1)
        guard isOfFiles, !isOfOthers, figure.metric?.certainty != .own || figure.metric?.mention.isWhole != true else {
            return nil
        }
        let isMean =
            !words.isDisjoint(with: ["average", "mean", "avg"])
            || phrase.tokens.dropFirst(figure.token + 1).prefix(3).contains { ["per", "each"].contains($0.text) }
        let mean = ingest.totalFiles > 0 ? total / Double(ingest.totalFiles) : 0
        if !isMean, says(total) { return .grounded(source) }
        if isMean, says(mean) { return .derivable("\(source) = \(shown(mean.rounded())) bytes each") }
        let value = figure.quantity.value * (unit?.factor ?? 1)
        let kinds = self.kinds(figure, phrase, [])
        if figure.hedge == .bound { return .unverifiable("It is a bound, not a size.", source) }
        if isMean {
            let files = kinds.last.flatMap { ingest.byKind[$0] } ?? ingest.totalFiles
            guard kinds.isEmpty || value * Double(max(files, 1)) > total * 1.01 else {
                return .unsupported(.G03, source, "The ingest knows no sizes of single kinds.")
            }
            return .contradicted(
                .G03, "\(source), \(shown(mean.rounded())) bytes each",
                "\(files) files of this size would be more or less than the \(shown(total)) bytes that there are.")
        }
        if value > total * 1.01
            || kinds.isEmpty && !words.isDisjoint(with: ["total", "overall", "volume", "entire", "combined"])
        {
            return .contradicted(.G03, source, "All files together have \(shown(total)) bytes.")
        }
        return .unsupported(.G03, source, "The ingest knows the size of all files together only.")
    }

    private let links: Set<String> = [
        "with", "are", "is", "at", "of", "count", "total", "the", "constitute", "account", "for", "accounts", "has",
        "have", "type", "comprise", "by", "number", "analyzed", "were", "was", "logs",
    ]
    private let wholes: Set<String> = [
        "total", "overall", "entire", "all", "analyzed", "analysed", "ingested", "processed", "comprising", "analyzes",
        "dataset", "whole",
        "corpus", "collection", "comprises", "consists", "data", "ingest", "covered", "analysis", "count", "holds",
        "contains", "archive",
        "namely", "material", "共有", "总共", "共计", "一共", "合計", "together",
    ]
}
