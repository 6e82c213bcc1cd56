import GateCore

/// True texts about random facts, in the forms in which reports speak of such data.
extension RandomFacts {
    mutating func texts() -> [RandomSentence] {
        [
            faster(), range(), best(), rows(), backend(), difference(), groups(), ingest(), prompt(), totals(),
            models(),
            items(), longer(),
        ].compactMap(\.self)
    }

    private mutating func sweep() -> (model: String, rows: [Configuration]) {
        let model = Self.models.randomElement(using: &random) ?? ""
        return (model, (sweeps[model] ?? []).shuffled(using: &random))
    }

    private mutating func faster() -> RandomSentence? {
        let (model, rows) = sweep()
        let (a, b) = rows[0].throughput > rows[1].throughput ? (rows[0], rows[1]) : (rows[1], rows[0])
        let percent = (a.throughput / b.throughput - 1) * 100
        guard percent > 0.6 else { return nil }
        var text = RandomSentence()
        text.say("In the \(model) parameter sweep, `\(a.name)` reached ")
        text.say(a.throughput, decimals: 2, &random)
        text.say(" ")
        text.say("tok/s", not: "ms", .unit)
        text.say(" against ")
        text.say(b.throughput, decimals: 2, &random)
        text.say(" tok/s for `\(b.name)`, so it is \(DisplayFormat.fixed(percent, decimals: 1))% ")
        text.say("faster", not: "slower", .order)
        text.say(". Its mean TTFT was ")
        text.say(a.ttft, decimals: 3, &random)
        text.say(" s.")
        return text
    }

    private mutating func range() -> RandomSentence? {
        let (model, rows) = sweep()
        let sorted = rows.sorted { $0.ttft < $1.ttft }
        var text = RandomSentence()
        text.say("The \(model) sweep has ")
        text.say(count: rows.count, &random)
        text.say(" configurations. mean_ttft_s ranges from ")
        text.say(sorted[0].ttft, decimals: 4, &random)
        text.say(" to ")
        text.say(sorted[rows.count - 1].ttft, decimals: 4, &random)
        text.say(" s with a mean of ")
        text.say(rows.reduce(0) { $0 + $1.ttft } / Double(rows.count), decimals: 4, &random)
        text.say(" s. The highest value belongs to ")
        text.say("`\(sorted[rows.count - 1].name)`", not: "`\(sorted[3].name)`", .name)
        text.say(".")
        return text
    }

    private mutating func best() -> RandomSentence? {
        let (model, rows) = sweep()
        let sorted = rows.sorted { $0.throughput > $1.throughput }
        var text = RandomSentence()
        text.say("Among the \(model) configurations, ")
        text.say("`\(sorted[0].name)`", not: "`\(sorted[5].name)`", .name)
        text.say(" shows the ")
        text.say("highest", not: "lowest", .order)
        text.say(" throughput (")
        text.say(sorted[0].throughput, decimals: 1, &random)
        text.say(" tokens/s).")
        return text
    }

    private mutating func rows() -> RandomSentence? {
        let (model, rows) = sweep()
        var text = RandomSentence()
        text.say("#### \(model) parameter tuning\n\n| Configuration | Throughput (tok/s) | TTFT (s) |\n|:--|--:|--:|\n")
        for row in rows.prefix(3) {
            text.say("| `\(row.name)` | ")
            text.say(row.throughput, decimals: 2, &random)
            text.say(" | ")
            text.say(row.ttft, decimals: 3, &random)
            text.say(" |\n")
        }
        return text
    }

    private mutating func pair() -> (benchmark: String, fast: Backend, slow: Backend, rows: [Backend]) {
        let benchmark = Self.benchmarks.randomElement(using: &random) ?? ""
        let rows = (backends[benchmark] ?? []).sorted { $0.mean < $1.mean }
        return (benchmark, rows[0], rows[rows.count - 1], rows)
    }

    private mutating func backend() -> RandomSentence? {
        let (benchmark, fast, slow, rows) = pair()
        var text = RandomSentence()
        text.say("### \(benchmark)\n\nThe fastest backend is ")
        text.say(fast.name, not: rows[2].name, .name)
        text.say(" with a mean of ")
        text.say(fast.mean, decimals: 3, &random)
        text.say(" ms; \(slow.name) takes ")
        text.say(slow.mean / fast.mean, decimals: 1, &random)
        text.say(" times as long.")
        return text
    }

