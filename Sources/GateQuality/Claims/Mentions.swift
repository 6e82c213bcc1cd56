import GateCore
import GateVocabulary

/// What the words of a phrase name: metrics, statistics, kinds of files, things that were measured.
struct Mentions {
    struct Mention<Value> {
        let value: Value
        /// Of the phrase's tokens.
        let index: Int
    }

    var families: [Mention<MetricFamily>] = []
    var statistics: [Mention<Statistic>] = []
    /// Kinds of files: `csv`, `json`, `markdown`.
    var types: [Mention<String>] = []
    /// Rows of fact tables, with all cells of that name.
    var rows: [Mention<[StoredFact.Cell]>] = []
    var tables: [Mention<[Int]>] = []
    /// Keys of the data, with the facts under them.
    var keys: [Mention<[Int]>] = []
    /// Elements of arrays of the data, `results[1]`, with the facts below them.
    var elements: [Mention<[Int]>] = []
    /// `Model A`
    var inventedEntities: [Mention<String>] = []

    init(_ tokens: [Token], _ store: FactStore) {
        for (index, token) in tokens.enumerated() {
            switch token.kind {
            case .word: word(token, index, tokens, store)
            case .identifier:
                if let facts = spaced(token, index, tokens, store) {
                    keys.append(Mention(value: facts, index: index))
                    families += facts.first.map { [Mention(value: store.facts[$0].family, index: index)] } ?? []
                } else {
                    identifier(token, index, store)
                }
            case .file:
                let base = baseName(token.text)
                let stem = base.split(separator: ".").dropLast().joined(separator: ".")
                if let known = store.tablesByName[stem] { tables.append(Mention(value: known, index: index)) }
            default: break
            }
        }
    }

    /// `"Give a quote for a shooter win"`: a row whose name is a sentence.
    private func sentence(_ index: Int, _ tokens: [Token], _ store: FactStore) -> [StoredFact.Cell]? {
        guard let names = store.spacedRows[tokens[index].text] else { return nil }
        let words = tokens[(index + 1)...].lazy.filter { !$0.isMark(".,:;!?'\"`-") }.flatMap { nameWords($0.text) }
        return names[Array(words.prefix(2))]?.first { candidate in
            words.dropFirst(2).prefix(candidate.rest.count).elementsEqual(candidate.rest)
        }?.cells
    }

    /// `csv_Tokens per Second`: a key with blanks.
    private func spaced(_ token: Token, _ index: Int, _ tokens: [Token], _ store: FactStore) -> [Int]? {
        store.spacedNames[token.text]?.first { candidate in
            let following = tokens[(index + 1)...].prefix(candidate.rest.count)
            return following.elementsEqual(candidate.rest) { $0.text == $1 }
        }?.facts
    }

    private mutating func identifier(_ token: Token, _ index: Int, _ store: FactStore) {
        let name = token.text
        if let cells = store.rows[name] { rows.append(Mention(value: cells, index: index)) }
        if let known = store.tablesByName[name] { tables.append(Mention(value: known, index: index)) }
        if let facts = store.byName[name] {
            keys.append(Mention(value: facts, index: index))
        } else {
            // `json_model.mean_tokens_s` for `json_models[0].mean_tokens_s`
            if name.hasSuffix("]"), let facts = store.byElement[name] {
                elements.append(Mention(value: facts, index: index))
            }
            let tail = name.split(separator: ".").last.map(String.init) ?? name
            if tail != name, let facts = store.byName[tail] { keys.append(Mention(value: facts, index: index)) }
        }
        let words = nameWords(name)
        if words.count > 1 || store.byName[name] != nil {
            let family = MetricFamily(words: words)
            if store.byFamily[family] != nil || MetricFamily.wellKnown.contains(family) {
                families.append(Mention(value: family, index: index))
            }
        }
        let statistic = Statistic(nameWords: words)
        if statistic != .raw { statistics.append(Mention(value: statistic, index: index)) }
    }

    private mutating func word(_ token: Token, _ index: Int, _ tokens: [Token], _ store: FactStore) {
        let text = token.text
        if let statistic = statisticWords[text] { statistics.append(Mention(value: statistic, index: index)) }
        if let type = typeWords[text] { types.append(Mention(value: type, index: index)) }
        if let cells = sentence(index, tokens, store) {
            rows.append(Mention(value: cells, index: index))
        } else if text.utf8.count > 2, let cells = store.rows[text] {
            rows.append(Mention(value: cells, index: index))
        }
        if text.utf8.count > 2, let known = store.tablesByName[text] {
            tables.append(Mention(value: known, index: index))
        }
        if inventedKinds.contains(text), let label = inventedLabel(text, index, tokens, store) {
            inventedEntities.append(Mention(value: "\(text) \(label)", index: index))
        }
        if ["last", "final"].contains(text), index + 1 < tokens.count,
            let facts = store.lastElement(of: tokens[index + 1].text + "s")
        {
            elements.append(Mention(value: facts, index: index))
        } else if let number = ordinalWords[text], let facts = element(number, index, tokens, store) {
            elements.append(Mention(value: facts, index: index))
        }
        if let family = family(at: index, tokens) { families.append(Mention(value: family, index: index)) }
    }

