import GateCore
import GateVocabulary

/// Sizes of files: the ingest knows that of all files together.
extension IngestNumbers {
    func isSizeLabel(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        let words: [String]
        if case .cell = phrase.kind {
            words = claims.cell(of: phrase, column: 0).map { claims.phrases[$0].tokens.map(\.text) } ?? []
        } else {
            words = phrase.tokens[..<claim.index].map(\.text)
        }
        let isBytes =
            words.contains("bytes") || words.contains("size") || words.contains("volume")
            || words.contains { $0.hasSuffix("size_bytes") }
        let isFile = words.contains { fileWords.contains($0) } || words.contains { $0.hasSuffix("size_bytes") }
        return isBytes && (isFile || words.contains("total") || words.contains("data")) && claim.family == nil
    }

    func size(_ claim: NumberClaim, _ phrase: Phrase, _ ingest: IngestFacts) -> Judged? {
        let words = Set(phrase.tokens.map(\.text) + around(phrase))
        let isOther = claim.family.map { $0 != .size } ?? false
        let isFiles =
            !words.isDisjoint(with: fileWords) || phrase.tokens.contains { $0.number?.unit?.isFiles == true }
            || !words.isDisjoint(with: ["data", "dataset", "volume", "total", "size"])
        guard !isOther else { return nil }
        if !isFiles {
            let isTotal =
                claim.number.digits >= 4 && claim.prints(base: ingest.totalBytes, dimension: .bytes, factScale: 1)
            return isTotal ? .grounded("ingest: \(shown(ingest.totalBytes)) bytes in \(ingest.totalFiles) files") : nil
        }
        if claim.bound != .exact, claim.bound != .about,
            phrase.tokens[..<claim.index].contains(where: { ["no", "none", "never", "not"].contains($0.text) })
        {
            return Judged(verdict: .unverifiable, message: "The ingest knows no sizes of single files.")
        }
        let total = ingest.totalBytes
        let kinds = typeBefore(claim.index, phrase.tokens)?.types ?? cellTypes(phrase)
        let unit = claim.unit ?? UnitTable.unit("bytes")
        var bytesClaim = claim
        bytesClaim.unit = unit
        let value = claim.number.value * (unit?.scale ?? 1)
        let isMean = isMeanSize(claim, phrase)
        let mean = ingest.totalFiles > 0 ? total / Double(ingest.totalFiles) : 0
        let source = "ingest: \(shown(total)) bytes in \(ingest.totalFiles) files"
        if !isMean, bytesClaim.prints(base: total, dimension: .bytes, factScale: 1) {
            return .grounded(source)
        }
        if isMean, bytesClaim.prints(base: mean, dimension: .bytes, factScale: 1) {
            return .derivable("\(source) = \(shown(mean.rounded())) bytes each")
        }
        if isMean {
            let files = kinds.last.flatMap { ingest.byType[$0] } ?? ingest.totalFiles
            if kinds.isEmpty || value * Double(max(files, 1)) > total * 1.01 {
                return .contradicted(
                    .G03,
                    "\(source), \(shown(mean.rounded())) bytes each",
                    "\(files) files of this size would be more or less than the \(shown(total)) bytes that there are.")
            }
            return .unsupported("The ingest knows no sizes of single kinds.", .G03, evidence: source)
        }
        if value > total * 1.01 || (kinds.isEmpty && isTotal(words)) {
            return .contradicted(.G03, source, "All files together have \(shown(total)) bytes.")
        }
        return .unsupported("The ingest knows the size of all files together only.", .G03, evidence: source)
    }

    /// `mean 4371 bytes`, `4371 bytes per file`.
    private func isMeanSize(_ claim: NumberClaim, _ phrase: Phrase) -> Bool {
        let meanWords: Set<String> = ["average", "mean", "avg"]
        if case .cell = phrase.kind { return around(phrase).contains { meanWords.contains($0) || $0 == "per" } }
        let tokens = phrase.tokens
        let start = tokens[..<claim.index].lastIndex { $0.number != nil } ?? max(0, claim.index - 9)
        if tokens[start..<claim.index].contains(where: { meanWords.contains($0.text) }) { return true }
        return tokens[claim.index...].dropFirst().prefix(3).contains { ["per", "each"].contains($0.text) }
    }

    private func cellTypes(_ phrase: Phrase) -> [String] {
        guard case .cell = phrase.kind, let row = claims.cell(of: phrase, column: 0) else { return [] }
        return claims.mentions[row].types.map(\.value)
    }

    private func isTotal(_ words: Set<String>) -> Bool {
        !words.isDisjoint(with: ["total", "overall", "volume", "entire", "combined"])
    }
}