    private mutating func difference() -> RandomSentence? {
        let (benchmark, fast, slow, _) = pair()
        var text = RandomSentence()
        text.say("In \(benchmark), \(fast.name) averages ")
        text.say(fast.mean, decimals: 3, &random)
        text.say(" ms and \(slow.name) ")
        text.say(slow.mean, decimals: 3, &random)
        text.say(" ms, a difference of ")
        text.say(slow.mean - fast.mean, decimals: 3, &random)
        text.say(" ms.")
        return text
    }

    private mutating func groups() -> RandomSentence? {
        var text = RandomSentence()
        text.say("The CSV group has ")
        text.say(count: counts[0].files, &random)
        text.say(" files and the JSON group has ")
        text.say(count: counts[1].files, &random)
        text.say(" files; together they are ")
        text.say(Double(counts[0].files + counts[1].files) * 100 / Double(files), decimals: 1, &random)
        text.say("% of the ")
        text.say(count: files, &random)
        text.say(" files.")
        return text
    }

    private mutating func ingest() -> RandomSentence? {
        var text = RandomSentence()
        text.say("The corpus holds ")
        text.say(count: files, &random)
        text.say(" files with ")
        text.say(Double(bytes), decimals: 0, &random)
        text.say(" bytes in total; Markdown makes up ")
        text.say(Double(counts[2].files) * 100 / Double(files), decimals: 1, &random)
        text.say("% of the files.")
        return text
    }

    private mutating func prompt() -> RandomSentence? {
        let model = Self.models.randomElement(using: &random) ?? ""
        guard let prompt = runs[model]?.randomElement(using: &random) else { return nil }
        var text = RandomSentence()
        text.say("For the prompt \"\(prompt.name)\", \(model) needed ")
        text.say(prompt.ttft, decimals: 3, &random)
        text.say(" s to the first token, produced ")
        text.say(count: prompt.tokens, &random)
        text.say(" tokens and ran at ")
        text.say(prompt.throughput, decimals: 1, &random)
        text.say(" tok/s.")
        return text
    }

    private mutating func totals() -> RandomSentence? {
        let model = Self.models.randomElement(using: &random) ?? ""
        let prompts = runs[model] ?? []
        let total = prompts.reduce(0) { $0 + $1.tokens }
        var text = RandomSentence()
        text.say("The \(model) baseline ran ")
        text.say(count: prompts.count, &random)
        text.say(" prompts and generated ")
        text.say(count: total, &random)
        text.say(" tokens in total (mean ")
        text.say(Double(total) / Double(prompts.count), decimals: 1, &random)
        text.say(" per prompt).")
        return text
    }

    private mutating func models() -> RandomSentence? {
        func mean(_ model: String) -> Double {
            let rows = sweeps[model] ?? []
            return rows.reduce(0) { $0 + $1.throughput } / Double(max(1, rows.count))
        }
        let sorted = Self.models.sorted { mean($0) > mean($1) }
        guard mean(sorted[0]) > 1.1 * mean(sorted[1]) else { return nil }
        var text = RandomSentence()
        text.say("On average over its sweep, \(sorted[0]) generates ")
        text.say(mean(sorted[0]), decimals: 1, &random)
        text.say(" tokens per second, ")
        text.say("more", not: "fewer", .order)
        text.say(" than \(sorted[1]) with ")
        text.say(mean(sorted[1]), decimals: 1, &random)
        text.say(".")
        return text
    }

    private mutating func items() -> RandomSentence? {
        let (model, rows) = sweep()
        var text = RandomSentence()
        for row in rows.prefix(2) {
            text.say("- **\(row.name)** (\(model)): mean load duration ")
            text.say(row.load, decimals: 3, &random)
            text.say(" s\n")
        }
        return text
    }

    private mutating func longer() -> RandomSentence? {
        let (model, rows) = sweep()
        let (a, b) = rows[0].ttft > rows[1].ttft ? (rows[0], rows[1]) : (rows[1], rows[0])
        guard a.ttft > 1.2 * b.ttft else { return nil }
        var text = RandomSentence()
        text.say("With \(model), `\(a.name)` takes ")
        text.say(a.ttft * 1000, decimals: 0, &random)
        text.say(" ms to the first token, ")
        text.say("longer", not: "shorter", .order)
        text.say(" than the ")
        text.say(b.ttft * 1000, decimals: 0, &random)
        text.say(" ms of `\(b.name)`.")
        return text
    }
}
