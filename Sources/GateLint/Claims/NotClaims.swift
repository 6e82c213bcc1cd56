internal import GateCore
internal import GateVocabulary

/// Numbers that say nothing about data: numbering, versions, years, names of percentiles, plans.
enum NotClaims {
    static func contains(_ index: Int, _ phrase: Phrase, _ reading: Reading) -> Bool {
        let token = phrase.tokens[index]
        guard let number = token.number, phrase.kind != .data else { return true }
        if number.isOrdinal || reading.keyTokens.contains(index) || isYear(token) || isCompactDate(token) {
            return true
        }
        if reading.statistics.contains(where: { $0.token == index }) { return true }
        // `cut to 256 dimensions`, where a column is called 256
        if reading.metrics.contains(where: { $0.isWhole && $0.tokens.contains(index) }) { return true }
        // `Run 1` is the name of a row.
        if number.unit == nil,
            reading.entities.contains(where: { !$0.isKey && $0.tokens.contains(index) && $0.tokens.count > 1 })
        {
            return true
        }
        // So is `17.2` of `PostgreSQL 17.2`.
        if number.decimals > 0, reading.entities.contains(where: { !$0.isKey && $0.tokens == index..<index + 1 }) {
            return true
        }
        // A header says which, not how much.
        if case .cell(_, let row, _) = phrase.kind, row < 0 { return true }
        // `per 1,000 hours`
        if index > 0, phrase.tokens[index - 1].text == "per" { return true }
        // A heading names; `Upgrade from 16.4 to 17.2` are versions.
        if phrase.kind == .heading, number.unit == nil, number.digits <= 3 || (2000..<2100).contains(number.value) {
            return true
        }
        if isName(index, phrase, reading) || isTheModel(index, phrase) { return true }
        // `from 11 to 13 February`
        let after = phrase.tokens.dropFirst(index + 1).prefix(2)
        if number.isWhole, number.value <= 31, after.first.map({ ["to", "and", "-"].contains($0.text) }) ?? false,
            after.last?.date != nil
        {
            return true
        }
        // `the home page 54` names a page and says a number.
        let isBehindName = reading.entities.contains { !$0.isKey && (index - 1...index).contains($0.tokens.upperBound) }
        return isNumbering(index, phrase) || !isBehindName && isNumbered(index, phrase) || isReference(index, phrase)
            || isVersion(index, phrase, reading) || isCompound(index, phrase) || isSchedule(index, phrase)
            || isPartOfReport(index, phrase) || isPhraseOfEnglish(index, phrase) || isWidth(index, phrase)
            || isOneOfVersions(index, phrase)
    }

    /// `glibc 2.39, jemalloc 5.3.0`: behind a name, in a sentence that lists versions.
    private static func isOneOfVersions(_ index: Int, _ phrase: Phrase) -> Bool {
        guard index > 0, !phrase.isCell, let number = phrase.tokens[index].number, number.unit == nil,
            number.decimals > 0, !number.isSpelled
        else { return false }
        let previous = phrase.tokens[index - 1]
        let isBehindName =
            (previous.isWord && !Lexicon.stop.contains(previous.text) || previous.isIdentifier)
            && !Lexicon.told.contains(previous.text)
        let next = index + 1 < phrase.tokens.count ? phrase.tokens[index + 1] : nil
        return isBehindName && next.map { $0.isMark(",.);") || $0.text == "and" } ?? true
            && phrase.tokens.contains { $0.isIdentifier && isPointed($0.text) }
    }

