import GateCore
import GateVocabulary

/// Counts, shares and sizes of files against what the ingest counted.
struct IngestNumbers {
    let claims: ReportClaims

    /// Nil where the number is not about files.
    func judge(_ claim: NumberClaim) -> Judged? {
        guard let ingest = claims.store.ingest else { return nil }
        let phrase = claims.phrases[claim.phrase]
        if let unit = claim.unit {
            if unit.dimension == .bytes { return size(claim, phrase, ingest) }
            if unit.isPercent { return share(claim, phrase, ingest) }
            guard unit.isFiles else { return entries(claim, phrase, ingest) }
            return count(claim, phrase, ingest)
        }
        if isSizeLabel(claim, phrase) { return size(claim, phrase, ingest) }
        guard claim.number.decimals == 0, !isPerFile(claim, phrase), !isOfMetric(claim, phrase),
            isAboutFiles(claim, phrase)
        else { return nil }
        return count(claim, phrase, ingest)
    }

    /// `15 per file` counts what the files hold.
    private func isPerFile(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        phrase.tokens.dropFirst(claim.index + 1).prefix(2).map(\.text) == ["per", "file"]
    }

    /// `JSON files contribute 44 entries`: as many as there are files of the kind.
    private func entries(_ claim: NumberClaim, _ phrase: Phrase, _ ingest: IngestFacts) -> Judged? {
        let types = claims.mentions[claim.phrase].types
        guard claim.unit?.dimension == .count, claim.family == nil, claim.number.decimals == 0,
            types.contains(where: { ingest.byType[$0.value].map(Double.init) == claim.number.value })
        else { return nil }
        return .grounded(ingest.summary)
    }

    /// `Total tokens (JSON): 225`, `the JSON files hold 225 tokens, the CSV files 124`: figures in files, not of them.
    private func isOfMetric(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        guard case .sentence = phrase.kind else { return false }
        let before = phrase.tokens[..<claim.index]
        let start = before.lastIndex { $0.number != nil }
        if let start, let unit = before[start].number?.unit, !unit.isFiles, !unit.isPercent {
            return before[start...].contains { $0.isMark(",;") || $0.text == "and" }
        }
        guard let family = claim.family else { return false }
        let type = before.lastIndex { typeWords[$0.text] != nil } ?? 0
        return claims.mentions[claim.phrase].families.contains {
            $0.value == family && $0.index < type && $0.index >= start ?? 0 && type - $0.index <= 4
        }
    }

    // MARK: - Which files

    /// `28 CSV files`, `JSON (44)`, `Total Files: 101`, a cell below `Files` in the row of a kind.
    private func isAboutFiles(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        if case .cell = phrase.kind { return isCellAboutFiles(claim, phrase) }
        let tokens = phrase.tokens
        for index in (claim.index + 1)..<min(claim.index + 5, max(claim.index + 1, tokens.count)) {
            // `5 of the 28 CSV files` is about files, `5 ms and 28 files` is not.
            let isOfThem = tokens[max(0, index - 2)..<index].contains { $0.text == "of" }
            if isOfThem, tokens[index].number?.unit?.isFiles == true { return true }
            if tokens[index].isMark("()|;:,.") || (tokens[index].number != nil && !isOfThem) { break }
            if fileWords.contains(tokens[index].text) { return true }
        }
        if let type = typeBefore(claim.index, tokens), isBinding(type.distance) {
            return claim.family == nil || type.distance <= 2
        }
        if kindBehind(claim.index, tokens) != nil || isSaidOfKinds(claim.index, tokens) { return true }
        // `Markdown 28, CSV 44`: behind the number, where nothing is before it.
        if claim.index + 1 < tokens.count, typeWords[tokens[claim.index + 1].text] != nil {
            let next = claim.index + 2 < tokens.count ? tokens[claim.index + 2] : nil
            return next.map { !$0.isWord || ["and", "or", "files"].contains($0.text) } ?? true
        }
        if claim.index + 1 < tokens.count, ["more", "fewer"].contains(tokens[claim.index + 1].text),
            claims.mentions[claim.phrase].types.count >= 2
        {
            return true
        }
        let before = tokens[..<claim.index].map(\.text)
        let label = before.suffix(8)
        let isTotal = label.contains { fileWords.contains($0) } && label.contains { totalWords.contains($0) }
        if isTotal, before.last.map({ [":", "*", "is", "was", "of", "(", "`", "_", "-"].contains($0) }) ?? false {
            return true
        }
        return label.suffix(5).contains { fileWords.contains($0) } && (before.contains(":") || before.last == "(")
            && !label.contains { ["per", "average", "mean", "size", "sizes"].contains($0) } && claim.family == nil
    }

