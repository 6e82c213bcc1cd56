import GateCore
import GateVocabulary

/// Numbers that say nothing about data: numbering, versions, years, names of percentiles.
enum NotClaims {
    static func contains(_ index: Int, _ phrase: Phrase) -> Bool {
        let token = phrase.tokens[index]
        guard let number = token.number else { return true }
        if number.isOrdinal || isYear(token) || isCompactDate(token) || isNumbering(index, phrase) { return true }
        let previous = index > 0 ? phrase.tokens[index - 1] : nil
        if let previous, previous.isCapitalised, ["iso", "rfc", "ieee", "pep"].contains(previous.text) { return true }
        if let previous, previous.isWord, numbered.contains(previous.text), !isVerb(previous, index, phrase) {
            return true
        }
        if let previous, counted.contains(previous.text), number.unit == nil, number.decimals == 0, number.digits <= 3 {
            return true
        }
        if isReference(index, phrase) || isShareOfElements(index, phrase) || isPartOfReport(index, phrase)
            || isSchedule(index, phrase)
        {
            return true
        }
        if let previous, previous.isMark("#") || isListOfIndices(index, previous, phrase) { return true }
        // `Technical Reports 109 and 110`
        if let previous, ["and", "&", ",", "of", "to", "-"].contains(previous.text), index > 1, number.unit == nil,
            phrase.tokens[index - 2].number != nil, contains(index - 2, phrase)
        {
            return true
        }
        if isVersion(previous, number, phrase, index) || isCompound(index, phrase) { return true }
        if number.unit?.isPercent == true, word(index + 1, phrase) == "confidence" { return true }
        if case .data = phrase.kind { return true }
        return false
    }

    /// `[1]`, `(3.10+)`, `1.x`, `the 80/20 rule`, `p < 0.05`, `n ≥ 30`: notes, versions, rules of thumb, statistics' own.
    private static func isReference(_ index: Int, _ phrase: Phrase) -> Bool {
        let before = phrase.tokens[..<index].suffix(4).map(\.text)
        let next = word(index + 1, phrase)
        if before.last == "[", next == "]" { return true }
        if next == "+", before.last == "(", phrase.tokens[index].number?.unit == nil { return true }
        if next == ".", word(index + 2, phrase) == "x" { return true }
        if ["rule", "principle", "split"].contains(word(index + 3, phrase)), next == "/" { return true }
        if ["rule", "principle", "split"].contains(next), before.last == "/" { return true }
        guard let mark = before.last, ["<", "≤", ">", "≥", "="].contains(mark), let name = before.dropLast().last else {
            return false
        }
        // `CSV (n=28)` counts files.
        if mark == "=", phrase.tokens.contains(where: { typeWords[$0.text] != nil }) { return false }
        return name == "n" || name == "p" || name == "value" && before.contains("p")
    }

    /// `3 key insights emerge`, `6 sections`: what the report itself consists of.
    private static func isPartOfReport(_ index: Int, _ phrase: Phrase) -> Bool {
        guard let number = phrase.tokens[index].number, number.unit == nil, number.decimals == 0, number.digits <= 2
        else { return false }
        return phrase.tokens.dropFirst(index + 1).prefix(2).prefix { $0.isWord }.contains {
            partNouns.contains($0.text)
        }
    }

    /// `every 15 minutes`, `within 5 business days`, `weeks 3-6`, `24/7`
    private static func isSchedule(_ index: Int, _ phrase: Phrase) -> Bool {
        let before = phrase.tokens[..<index].suffix(3).map(\.text)
        let next = word(index + 1, phrase)
        let isPlanned = ["every", "within", "next", "after"].contains(before.last)
        if isPlanned, longTimes.contains(next) || longTimes.contains(word(index + 2, phrase)) { return true }
        if isPlanned, let unit = phrase.tokens[index].number?.unit, unit.dimension == .time, unit.scale >= 60 {
            return true
        }
        let isNumbered = { longTimes.contains($0) && $0.hasSuffix("s") }
        if before.last.map(isNumbered) == true { return true }
        if before.count == 3, ["-", "to", "and"].contains(before[2]), isNumbered(before[0]) { return true }
        let number = phrase.tokens[index].number?.value
        return number == 24 && next == "/" && word(index + 2, phrase) == "7"
            || number == 7 && before.suffix(2) == ["24", "/"]
    }

    /// `in 4 of 5 results`, `4 of the 5 runs`: how many of the things that were measured.
    private static func isShareOfElements(_ index: Int, _ phrase: Phrase) -> Bool {
        func isSmall(_ index: Int) -> Bool {
            guard phrase.tokens.indices.contains(index), let number = phrase.tokens[index].number else { return false }
            return number.decimals == 0 && number.digits <= 2 && (number.unit == nil || number.unit?.name == "runs")
        }
        func isElements(_ index: Int) -> Bool {
            guard phrase.tokens[index].number?.unit == nil else { return true }
            return elementNouns.contains(word(index + 1, phrase)) && word(index + 1, phrase).hasSuffix("s")
        }
        guard isSmall(index) else { return false }
        for whole in [index + 2, index + 3] where word(index + 1, phrase) == "of" && isSmall(whole) {
            if whole == index + 2 || word(index + 2, phrase) == "the" { return isElements(whole) }
        }
        for part in [index - 2, index - 3] where part >= 0 && isSmall(part) && word(part + 1, phrase) == "of" {
            if part == index - 2 || word(part + 2, phrase) == "the" { return isElements(index) }
        }
        return false
    }

