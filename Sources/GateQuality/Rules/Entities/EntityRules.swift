import GateCore

/// Files, models and metrics that the data does not know; data that is declared invented; denials.
struct EntityRules {
    let claims: ReportClaims

    func findings() -> [Finding] {
        var findings: [Finding] = []
        var seen: Set<String> = []
        for (index, phrase) in claims.phrases.enumerated() {
            for (position, token) in phrase.tokens.enumerated() where token.isFile {
                if let finding = file(token, phrase, position) { findings.append(finding) }
            }
            if !phrase.isProposal { findings += entities(index, phrase, &seen) }
        }
        return findings + Denials(claims: claims).findings() + Fiction(claims: claims).findings()
    }

    // MARK: - Files

    /// Whether the file's name is a claim about the data.
    static func isDataFile(_ token: Token, _ phrase: Phrase) -> Bool {
        if token.text.contains("*") || phrase.isProposal { return false }
        if case .data = phrase.kind { return false }
        let name = baseName(token.text)
        let generic: Set<String> = [
            "readme.md", "requirements.txt", "setup.py", "config.json", "config.yaml", "package.json", "changelog.md",
            "license.txt", "facts.json", "metrics.json",
        ]
        guard !generic.contains(name), let dot = name.lastIndex(of: "."),
            name.distance(from: name.startIndex, to: dot) > 1
        else { return false }
        return ["csv", "json", "md", "txt", "log", "jsonl", "parquet", "xlsx", "onnx", "pt"].contains(
            String(name[name.index(after: dot)...]))
    }

    private func file(_ token: Token, _ phrase: Phrase, _ position: Int) -> Finding? {
        guard let ingest = claims.store.ingest, EntityRules.isDataFile(token, phrase) else { return nil }
        let name = baseName(token.text)
        let isKnown =
            ingest.files.contains(name) || claims.store.tables.contains { baseName($0.file.lowercased()) == name }
        guard !isKnown else { return nil }
        let unlisted = ingest.notListed.values.reduce(0, +)
        return Finding(
            rule: .E01, severity: .error, place: claims.document.place(token.bytes, line: phrase.line),
            claim: claims.document.text(token.bytes),
            evidence: ingest.totalFiles == 0
                ? "the ingest found no files"
                : "not among the \(ingest.files.count) names that the report's author was given"
                    + (unlisted > 0 ? " (\(unlisted) more files were counted, not named)" : ""),
            message: "No file of this name was in the data.")
    }

    // MARK: - Models, products, percentiles

    private func entities(_ index: Int, _ phrase: Phrase, _ seen: inout Set<String>) -> [Finding] {
        guard claims.store.ingest != nil || claims.store.knowsNumbers else { return [] }
        var findings: [Finding] = []
        for mention in claims.mentions[index].inventedEntities {
            let last = phrase.tokens[mention.index + 1]
            let range = phrase.tokens[mention.index].bytes.lowerBound..<last.bytes.upperBound
            guard seen.insert(mention.value).inserted || isSubject(phrase, mention.index) else { continue }
            guard !claims.store.vocabulary.contains(mention.value) else { continue }
            findings.append(
                finding(phrase, range, "no \(mention.value) in the facts", "The data knows nothing of this name."))
        }
        for token in phrase.tokens {
            guard let kind = known(token, phrase), seen.insert(token.text).inserted else { continue }
            findings.append(finding(phrase, token.bytes, "not in the facts", "The data knows no such \(kind)."))
        }
        return findings
    }

    /// `**Model A:** …` begins what is said of it.
    private func isSubject(_ phrase: Phrase, _ index: Int) -> Bool {
        phrase.tokens[..<index].allSatisfy { $0.isMark("*-+|`_") }
            && phrase.tokens.contains { $0.number != nil }
    }

    private func finding(_ phrase: Phrase, _ range: Range<Int>, _ evidence: String, _ message: String) -> Finding {
        Finding(
            rule: .E02, severity: .warning, place: claims.document.place(range, line: phrase.line),
            claim: claims.document.text(range), evidence: evidence, message: message)
    }

    /// What kind of thing a word names that the data does not have; nil for all others.
    private func known(_ token: Token, _ phrase: Phrase) -> String? {
        let text = token.text
        if case .data = phrase.kind { return nil }
        if token.isWord || token.isIdentifier, claims.store.vocabulary.contains(text) { return nil }
        if token.isIdentifier {
            if isPercentile(text), !claims.store.facts.isEmpty,
                claims.store.facts.contains(where: { nameWords($0.metric).contains("p99") })
            {
                return "percentile"
            }
            let words = nameWords(text)
            if let first = words.first, models.contains(where: { first.hasPrefix($0) }),
                !words.allSatisfy({ claims.store.vocabulary.contains($0) })
            {
                return claims.store.vocabulary.contains(first) ? nil : "model"
            }
            return nil
        }
        guard token.isWord, token.isCapitalised, products.contains(text) else { return nil }
        return "product"
    }

    private func isPercentile(_ text: String) -> Bool {
        text.count == 3 && text.first == "p" && text.dropFirst().allSatisfy(\.isNumber)
    }
}

private let models = [
    "gpt", "bert", "resnet", "mistral", "mixtral", "claude", "falcon", "phi", "opt-", "vicuna", "t5", "vgg",
    "mobilenet", "yolo", "llama", "qwen", "gemma", "deepseek", "smollm",
]
private let products: Set<String> = [
    "postgresql", "postgres", "mysql", "mongodb", "redis", "oracle", "sqlite", "kafka", "spark", "hadoop", "cassandra",
    "elasticsearch", "snowflake", "bert", "mistral", "claude", "falcon", "resnet", "imagenet", "cifar", "squad",
    "mnist",
    "gpt", "alexnet", "vgg", "apache", "nginx",
]