    private func isBinding(_ distance: Int) -> Bool { distance <= 7 }

    private func isCellAboutFiles(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        guard let header = claims.header(of: phrase) else { return false }
        let words = claims.phrases[header].tokens.map(\.text)
        let row = claims.cell(of: phrase, column: 0).map { claims.phrases[$0].tokens.map(\.text) } ?? []
        let isCount = words.contains {
            fileWords.contains($0) || ["count", "number", "quantity", "total", "value"].contains($0)
        }
        let isRowOfFiles = row.contains { fileWords.contains($0) || typeWords[$0] != nil }
        if words.contains(where: { ["size", "bytes"].contains($0) }) { return false }
        return isCount && (isRowOfFiles || words.contains { fileWords.contains($0) }) && claim.family == nil
    }

    /// Kinds that the number counts; empty for all files; nil where a part is meant that the ingest does not know.
    private func subject(_ claim: NumberClaim, _ phrase: Phrase) -> [String]? {
        let tokens = phrase.tokens
        if case .cell = phrase.kind {
            let row = claims.cell(of: phrase, column: 0).map { claims.mentions[$0].types.map(\.value) } ?? []
            if !row.isEmpty { return row }
            let header = claims.header(of: phrase).map { claims.mentions[$0].types.map(\.value) } ?? []
            return header
        }
        if let behind = kindBehind(claim.index, tokens) { return [behind] }
        if isWholeOfKinds(claim.index, tokens) || isWholeOfPart(claim.index, tokens) { return [] }
        if let part = kindsOfPart(claim.index, tokens) { return part }
        var after: [String] = []
        for index in (claim.index + 1)..<min(claim.index + 8, max(claim.index + 1, tokens.count)) {
            if tokens[index].isMark("(),.;:|") || tokens[index].number != nil { break }
            // `48 files and the JSON group has 59`: what follows is another clause.
            if after.isEmpty, claim.unit?.isFiles == true, ["and", "while", "but"].contains(tokens[index].text) {
                break
            }
            if let type = typeWords[tokens[index].text] { after.append(type) }
            if fileWords.contains(tokens[index].text), index > claim.index + 1 || after.isEmpty { break }
        }
        if !after.isEmpty { return after }
        if tokens[max(0, claim.index - 4)..<claim.index].contains(where: { $0.text == "total" }), after.isEmpty,
            claim.index > 0, tokens[claim.index - 1].text == "of"
        {
            return []
        }
        if let before = typeBefore(claim.index, tokens) { return before.types }
        if claim.index > 0, tokens[claim.index - 1].isMark("("),
            let last = tokens[..<claim.index].last(where: { typeWords[$0.text] != nil }),
            let type = typeWords[last.text], let place = tokens.firstIndex(where: { $0.bytes == last.bytes }),
            claim.index - place <= 5
        {
            return [type]
        }
        // A bullet below a kind's bullet.
        let above = phrase.context.dropFirst(phrase.near).first.map { claims.mentions[$0].types.map(\.value) } ?? []
        if tokens.contains(where: { totalWords.contains($0.text) }) { return [] }
        if phrase.near == 0, above.count == 1, case .sentence = phrase.kind, let parent = phrase.context.first,
            case .sentence = claims.phrases[parent].kind
        {
            return above
        }
        return []
    }

    // MARK: - Counts

    private func count(_ claim: NumberClaim, _ phrase: Phrase, _ ingest: IngestFacts) -> Judged {
        var kinds = subject(claim, phrase) ?? []
        let isTotal = claim.number.value == Double(ingest.totalFiles)
        if kinds.isEmpty, !isTotal, !isWhole(claim, phrase) {
            let named = Set(claims.mentions[claim.phrase].types.filter { $0.index < claim.index }.map(\.value))
            if named.count == 1 { kinds = Array(named) }
        }
        let expected = kinds.isEmpty ? ingest.totalFiles : kinds.reduce(0) { $0 + (ingest.byType[$1] ?? 0) }
        let name = kinds.isEmpty ? "" : kinds.joined(separator: " and ") + " "
        if claim.prints(base: Double(expected), dimension: .count, factScale: 1) { return .grounded(ingest.summary) }
        let value = Int(clamping: claim.number.value)
        let words = Set(phrase.tokens.map(\.text))
        if let difference = outnumbered(claim.index, phrase.tokens, ingest), abs(difference) == value {
            return .derivable("\(ingest.summary): a difference of \(value)")
        }
        if words.contains("listed"), kinds.isEmpty,
            [ingest.listed, ingest.notListed].contains(where: { $0.values.reduce(0, +) == value })
                || ingest.totalFiles - ingest.listed.values.reduce(0, +) == value
        {
            return .derivable(ingest.summary)
        }
        if !words.isDisjoint(with: ["more", "listed", "shown", "additional", "unlisted", "remaining", "other"]) {
            let counts = kinds.isEmpty ? Array(ingest.byType.keys) : kinds
            if counts.contains(where: { ingest.notListed[$0] == value || ingest.listed[$0] == value }) {
                return .grounded(ingest.summary)
            }
        }
        if let hit = ofSeveral(claim, phrase, value, ingest) { return hit }
        guard !kinds.isEmpty || isWhole(claim, phrase) else {
            return .unsupported("The ingest counts no files of such a part.", .G02, evidence: ingest.summary)
        }
        return .contradicted(
            .G02, ingest.summary, "The ingest counted \(expected) \(name)files, the report says \(claim.token.text).")
    }