    /// `the first result`, `the first and the third model`
    private func element(_ number: Int, _ index: Int, _ tokens: [Token], _ store: FactStore) -> [Int]? {
        var next = index + 1
        if next < tokens.count, ["and", "to", "or"].contains(tokens[next].text) {
            next += 1
            if next < tokens.count, tokens[next].text == "the" { next += 1 }
            guard next < tokens.count, ordinalWords[tokens[next].text] != nil else { return nil }
            next += 1
        }
        return next < tokens.count ? store.byElement["\(tokens[next].text)s[\(number)]"] : nil
    }

    /// `Model A`, `Model 2`
    private func inventedLabel(
        _ kind: String, _ index: Int, _ tokens: [Token], _ store: FactStore
    ) -> String? {
        guard index + 1 < tokens.count else { return nil }
        let next = tokens[index + 1]
        if next.isWord, next.isCapitalised, next.text.utf8.count == 1, "abcdefxyz".contains(next.text) {
            return next.text
        }
        if kind == "model", !store.vocabulary.contains("models"), tokens[index].isCapitalised, let number = next.number,
            number.decimals == 0,
            number.digits == 1,
            number.unit == nil
        {
            return next.text
        }
        return nil
    }

    /// `spent loading`, `0.95 s loading`, `are loading`
    private func isSpent(_ token: Token) -> Bool {
        ["spent", "for", "on", "are", "is", "were", "was"].contains(token.text)
            || token.number?.unit?.dimension == .time
    }

    private func family(at index: Int, _ tokens: [Token]) -> MetricFamily? {
        func next(_ offset: Int) -> String { index + offset < tokens.count ? tokens[index + offset].text : "" }
        switch tokens[index].text {
        case "ttft": return .ttft
        case "time" where ["to", "-"].contains(next(1)) && (next(2) == "first" || next(3) == "first"): return .ttft
        case "first" where ["token", "tokens"].contains(next(1)): return .ttft
        case "throughput", "tok", "tps": return .throughput
        case "tokens", "token":
            if next(1) == "per" && ["second", "sec", "s"].contains(next(2)) { return .throughput }
            if next(1) == "/" && ["second", "sec", "s"].contains(next(2)) { return .throughput }
            if ["throughput", "speed", "rate"].contains(next(1)) || ["throughput", "speed"].contains(next(2)) {
                return .throughput
            }
            guard ["processing", "generation"].contains(next(1)) else { return .tokens }
            return ["rate", "rates"].contains(next(2)) ? .throughput : nil
        case "latency", "latencies": return .latency
        case "response" where ["time", "times"].contains(next(1)): return .latency
        case "loading" where index > 0 && isSpent(tokens[index - 1]): return .load
        case "load", "loading":
            return ["time", "times", "duration"].contains(next(1)) ? .load : nil
        case "prompt" where ["eval", "evaluation"].contains(next(1)): return .promptEval
        case "eval", "evaluation":
            return ["time", "duration"].contains(next(1)) ? .eval : nil
        case "execution", "inference", "processing", "completion", "run", "computation", "turnaround", "training":
            return ["time", "times", "duration", "speed", "durations"].contains(next(1)) ? .execution : nil
        case "duration" where index > 0 && ownDurations.contains(tokens[index - 1].text): return nil
        case "runtime", "duration": return .execution
        case "fan": return .fanSpeed
        case "headings", "heading": return .headings
        case "size"
        where index > 0 && ["model", "batch", "cache", "context", "buffer"].contains(tokens[index - 1].text):
            return MetricFamily.other("parameters")
        case let text:
            if text == "error" && next(1) != "rate" && next(1) != "rates" { return nil }
            if [
                "gpu", "cpu", "quality", "frequency", "compilation", "network", "score", "success", "complexity",
                "consistency",
            ].contains(text),
                !["usage", "utilization", "time", "times", "speed", "rate", "memory", "load", "throughput", "score"]
                    .contains(next(1))
            {
                return nil
            }
            return MetricFamily.other(text)
        }
    }
}

extension MetricFamily {
    static let wellKnown: Set<MetricFamily> = [
        .ttft, .throughput, .latency, .load, .promptEval, .eval, .execution, .tokens, .fanSpeed, .headings,
    ]
}

let statisticWords: [String: Statistic] = [
    "mean": .mean, "average": .mean, "avg": .mean, "averaged": .mean, "averaging": .mean, "averages": .mean,
    "median": .median, "p50": .median, "p90": .p90, "p95": .p95, "p99": .p99,
    "minimum": .min, "min": .min, "lowest": .min, "smallest": .min,
    "maximum": .max, "max": .max, "peak": .max, "highest": .max, "largest": .max,
    "std": .standardDeviation, "stdev": .standardDeviation, "deviation": .standardDeviation,
    "stddev": .standardDeviation, "variance": .standardDeviation,
]

let typeWords: [String: String] = [
    "csv": "csv", "csvs": "csv", "json": "json", "jsons": "json", "markdown": "markdown", "md": "markdown",
]

/// What has a duration of its own: `load duration` is no execution time.
private let ownDurations: Set<String> = ["load", "loading", "eval", "evaluation"]

private let inventedKinds: Set<String> = [
    "model", "system", "configuration", "config", "dataset", "algorithm", "method", "benchmark", "server", "setup",
    "variant", "framework", "project", "application",
]
