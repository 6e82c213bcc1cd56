import GateCore

extension DifferenceList {
    /// What two commands asked of the model: how often, which models, with which options and prompts.
    mutating func compareAsked(_ before: AskedWork?, _ now: AskedWork?) {
        guard let before, let now else { return }
        compareCounts(Difference.callsOfRun, before.calls, now.calls)
        let (was, are) = (Dictionary(grouping: before.stages, by: \.name), Dictionary(grouping: now.stages, by: \.name))
        let names = Set(was.keys).union(are.keys).sorted()
        for name in names {
            let (old, new) = (was[name]?.first, are[name]?.first)
            if names.count > 1 { compareCounts("calls of \(name)", old?.calls ?? [0], new?.calls ?? [0]) }
            guard let old, let new else { continue }
            add("model of \(name)", .asked, words(old.models), words(new.models))
            add("options of \(name)", .asked, words(old.options), words(new.options))
            comparePrompts(name, old.prompts, new.prompts)
        }
    }

    /// Runs that differ among themselves make a difference only where they differ more from those of the other side.
    private mutating func compareCounts(_ what: String, _ before: [Int], _ now: [Int]) {
        guard let was = OrderStatistics.median(before.map(Double.init)),
            let median = OrderStatistics.median(now.map(Double.init)), was != median
        else { return }
        add(what, .asked, range(before), range(now))
    }

    /// Of the places where the runs of each side agree.
    private mutating func comparePrompts(_ name: StageName, _ before: [String], _ now: [String]) {
        let both = zip(before, now).filter { !$0.isEmpty && !$1.isEmpty }
        let changed = both.filter { $0 != $1 }
        guard let first = changed.first else { return }
        add(
            "\(Difference.prompts) of \(name) (\(changed.count) of \(both.count))", .asked, String(first.0.prefix(12)),
            String(first.1.prefix(12)))
    }

    private func range(_ counts: [Int]) -> String {
        let (low, high) = (counts.min() ?? 0, counts.max() ?? 0)
        return low == high ? "\(low)" : "\(low) to \(high)"
    }

    private static let longestWords = 200

    private func words(_ texts: [String]) -> String {
        let text = texts.isEmpty ? "not named" : texts.joined(separator: "; ")
        return text.count > DifferenceList.longestWords ? text.prefix(DifferenceList.longestWords) + "…" : text
    }
}

extension Difference {
    static let callsOfRun = "calls of a run"
    static let prompts = "prompts"

    /// As a sentence says it of a change to an agent: `the command now makes 9 calls where it made 6`.
    public var sentence: String {
        what == Difference.callsOfRun && kind == .asked
            ? "the command now makes \(now) calls where it made \(before)" : "\(what): \(before) → \(now)"
    }
}

extension CommandConfiguration {
    /// True where one side gives the path of a program that the other looks up by the same name: how it was found is no other
    /// command.
    func startsSame(as other: CommandConfiguration?) -> Bool {
        guard let other, let mine = run.first, let theirs = other.run.first, run.dropFirst() == other.run.dropFirst(),
            !mine.contains("/") || !theirs.contains("/")
        else { return false }
        return mine.split(separator: "/").last == theirs.split(separator: "/").last
    }

    /// What of it a figure may depend on, in words.
    var settings: [(String, String?)] {
        [
            ("command", run.joined(separator: " ")), ("directory of the command", directory),
            (
                "environment of the command",
                environment.isEmpty ? nil : environment.map { "\($0.name)=\($0.value)" }.joined(separator: " ")
            ),
            ("report of the command", report),
            ("success of the command", success.map(String.init).joined(separator: ", ")),
            ("stages", stages.isEmpty ? nil : stages.map(\.words).joined(separator: ", ")),
            ("proxy.stream", stream.rawValue), ("proxy.header", stageHeader),
            (
                "prices",
                prices.isEmpty
                    ? nil : prices.map { "\($0.model) \($0.prompt)/\($0.completion)" }.joined(separator: ", ")
            ),
        ]
    }
}

extension StageRule {
    /// `plan by order 1`
    fileprivate var words: String {
        switch match {
        case .order(let number): "\(name) by order \(number)"
        case .header(let value): "\(name) by header '\(value)'"
        case .model(let model): "\(name) by model '\(model)'"
        case .prompt(let pattern): "\(name) by prompt '\(pattern)'"
        }
    }
}