    /// `a dataset of 10 files`, `Total Files: 10`: the number of all files.
    private func isWhole(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        if case .cell = phrase.kind { return around(phrase).contains { wholeWords.contains($0) } }
        let tokens = phrase.tokens
        var before = tokens[max(0, claim.index - 7)..<claim.index].filter { !$0.isMark("*_`") }
        // `the dataset (10 files)`, but not `gemma3 (10 files)`
        if before.last?.isMark("([") == true {
            before = before.dropLast().suffix(1)
            return before.contains { ["dataset", "corpus", "collection", "data", "total", "all"].contains($0.text) }
        }
        let after = tokens[claim.index...].dropFirst().prefix(4)
        return before.contains { wholeWords.contains($0.text) }
            || after.contains { ["total", "analyzed", "ingested", "processed", "overall"].contains($0.text) }
    }

    /// The sum of two kinds that the sentence names.
    private func ofSeveral(_ claim: NumberClaim, _ phrase: Phrase, _ value: Int, _ ingest: IngestFacts) -> Judged? {
        let named = Array(Set(claims.mentions[claim.phrase].types.map(\.value))).sorted()
        guard named.count == 2, phrase.tokens.count(where: { $0.number != nil }) <= 3 else { return nil }
        let counts = named.map { ingest.byType[$0] ?? 0 }
        let words = Set(phrase.tokens.map(\.text))
        if !words.isDisjoint(with: ["more", "fewer", "difference"]), abs(counts[0] - counts[1]) == value {
            return .derivable("\(named[0]) \(counts[0]) − \(named[1]) \(counts[1])")
        }
        // `JSON (73 files), Markdown (29 files)`: each has a count of its own.
        guard !isOfOneKind(claim.index, phrase.tokens) else { return nil }
        let sum = counts.reduce(0, +)
        return sum == value ? .derivable(named.map { "\($0) \(ingest.byType[$0] ?? 0)" }.joined(separator: " + ")) : nil
    }

    // MARK: - Shares

    private func share(_ claim: NumberClaim, _ phrase: Phrase, _ ingest: IngestFacts) -> Judged? {
        let tokens = phrase.tokens
        let mentions = claims.mentions[claim.phrase]
        let isFiles =
            tokens.contains { fileWords.contains($0.text) } || !mentions.types.isEmpty || isShareCell(phrase)
            || isShareOfKindAbove(phrase)
        guard isFiles, claim.family == nil, claim.cells.isEmpty, !isChange(claim, phrase) else { return nil }
        let groups = shareSubjects(claim, phrase)
        guard !groups.isEmpty else { return nil }
        guard ingest.totalFiles > 0 else {
            return .contradicted(.G02, ingest.summary, "There were no files, so no share of them is known.")
        }
        var shares: [String] = []
        for kinds in groups {
            let part = kinds.reduce(0) { $0 + (ingest.byType[$1] ?? 0) }
            let exact = 100 * Double(part) / Double(ingest.totalFiles)
            shares.append(
                "\(kinds.joined(separator: "+")) = \(part)/\(ingest.totalFiles) = \(shown((exact * 10).rounded() / 10)) %"
            )
            let isAbout = claim.bound != .exact && abs(exact - claim.number.value) <= 1.5
            if isAbout || claim.prints(base: exact, dimension: .ratio, factScale: 1) {
                return .derivable(shares.last ?? "")
            }
        }
        return .contradicted(
            .G02, shares.first ?? "",
            "By the ingest's counts the share is \(shares.first?.split(separator: "=").last ?? "another").")
    }