    /// `actions 0, 1 and 2`: each one of several.
    private static func isListOfIndices(_ index: Int, _ previous: Token, _ phrase: Phrase) -> Bool {
        guard previous.text.hasSuffix("s"), counted.contains(String(previous.text.dropLast())),
            index + 2 < phrase.tokens.count, let number = phrase.tokens[index].number, number.unit == nil,
            [",", "and", "-", "to", "&"].contains(phrase.tokens[index + 1].text),
            let next = phrase.tokens[index + 2].number
        else { return false }
        return number.decimals == 0 && number.digits <= 2 && next.unit == nil && next.decimals == 0
    }

    /// `the results report 44 tokens`
    private static func isVerb(_ word: Token, _ index: Int, _ phrase: Phrase) -> Bool {
        guard ["report", "reports", "run", "step"].contains(word.text), !word.isCapitalised, index > 1 else {
            return false
        }
        let before = phrase.tokens[index - 2]
        return before.isWord && before.text.hasSuffix("s") && typeWords[before.text] == nil
            && !["this", "tests", "technical", "across", "was", "is", "as"].contains(before.text)
            && phrase.tokens[index].number?.unit != nil
            || before.text == "results"
    }

    static func isYear(_ token: Token) -> Bool {
        guard let number = token.number else { return false }
        return number.unit == nil && token.bytes.count == 4 && number.decimals == 0
            && (1900...2099).contains(number.value)
    }

    /// `20251002`
    private static func isCompactDate(_ token: Token) -> Bool {
        let digits = token.text
        guard digits.utf8.count == 8, token.bytes.count == 8, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else {
            return false
        }
        return PrintedDate(iso: "\(digits.prefix(4))-\(digits.dropFirst(4).prefix(2))-\(digits.suffix(2))")
            .map { (1990...2099).contains($0.year) } ?? false
    }

    /// At the front of a heading, an item or a paragraph: `1.`, `**2.1**`, `3)`.
    private static func isNumbering(_ index: Int, _ phrase: Phrase) -> Bool {
        guard case .cell = phrase.kind else {
            guard phrase.tokens[..<index].allSatisfy({ $0.isMark("#*_>-+`|\\") || $0.number != nil }) else {
                return false
            }
            if case .heading = phrase.kind { return true }
            let next = index + 1 < phrase.tokens.count ? phrase.tokens[index + 1] : nil
            return next == nil || next?.isMark(".)") == true
        }
        return false
    }

    /// `Gemma 3`, `CUDA 12.1`: a name in capitals with a small number behind it.
    private static func isVersion(_ previous: Token?, _ number: PrintedNumber, _ phrase: Phrase, _ index: Int) -> Bool {
        guard let previous, previous.isWord, previous.isCapitalised, number.unit == nil, number.digits <= 2,
            index > 1, phrase.tokens[index - 1].bytes.upperBound + 1 == phrase.tokens[index].bytes.lowerBound
        else { return false }
        if case .cell = phrase.kind { return false }
        return typeWords[previous.text] == nil && statisticWords[previous.text] == nil
            && MetricFamily.other(previous.text) == nil
            && !["total", "files", "count", "of", "with", "from", "to", "score", "tokens", "all"].contains(
                previous.text)
    }

    /// `7-day`, `24/7`, `A/B`.
    private static func isCompound(_ index: Int, _ phrase: Phrase) -> Bool {
        let tokens = phrase.tokens
        guard tokens[index].number?.unit == nil, index + 2 < tokens.count else { return false }
        let mark = tokens[index + 1]
        let isTight =
            mark.bytes.lowerBound == tokens[index].bytes.upperBound
            && tokens[index + 2].bytes.lowerBound == mark.bytes.upperBound
        return isTight && mark.isMark("-") && tokens[index + 2].isWord
    }

    private static func word(_ index: Int, _ phrase: Phrase) -> String {
        index < phrase.tokens.count ? phrase.tokens[index].text : ""
    }

    private static let partNouns: Set<String> = [
        "insights", "findings", "sections", "recommendations", "priorities", "steps", "points", "areas", "observations",
        "conclusions", "questions", "phases", "parts", "chapters", "takeaways", "aspects", "suggestions",
    ]
    private static let longTimes: Set<String> = [
        "minutes", "hours", "days", "weeks", "months", "quarters", "years", "sprints", "business", "working",
    ]

    /// One of several: `action 2`, `request 14`.
    private static let counted: Set<String> = [
        "action", "result", "request", "trial", "prompt", "test", "attempt", "sample", "worker", "thread", "node",
        "epoch", "row", "line", "column", "entry", "record", "gpu", "core", "call", "index",
    ]

    private static let numbered: Set<String> = [
        "section", "phase", "step", "version", "v", "priority", "report", "reports", "sections", "phases", "steps",
        "table", "figure", "experiment", "level",
        "tier", "top", "run", "finding", "recommendation", "appendix", "day", "week", "stage", "part", "chapter",
        "item",
        "option", "scenario", "no", "issue", "question", "case", "iteration", "round", "python", "page", "quarter",
        "sprint", "milestone", "task", "release", "windows", "ubuntu", "cuda", "id", "tr", "model",
    ]
}
