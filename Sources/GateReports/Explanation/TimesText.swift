import GateCore
import GateVerdict

/// Where the time of a stage went, on both sides, as lines of text.
struct TimesText {
    let times: StageTimes
    /// What the head is compared with: `base` or `baseline`.
    let other: String
    /// Columns.
    let width: Int

    var lines: [String] {
        let rows = [["", other, "head", "change"]] + parts.filter { $0.base != nil || $0.head != nil }.map(cells)
        // Where there is no room for the usual columns, they are as narrow as what stands in them.
        let widths = TimesText.usualWidths.enumerated().map { column, usual in
            isNarrow ? rows.map { $0[column].count + 1 }.max() ?? usual : usual
        }
        return ["Where the time went in '\(times.stage)' (medians)"] + rows.map { line($0, widths) }
            + times.causes.flatMap { ConsoleText.wrapped("=> \($0.words)", columns: width, prefix: "  ") }
    }

    private static let usualWidths = [30, 14, 14, 14]
    private var isNarrow: Bool { width < TimesText.usualWidths.reduce(2, +) }

    private enum Kind { case seconds, perToken, count }

    private struct Part {
        let name: String
        let base: Double?
        let head: Double?
        var kind = Kind.seconds
    }

    private var parts: [Part] {
        let (base, head) = (times.base, times.head)
        return [
            Part(name: "connect", base: base.connect, head: head.connect),
            Part(name: "TTFT", base: base.ttft, head: head.ttft),
            Part(
                name: isNarrow ? "  queue, network" : "  queue, network, first token", base: base.queue,
                head: head.queue),
            Part(name: "  load", base: base.load, head: head.load),
            Part(name: "  prompt evaluation", base: base.promptEval, head: head.promptEval),
            Part(name: "    prompt tokens", base: base.promptTokens, head: head.promptTokens, kind: .count),
            Part(name: "    per token", base: base.perPromptToken, head: head.perPromptToken, kind: .perToken),
            Part(name: "  thinking", base: base.thinking, head: head.thinking),
            Part(name: "    thinking tokens", base: base.thinkingTokens, head: head.thinkingTokens, kind: .count),
            Part(name: "generation", base: base.generation, head: head.generation),
            Part(name: "    output tokens", base: base.tokens, head: head.tokens, kind: .count),
            Part(name: "    per token", base: base.perToken, head: head.perToken, kind: .perToken),
            Part(name: "end to end (total)", base: base.total, head: head.total),
        ]
    }

    private func cells(_ part: Part) -> [String] {
        func text(_ value: Double?) -> String { value.map { number($0, part.kind) } ?? "not known" }
        var change = ""
        if let base = part.base, let head = part.head { change = signed(head - base, part.kind) }
        return [part.name, text(part.base), text(part.head), change]
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        let text = cells.indices.map { ConsoleText.cell(cells[$0], widths[$0], isRight: $0 > 0) }.joined()
        return String("  \(text)".reversed().drop { $0 == " " }.reversed())
    }

    private func number(_ value: Double, _ kind: Kind) -> String {
        switch kind {
        case .seconds: DisplayFormat.value(value, unit: .seconds)
        case .perToken: "\(DisplayFormat.fixed(value * 1000, decimals: 3)) ms"
        case .count: DisplayFormat.value(value, unit: .count)
        }
    }

    private func signed(_ value: Double, _ kind: Kind) -> String {
        let text = number(abs(value), kind)
        return text == number(0, kind) ? "" : (value < 0 ? "-" : "+") + text
    }
}