    /// `a difference of 1.2 %`, `3 % faster`: of figures, not of files.
    private func isChange(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        phrase.tokens[..<claim.index].suffix(4).contains { changeNouns.contains($0.text) }
            || phrase.tokens.dropFirst(claim.index + 1).prefix(1).contains { comparisonWords.contains($0.text) }
                && phrase.tokens.contains { $0.number?.unit?.dimension == .rate || $0.number?.unit?.dimension == .time }
    }

    /// `Share: 44 %` below the item of a kind.
    private func isShareOfKindAbove(_ phrase: Phrase) -> Bool {
        guard let first = phrase.tokens.first(where: \.isWord),
            ["share", "percentage", "proportion"].contains(first.text),
            let above = phrase.context.dropFirst(phrase.near).first
        else { return false }
        return Set(claims.mentions[above].types.map(\.value)).count == 1
    }

    private func isShareCell(_ phrase: Phrase) -> Bool {
        guard let header = claims.header(of: phrase), let row = claims.cell(of: phrase, column: 0) else { return false }
        return claims.phrases[header].tokens.contains {
            ["%", "percent", "percentage", "share", "proportion"].contains($0.text)
        }
            && (!claims.mentions[row].types.isEmpty || isTableOfKinds(phrase))
    }

    /// The first column names kinds of files.
    private func isTableOfKinds(_ phrase: Phrase) -> Bool {
        guard case .cell(let table, _, _) = phrase.kind else { return false }
        return claims.document.tables[table].rows.contains { row in
            claims.firstOfLine[row.line].map { !claims.mentions[$0].types.isEmpty } ?? false
        }
    }

    private func shareSubjects(_ claim: NumberClaim, _ phrase: Phrase) -> [[String]] {
        if case .cell = phrase.kind {
            let row = claims.cell(of: phrase, column: 0).map { claims.mentions[$0].types.map(\.value) } ?? []
            let isTotal = row.isEmpty && around(phrase).contains { ["total", "all", "sum", "overall"].contains($0) }
            return isTotal ? [claims.store.ingest.map { $0.byType.keys.sorted() } ?? []] : row.isEmpty ? [] : [row]
        }
        let types = claims.mentions[claim.phrase].types
        if let listed = NumberBinder(claims: claims).named(types, claim.index, phrase) { return [[listed.value]] }
        let unique = Array(Set(types.map(\.value))).sorted()
        let tokens = phrase.tokens
        if tokens.contains(where: { ["together", "combined", "both"].contains($0.text) }), unique.count >= 2 {
            return [unique]
        }
        if let behind = kindBehind(claim.index, tokens) { return [[behind]] }
        if let before = typeBefore(claim.index, tokens), before.distance <= 2, before.types.count == 1 {
            return [before.types]
        }
        let after = tokens[(claim.index + 1)...].prefix(9).prefix { !$0.isMark("),;.") && $0.number == nil }
        let kinds = after.compactMap { typeWords[$0.text] }
        let isNear = after.prefix(5).contains { typeWords[$0.text] != nil }
        if isNear, after.first?.text != "and" { return [Array(Set(kinds)).sorted()] }
        if let before = types.last(where: { $0.index < claim.index }) {
            let bound = typeBefore(claim.index, tokens)?.types ?? [before.value]
            return Set(bound).count > 1 ? [bound, [before.value]] : [[before.value]]
        }
        if let next = types.first { return [[next.value]] }
        let above = phrase.context.lazy.compactMap { claims.mentions[$0].types.first?.value }.first
        return above.map { [[$0]] } ?? []
    }

    func around(_ phrase: Phrase) -> [String] {
        guard case .cell = phrase.kind else { return [] }
        let sources = [claims.cell(of: phrase, column: 0), claims.header(of: phrase)].compactMap { $0 }
        return sources.flatMap { claims.phrases[$0].tokens.map(\.text) }
    }
}

let fileWords: Set<String> = [
    "files", "file", "documents", "total_files", "total_files_analyzed", "文件", "个文件", "檔案", "ファイル", "파일",
]
private let totalWords: Set<String> = [
    "total", "overall", "entire", "all", "analyzed", "ingested", "processed", "comprising", "analyzes", "dataset",
    "analysed", "whole",
]
private let wholeWords: Set<String> = [
    "total", "overall", "entire", "all", "analyzed", "ingested", "processed", "comprising", "analyzes", "dataset",
    "analysed",
    "共有", "总共", "共计", "一共", "合計", "whole", "corpus", "collection", "comprises", "consists", "data", "ingest", "covered",
    "analysis", "files", "count",
]
