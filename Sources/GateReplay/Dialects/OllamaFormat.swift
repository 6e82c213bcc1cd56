import GateCore
import GateJSON

/// Ollama's own API: one JSON object per line, the figures in the last one, durations in nanoseconds.
struct OllamaFormat: AnswerFormat {
    enum Route { case generate, chat }

    let route: Route
    /// As the request wrote it.
    let model: String
    /// The wall clock when the request was read.
    let readAt: Nanoseconds
    var saysFigures = true

    let sendsHeadersAtOnce = false
    /// A blank line would break the official client, which reads every line as JSON.
    let heartbeat: [UInt8]? = nil
    let lineEnd: [UInt8] = [0x0A]
    let streamFields: [(name: String, value: String)] = [("Content-Type", "application/x-ndjson")]

    func opening() -> [UInt8] { [] }

    func content(_ text: String, at time: Nanoseconds) -> [UInt8] {
        line(.object(members(text: text, thinking: nil, at: time) + [(key: "done", value: false)]))
    }

    func thinking(_ text: String, at time: Nanoseconds) -> [UInt8] {
        line(.object(members(text: "", thinking: text, at: time) + [(key: "done", value: false)]))
    }

    func closing(_ answer: ReplayTimeline, endWord: String) -> [[UInt8]] {
        [line(.object(members(text: "", thinking: nil, at: answer.end) + last(answer, endWord)))]
    }

    func whole(_ answer: ReplayTimeline, thinking: String?, endWord: String) -> JSONValue {
        .object(members(text: answer.text, thinking: thinking, at: answer.end) + last(answer, endWord))
    }

    /// What an empty prompt gets: the model is loaded, or unloaded, and nothing is said.
    func stateChange(_ reason: String, at time: Nanoseconds) -> JSONValue {
        .object(
            members(text: "", thinking: nil, at: time)
                + [(key: "done", value: true), (key: "done_reason", value: .string(reason))])
    }

    var brokenLine: [UInt8] {
        let members: JSONValue = ["model": .string(model), "response": ""]
        return members.encoded.dropLast(2)
    }

    func error(_ message: String, status: Int) -> JSONValue { ["error": .string(message)] }
    func streamed(_ error: JSONValue) -> [UInt8] { line(error) }
    func errorEvent(_ message: String) -> [UInt8] { line(["error": ["message": .string(message)]]) }

    private func line(_ value: JSONValue) -> [UInt8] { value.encoded + lineEnd }

    private func members(text: String, thinking: String?, at time: Nanoseconds) -> [(key: String, value: JSONValue)] {
        let thought: [(key: String, value: JSONValue)] = thinking.map { [(key: "thinking", value: .string($0))] } ?? []
        let created: [(key: String, value: JSONValue)] = [
            (key: "model", value: .string(model)),
            (key: "created_at", value: .string(OllamaFormat.timestamp(readAt + time))),
        ]
        switch route {
        case .generate: return created + [(key: "response", value: .string(text))] + thought
        case .chat:
            let message: [(key: String, value: JSONValue)] = [
                (key: "role", value: "assistant"), (key: "content", value: .string(text)),
            ]
            return created + [(key: "message", value: .object(message + thought))]
        }
    }

    /// Ollama leaves out what is zero.
    private func last(_ answer: ReplayTimeline, _ endWord: String) -> [(key: String, value: JSONValue)] {
        let figures: [(key: String, value: Int)] = [
            ("total_duration", Int(answer.end.count)), ("load_duration", Int(answer.load.count)),
            ("prompt_eval_count", answer.promptTokens), ("prompt_eval_duration", Int(answer.promptEval.count)),
            ("eval_count", answer.tokens), ("eval_duration", Int(answer.eval.count)),
        ]
        return [(key: "done", value: true), (key: "done_reason", value: .string(endWord))]
            + figures.filter { saysFigures && $0.value != 0 }.map { (key: $0.key, value: JSONValue($0.value)) }
    }

    /// RFC 3339 with nanoseconds, as Go writes it.
    static func timestamp(_ time: Nanoseconds) -> String {
        let utc = UTCTime(unixSeconds: time.count / 1_000_000_000)
        let fraction = String(time.count % 1_000_000_000)
        return "\(utc.date)T\(utc.clock).\(String(repeating: "0", count: 9 - fraction.count))\(fraction)Z"
    }
}