    /// `5.3.0`
    private static func isPointed(_ text: String) -> Bool {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 2 && parts.prefix(2).allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isNumber) }
    }

    static func isYear(_ token: Token) -> Bool {
        guard let number = token.number else { return false }
        return number.unit == nil && token.bytes.count == 4 && number.isWhole && (1900...2099).contains(number.value)
    }

    /// `20251002`
    private static func isCompactDate(_ token: Token) -> Bool {
        token.bytes.count == 8 && token.text.utf8.count == 8 && token.text.hasPrefix("20")
            && ReportDate(inName: token.text) != nil
    }

    /// At the front of a heading, an item or a paragraph: `1.`, `**2.1**`, `3)`.
    private static func isNumbering(_ index: Int, _ phrase: Phrase) -> Bool {
        guard !phrase.isCell, phrase.tokens[index].number?.isSpelled == false,
            phrase.tokens[..<index].allSatisfy({ $0.isMark("#*_>-+`|\\") || $0.number != nil })
        else { return false }
        if phrase.kind == .heading { return phrase.tokens[index].number?.unit == nil }
        let next = index + 1 < phrase.tokens.count ? phrase.tokens[index + 1] : nil
        return next == nil && phrase.tokens.count <= 2
            || next?.isMark(".)") == true && index + 2 <= phrase.tokens.count
                && (phrase.tokens.count == index + 2
                    || phrase.tokens[index + 2].bytes.lowerBound > phrase.tokens[index + 1].bytes.upperBound)
    }

    /// `Section 3`, `phase 2`, `ISO 27001`, `#12`, `Technical Reports 109 and 110`
    private static func isNumbered(_ index: Int, _ phrase: Phrase) -> Bool {
        guard index > 0, let number = phrase.tokens[index].number, number.unit == nil else { return false }
        let previous = phrase.tokens[index - 1]
        guard number.isWhole else { return pointed.contains(previous.text) }
        if previous.isMark("#") { return true }
        let singular = previous.text.hasSuffix("s") ? String(previous.text.dropLast()) : previous.text
        if previous.isWord, numbered.contains(previous.text) || numbered.contains(singular) { return true }
        return index > 1 && ["and", "&", ",", "to", "-"].contains(previous.text) && isNumbered(index - 2, phrase)
    }

    /// `[1]`, `(3.10+)`, `1.x`, `the 80/20 rule`, `p < 0.05`: notes, versions, rules of thumb, statistics' own.
    private static func isReference(_ index: Int, _ phrase: Phrase) -> Bool {
        let before = phrase.tokens[..<index].suffix(2).map(\.text)
        let after = phrase.tokens.dropFirst(index + 1).prefix(3).map(\.text)
        if before.last == "[", after.first == "]" { return true }
        if after.first == "+", before.last == "(", phrase.tokens[index].number?.unit == nil { return true }
        if after.prefix(2) == [".", "x"] || after.contains("rule") || after.contains("confidence") { return true }
        guard let mark = before.last, ["<", "≤", ">", "≥", "="].contains(mark), let name = before.first else {
            return false
        }
        return name == "p" || name == "n" && !phrase.tokens.contains { Lexicon.kinds[$0.text] != nil }
    }

    /// `RTX 4090`: capitals with a whole number behind them, where they name no metric.
    private static func isName(_ index: Int, _ phrase: Phrase, _ reading: Reading) -> Bool {
        guard index > 0, let number = phrase.tokens[index].number, number.isWhole, number.unit == nil, number.scale == 1
        else { return false }
        let previous = phrase.tokens[index - 1]
        return previous.isCapitals && previous.bytes.count >= 2 && Lexicon.kinds[previous.text] == nil
            && previous.bytes.upperBound + 1 == phrase.tokens[index].bytes.lowerBound
            && !reading.metrics.contains { $0.tokens.contains(index - 1) } && MeasuredUnit(previous.text) == nil
    }

    /// Something is called by a number that the data calls nothing.
    static func namesModel(_ phrase: Phrase, _ reading: Reading) -> Bool {
        phrase.tokens.indices.contains { index in
            isTheModel(index, phrase) && !reading.entities.contains { $0.tokens.contains(index) }
        }
    }

    /// `than the 4090`: a number with an article and nothing behind that it counts is what something is called.
    private static func isTheModel(_ index: Int, _ phrase: Phrase) -> Bool {
        guard index > 0, phrase.tokens[index - 1].text == "the", let number = phrase.tokens[index].number,
            number.isWhole,
            number.unit == nil, number.scale == 1, number.digits >= 3, !number.isSpelled
        else { return false }
        let next = phrase.tokens.dropFirst(index + 1).first { !$0.isMark("*_`\"") }
        return next.map { $0.isMark(",.;:)") || Lexicon.stop.contains($0.text) } ?? true
    }

    /// `Gemma 3`, `CUDA 12.1`, `Python 2.7`: a name in capitals with a small number behind it.
    private static func isVersion(_ index: Int, _ phrase: Phrase, _ reading: Reading) -> Bool {
        guard index > 1, !phrase.isCell, let number = phrase.tokens[index].number, number.unit == nil,
            number.digits <= 2 || number.decimals == 1 || number.decimals == 2
        else { return false }
        let previous = phrase.tokens[index - 1]
        // A metric or a row of the data has values: `Precision 0.84`.
        let isOfData =
            reading.metrics.contains { $0.tokens.contains(index - 1) }
            || reading.entities.contains { $0.tokens.contains(index - 1) }
        // `A never had more than 14, B 23 and C 17`
        if isNextOfList(index, reading) { return false }
        return previous.isWord && previous.isCapitalised && Lexicon.kinds[previous.text] == nil
            && (number.digits <= 2 || !isOfData && !Lexicon.stop.contains(previous.text))
            && Lexicon.statistics[previous.text] == nil
            && !["total", "files", "count", "of", "tokens", "all"].contains(previous.text)
            && previous.bytes.upperBound + 1 == phrase.tokens[index].bytes.lowerBound
            && phrase.tokens.prefix(index - 1).contains { $0.isWord }
    }

    /// Behind a name of the data, with another one of its kind before it.
    private static func isNextOfList(_ index: Int, _ reading: Reading) -> Bool {
        guard let own = reading.entities.first(where: { !$0.isKey && $0.tokens.upperBound == index }) else {
            return false
        }
        return reading.entities.contains { $0.group == own.group && $0.tokens.upperBound < own.tokens.lowerBound }
    }

    /// `the eight-bit file`, `16 bit weights`: what kind it is; `4.5 bits per weight` are measured.
    private static func isWidth(_ index: Int, _ phrase: Phrase) -> Bool {
        guard let number = phrase.tokens[index].number, number.unit?.name == "bit" else { return false }
        return number.isWhole && (2...512).contains(number.value)
    }

    /// `7-day`, `640-pixel`
    private static func isCompound(_ index: Int, _ phrase: Phrase) -> Bool {
        guard index + 2 < phrase.tokens.count, phrase.tokens[index].number?.unit == nil else { return false }
        let (mark, next) = (phrase.tokens[index + 1], phrase.tokens[index + 2])
        return mark.isMark("-") && next.isWord && mark.bytes.lowerBound == phrase.tokens[index].bytes.upperBound
            && next.bytes.lowerBound == mark.bytes.upperBound
    }

    /// `every 15 minutes`, `within 5 business days`, `weeks 3-6`
    private static func isSchedule(_ index: Int, _ phrase: Phrase) -> Bool {
        guard let number = phrase.tokens[index].number else { return false }
        let before = phrase.tokens[..<index].last?.text ?? ""
        let after = phrase.tokens.dropFirst(index + 1).prefix(2).map(\.text)
        let isLong = number.unit.map { $0.dimension == .time && $0.factor >= 60 } ?? false
        if ["every", "within", "next"].contains(before), isLong || after.contains(where: longTimes.contains) {
            return true
        }
        return longTimes.contains(before)
            || number.value == 24 && after.first == "/" && phrase.tokens.dropFirst(index + 2).first?.text == "7"
    }

    /// `3 key insights emerge`, `6 sections`: what the report itself consists of.
    private static func isPartOfReport(_ index: Int, _ phrase: Phrase) -> Bool {
        guard let number = phrase.tokens[index].number, number.isWhole, number.digits <= 2 else { return false }
        return phrase.tokens.dropFirst(index + 1).prefix(2).prefix { $0.isWord }.contains { parts.contains($0.text) }
    }

    /// `two of`, `one to one`, `the two`, `these three`
    private static func isPhraseOfEnglish(_ index: Int, _ phrase: Phrase) -> Bool {
        guard let number = phrase.tokens[index].number, number.isSpelled, number.value <= 4,
            number.unit?.dimension != .time
        else { return false }
        let before = index > 0 ? phrase.tokens[index - 1].text : ""
        return ["the", "these", "those", "of", "all", "in", "other", "between", "first", "last", "into"].contains(
            before)
    }

    // MARK: - Plans

    /// Numbers of plans, targets and advice: what somebody wants, not what is.
    static func isWished(_ index: Int, _ phrase: Phrase) -> Bool {
        let words = phrase.tokens.filter(\.isWord)
        if let first = words.first, first.isCapitalised, Lexicon.commands.contains(first.text), !phrase.isCell,
            !isNameWithVerb(phrase)
        {
            // "Set", "Use": what comes after `now` or `from` is.
            return !phrase.tokens[..<index].suffix(3).contains {
                ["now", "from", "currently", "is", "was"].contains($0.text)
            }
        }
        if phrase.isProposal, phrase.tokens[index].number?.unit?.counted != "file" { return true }
        let before = phrase.tokens[..<index]
        if before.contains(where: {
            Lexicon.wishes.contains($0.text) && !(Lexicon.goals.contains($0.text) && isAside(index, phrase))
                || $0.text == "may" && !$0.isCapitalised
                || $0.text == "if" && $0.isCapitalised
        }) {
            return true
        }
        if phrase.has(["industry", "thumb"])
            || phrase.tokens.indices.dropLast().contains(where: {
                phrase.tokens[$0].text == "typical" && phrase.tokens[$0 + 1].text == "values"
            })
        {
            return true
        }
        if before.contains(where: { ["expected", "anticipated", "projected", "room"].contains($0.text) }) {
            return true
        }
        if isSubjectOfModal(index, phrase) || isGoal(index, phrase) { return true }
        let isOpen =
            words.first.map { ["a", "an", "any", "each", "every", "to"].contains($0.text) || $0.text.hasSuffix("ing") }
            ?? false
        return
            (isOpen
            || phrase.tokens.dropFirst(index + 1).prefix(2).contains {
                ["additional", "further", "extra"].contains($0.text)
            })
            && phrase.tokens.dropFirst(index).contains { Lexicon.wishes.contains($0.text) }
    }

    /// `meets the 500 ms target with 32 users (313 ms)`: what is set in brackets behind a goal is how it stands.
    private static func isAside(_ index: Int, _ phrase: Phrase) -> Bool {
        let open = phrase.tokens[..<index].lastIndex { $0.isMark("(") }
        return open.map { !phrase.tokens[$0..<index].contains { $0.isMark(")") || Lexicon.goals.contains($0.text) } }
            ?? false
    }

    /// `below the 0.5 % objective`, `a limit of 250 ms`
    private static func isGoal(_ index: Int, _ phrase: Phrase) -> Bool {
        let before = phrase.tokens[..<index].suffix(2)
        return phrase.tokens.dropFirst(index + 1).first.map { Lexicon.goals.contains($0.text) } ?? false
            || before.count == 2 && before.last?.text == "of"
                && before.first.map { Lexicon.goals.contains($0.text) } ?? false
    }

    /// `100 hours each would cost`: before a verb that tells what might be, and behind none that tells what is.
    private static func isSubjectOfModal(_ index: Int, _ phrase: Phrase) -> Bool {
        guard !phrase.isCell,
            let modal = phrase.tokens[index...].firstIndex(where: { Lexicon.modals.contains($0.text) })
        else { return false }
        return !phrase.tokens[..<modal].indices.contains { place in
            let word = phrase.tokens[place].text
            // `that is 20,000` tells nothing by itself.
            return Lexicon.directions[word] != nil && phrase.tokens[place + 1].text != "of"
                || Lexicon.told.contains(word) && !["run", "runs"].contains(word)
                    && !(place > 0 && phrase.tokens[place - 1].text == "that")
        }
    }

    /// `Run 2 had`, `Set B takes`: what looks like a command is a name, for a verb of its own follows.
    private static func isNameWithVerb(_ phrase: Phrase) -> Bool {
        let tokens = phrase.tokens.drop { !$0.isWord }.dropFirst()
        guard let second = tokens.first, second.number != nil || second.text.utf8.count == 1 else { return false }
        return tokens.dropFirst().first.map { Lexicon.told.contains($0.text) } ?? false
    }

    private static let numbered: Set<String> = [
        "section", "phase", "version", "v", "priority", "report", "table", "figure", "fig", "experiment", "level",
        "tier", "top",
        "finding", "recommendation", "appendix", "day", "week", "stage", "part", "chapter", "item", "option",
        "scenario", "no",
        "issue", "question", "case", "round", "python", "page", "quarter", "sprint", "milestone", "task", "release",
        "windows",
        "ubuntu", "cuda", "id", "tr", "iso", "rfc", "ieee", "pep", "status", "code", "http", "port", "seed", "run",
        "step", "result",
        "action", "trial", "test", "attempt", "sample", "worker", "node", "row", "line", "column", "entry", "record",
        "gpu", "index",
        "epoch", "iteration", "request", "prompt", "call", "model", "batch", "minute", "hour", "rack", "disk", "device",
        "channel",
    ]
    /// What is numbered with a point.
    private static let pointed: Set<String> = [
        "section", "version", "v", "release", "python", "cuda", "ubuntu", "chapter",
    ]
    private static let longTimes: Set<String> = [
        "minutes", "hours", "days", "weeks", "months", "quarters", "years", "sprints", "business", "working",
    ]
    private static let parts: Set<String> = [
        "insights", "findings", "sections", "recommendations", "priorities", "points", "areas", "observations",
        "conclusions",
        "questions", "phases", "parts", "chapters", "takeaways", "aspects", "suggestions", "comparisons", "ways",
        "things", "reasons",
    ]
}
