internal import GateCore
internal import GateVocabulary

/// Files and other names that a report uses and the data does not have.
struct Names {
    let binder: Binder
    let relation: Relation
    let ingest: IngestFacts?
    let releases: Releases
    /// Base names of all files that are known, in lower case.
    let files: Set<String>

    init(_ binder: Binder, _ known: ReportFacts) {
        (relation, ingest, releases) = (known.relation, known.ingest, known.releases)
        self.binder = binder
        files = Set(relation.files.map { baseName($0.lowercased()) }).union(ingest?.files ?? [])
            .union(known.mentions.identifiers.map(baseName))
    }

    // MARK: - Files

    /// Whether a file's name is a claim about the data.
    func isClaim(_ token: Token, _ phrase: Phrase) -> Bool {
        guard token.isFile, !token.text.contains("*"), phrase.kind != .data,
            !phrase.isProposal || isKnown(token) || isToBeThere(token, phrase)
        else { return false }
        let name = baseName(token.text)
        guard !generic.contains(name), let dot = name.lastIndex(of: "."),
            name.distance(from: name.startIndex, to: dot) > 1
        else { return false }
        return dataExtensions.contains(String(name[name.index(after: dot)...]))
    }

    /// A proposal that goes on from a file: `find out from x.csv`, `x.csv should get a step`, `extend x.json`. What is to be
    /// written, or where to, need not be there.
    private func isToBeThere(_ token: Token, _ phrase: Phrase) -> Bool {
        guard ingest?.notListed.values.allSatisfy({ $0 == 0 }) ?? true,
            let place = phrase.tokens.firstIndex(where: { $0.bytes == token.bytes })
        else { return false }
        let before = phrase.tokens[..<place].drop { !$0.isWord }.filter { !$0.isMark("*_`\"") }.map(\.text)
        let after = phrase.tokens[(place + 1)...].first { !$0.isMark("*_`\"") }?.text ?? ""
        if before.isEmpty || before == ["the"] { return Lexicon.wishes.contains(after) || Lexicon.told.contains(after) }
        let verb = before.last == "the" ? before.dropLast().last : before.last
        return verb.map { $0 == "from" || Lexicon.keeping.contains($0) } ?? false
    }

    func isKnown(_ token: Token) -> Bool {
        let name = baseName(token.text)
        // A file that the data speaks of is no file of it, and no invention.
        return files.contains(name)
            || relation.labels.contains { $0.kind == .text && baseName($0.text.lowercased()) == name }
            || relation.identifiers.contains(name)
    }

    /// `twitter.json`, where the data has rows of `parse/twitter`: what something was measured with.
    private func isNameOfRow(_ token: Token) -> Bool {
        let stem = baseName(token.text).prefix { $0 != "." }
        let terms = Canon.terms(ofName: String(stem))
        return terms.count == 1
            && relation.labels.contains { label in
                label.kind != .file && label.number == nil && label.terms.contains(terms[0])
                    && label.text.lowercased().holds(String(stem))
            }
    }

    func file(_ token: Token, _ phrase: Phrase) -> Verdict {
        if isKnown(token) { return .grounded("a file of the data") }
        if isNameOfRow(token) { return .unverifiable("The data has rows of this name, which may be this file.") }
        if let dot = token.text.lastIndex(of: "."),
            unread.contains(String(token.text[token.text.index(after: dot)...]))
        {
            return .unverifiable("Files of this kind are not listed.")
        }
        let unlisted = ingest?.notListed.values.reduce(0, +) ?? 0
        return .contradicted(
            .E01,
            ingest?.totalFiles == 0
                ? "the ingest found no files"
                : "not among the \(files.count) names that are known"
                    + (unlisted > 0 ? " (\(unlisted) more files were counted, not named)" : ""),
            "No file of this name was in the data.")
    }

    private let generic: Set<String> = [
        "readme.md", "requirements.txt", "setup.py", "config.json", "config.yaml", "package.json", "changelog.md",
        "license.txt",
        "facts.json", "metrics.json", "report.md",
    ]
    /// Their names are known only where a number of them is.
    private let unread: Set<String> = ["txt", "log", "parquet", "xlsx", "onnx", "pt"]
    private let dataExtensions: Set<String> = [
        "csv", "json", "md", "txt", "log", "jsonl", "ndjson", "tsv", "parquet", "xlsx", "onnx", "pt",
    ]

    // MARK: - Names

    /// Names in the shape of those of the data, said to have a value, of which the data knows no word that tells.
    func invented(_ index: Int, _ seen: inout Set<String>) -> [(bytes: Range<Int>, evidence: String)] {
        let phrase = binder.phrases[index]
        guard !relation.isEmpty || ingest != nil, !phrase.isProposal, phrase.kind != .data else { return [] }
        var result: [(Range<Int>, String)] = []
        for (place, token) in phrase.tokens.enumerated() {
            if let bytes = letterName(place, phrase) {
                let name = "\(token.text) \(phrase.tokens[place + 1].text)"
                if seen.insert(name).inserted || place <= 3 { result.append((bytes, "no \(name) in the data")) }
            } else if token.isIdentifier && releases.isUnknown(token.text) || isUnknownMachine(token, place, index) {
                if seen.insert(token.text).inserted { result.append((token.bytes, "not in the data")) }
            } else if token.isWord || token.isIdentifier, !seen.contains(token.text), !isOfAKind(place, phrase),
                !binder.readings[index].entities.contains(where: { $0.isWhole && $0.tokens.contains(place) }),
                isUnknown(token, place, phrase) || isStranger(token, place, index) || isMember(token, place, index),
                !isSize(token.text), !isPartOfName(token.text), !NotClaims.isWished(place, phrase)
            {
                seen.insert(token.text)
                result.append((token.bytes, "not in the data"))
            }
        }
        return result
    }

    /// `ran on an A10G`, where the data has an `L40S`: a machine's name that stands nowhere.
    private func isUnknownMachine(_ token: Token, _ place: Int, _ index: Int) -> Bool {
        let phrase = binder.phrases[index]
        guard token.isIdentifier, let written = token.written, isMachine(written[...]),
            phrase.kind == .sentence, binder.readings[index].entities.contains(where: \.isWhole),
            !relation.vocabulary.contains(token.text), !isPartOfName(token.text)
        else { return false }
        let before = phrase.tokens[..<place].reversed().drop { ["a", "an", "the"].contains($0.text) }
        return before.first?.text == "on"
            && relation.identifiers.contains {
                $0.split(separator: "-").first.map { isMachine($0.uppercased()[...]) } ?? false
            }
    }

    /// `L40S`, `A100`, `MI300X`
    private func isMachine(_ name: Substring) -> Bool {
        let behind = name.drop { $0.isUppercase && $0.isASCII }
        let rest = behind.drop(while: \.isNumber)
        return (1...2).contains(name.count - behind.count) && behind.count - rest.count >= 2
            && rest.allSatisfy { $0.isUppercase && $0.isASCII } && rest.count <= 2
    }

    /// `An A100 offers 80 GB`, `in bfloat16`: what is known of all such.
    private func isOfAKind(_ place: Int, _ phrase: Phrase) -> Bool {
        let before = phrase.tokens[..<place].last { !$0.isMark("*_`\"") }
        return literals.contains(phrase.tokens[place].text)
            || before.map { ["a", "an"].contains($0.text) } ?? false && phrase.tokens[place].isIdentifier
    }

    /// `Model A`, `System B`: what nobody calls anything.
    private func letterName(_ place: Int, _ phrase: Phrase) -> Range<Int>? {
        guard place + 1 < phrase.tokens.count, phrase.tokens[place].isCapitalised,
            nouns.contains(phrase.tokens[place].text)
        else { return nil }
        let letter = phrase.tokens[place + 1]
        guard letter.bytes.count == 1, letter.isCapitalised, letter.isWord, letter.text != "i",
            !(letter.text == "a" && place == 0 && phrase.tokens.count > place + 2 && phrase.tokens[place + 2].isWord
                && !["has", "is", "was", "shows"].contains(phrase.tokens[place + 2].text))
        else { return nil }
        let terms = Canon.terms(ofName: "\(phrase.tokens[place].text) \(letter.text)")
        guard !terms.allSatisfy(relation.vocabulary.contains) else { return nil }
        return phrase.tokens[place].bytes.lowerBound..<letter.bytes.upperBound
    }

    /// An identifier such as the data has, a number in its sentence, and no word of it in the data; or one of its names
    /// with another word in it.
    private func isUnknown(_ token: Token, _ place: Int, _ phrase: Phrase) -> Bool {
        let isCode =
            place > 0 && phrase.tokens[place - 1].isMark("`") && place + 1 < phrase.tokens.count
            && phrase.tokens[place + 1].isMark("`")
            && phrase.tokens[..<place].count { $0.isMark("`") } % 2 == 1
        guard !token.isFile, token.isIdentifier || isCode && token.isWord,
            phrase.isCell || phrase.tokens.contains(where: { $0.number != nil }), !relation.labels.isEmpty
        else { return false }
        if literals.contains(token.text) || NameReading(token.text).isBare || MeasuredUnit(token.text) != nil
            || token.text.contains(":") && !isCode
        {
            return false
        }
        let terms = Canon.terms(ofName: token.written ?? token.text)
        let unknown = terms.filter { !relation.vocabulary.contains($0) && Double($0) == nil }
        guard !unknown.isEmpty else { return false }
        // `E210-alarms`: a name and a word that it is joined with.
        let parts = (token.written ?? token.text).split(separator: "-")
        if parts.count > 1, let last = parts.last, last.allSatisfy({ $0.isLowercase }), unknown.count == 1 {
            return false
        }
        // A metric's name in code, a version, an option: only what looks like a row's name is one.
        let shared = terms.filter { relation.labelIndex.knows($0) }
        return !shared.isEmpty && shared.count >= unknown.count || isCode && terms.count == unknown.count
            || isSibling(terms)
    }

    /// `128x256x64`
    private func isSize(_ text: String) -> Bool {
        let parts = text.split(separator: "x", omittingEmptySubsequences: false)
        return parts.count > 1 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    }

    /// `zk4jd` of `checkout-5b8-zk4jd`, `WikiText-2` of `wikitext2`
    private func isPartOfName(_ text: String) -> Bool {
        let joined = text.filter { $0.isLetter || $0.isNumber }
        func hasIt(_ name: String) -> Bool {
            let name = name.lowercased()
            return name.holds(text) || name.filter { $0.isLetter || $0.isNumber }.holds(joined)
        }
        return joined.utf8.count >= 4
            && (relation.labels.contains { [.text, .file].contains($0.kind) && hasIt($0.text) }
                || relation.columns.contains { hasIt($0.name) } || relation.labelNames.contains(where: hasIt))
    }

    /// `the ROCm backend`, `the model Falcon-7B`: one of a kind that the data has names of, written as no word is.
    private func isMember(_ token: Token, _ place: Int, _ index: Int) -> Bool {
        let (phrase, reading) = (binder.phrases[index], binder.readings[index])
        func isKind(_ place: Int) -> Bool {
            phrase.tokens.indices.contains(place) && phrase.tokens[place].isWord
                && !Lexicon.generic.contains(phrase.tokens[place].text)
                && relation.kindTerms.contains(stem(phrase.tokens[place].text))
        }
        func isThe(_ place: Int) -> Bool { place >= 0 && phrase.tokens[place].text == "the" }
        guard phrase.kind == .sentence, !token.isFile, let written = token.written,
            token.isWord && isThe(place - 1) && isKind(place + 1) || isThe(place - 2) && isKind(place - 1),
            phrase.tokens.contains(where: { $0.number != nil }),
            written.dropFirst().contains(where: { $0.isUppercase || $0.isNumber }),
            written.contains(where: \.isLowercase),
            !reading.entities.contains(where: { $0.tokens.contains(place) && !$0.isKey })
        else { return false }
        return !Canon.terms(ofName: written).contains {
            relation.vocabulary.contains($0) && $0.first?.isLetter == true && $0.utf8.count > 1
        }
    }

    /// The data has values of it for several names.
    private func hasOwners(_ metric: Reading.Metric) -> Bool {
        let rows = metric.columns.flatMap { relation.columns[$0].entries.prefix(32) }.map { relation.entries[$0].row }
        let owners = rows.flatMap { relation.rows[$0].labels.filter { relation.labels[$0].kind == .text } }
        return Set(owners).count > 1
    }

    /// A name where an owner is expected: a metric of the data is said to have a value for it, and for nothing known.
    private func isStranger(_ token: Token, _ place: Int, _ index: Int) -> Bool {
        let (phrase, reading) = (binder.phrases[index], binder.readings[index])
        guard phrase.kind == .sentence, !token.isFile, token.text.utf8.count >= 4,
            token.date == nil,
            Tokenizer.month(token.text) == nil,
            reading.metrics.contains(where: \.isWhole), reading.entities.allSatisfy({ $0.isKey || !$0.isWhole }),
            phrase.tokens.contains(where: { $0.number != nil }), MeasuredUnit(token.text) == nil,
            !reading.metrics.contains(where: { $0.tokens.contains(place) }),
            !NameReading(token.text).isBare, reading.metrics.contains(where: { $0.isWhole && hasOwners($0) }),
            !phrase.tokens[..<place].contains(where: { $0.isMark(":(\u{201C}\u{201D}\"") })
        else { return false }
        let terms = Canon.terms(ofName: token.written ?? token.text)
        guard terms.allSatisfy({ !relation.vocabulary.contains($0) || Double($0) != nil }) else { return false }
        let before = phrase.tokens[..<place].filter { !$0.isMark("*_`\"") }.last?.text ?? ""
        let isName =
            token.isIdentifier && token.text.contains(where: \.isLetter) && token.text.contains(where: \.isNumber)
        return isName && !token.text.contains(":")
            // What is taken from somewhere is no value of it.
            || token.isWord && token.isCapitalised && Lexicon.scopes.contains(before) && before != "from"
                && !phrase.tokens[place].isCapitals && Lexicon.stop.contains(token.text) == false
    }

    /// `yolov8m` where the data has `yolov8n` and `yolov8s`.
    private func isSibling(_ terms: [String]) -> Bool {
        guard terms.count == 1, let name = terms.first, name.utf8.count >= 4, name.contains(where: \.isNumber) else {
            return false
        }
        return relation.vocabulary.contains {
            $0.utf8.count == name.utf8.count && $0 != name && $0.dropLast() == name.dropLast() && Double($0) == nil
        }
    }

    /// Values that code has words for.
    private let literals: Set<String> = [
        "true", "false", "null", "none", "nil", "nan", "inf", "bfloat16", "bf16", "float16", "fp16", "half", "float32",
        "fp32", "tf32", "float64", "fp64", "fp8", "int8", "int4", "uint8",
    ]
    private let nouns: Set<String> = [
        "model", "system", "server", "node", "variant", "benchmark", "dataset", "agent", "service", "configuration",
        "config",
    ]
}
