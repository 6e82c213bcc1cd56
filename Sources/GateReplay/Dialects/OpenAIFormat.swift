import GateCore
import GateJSON

/// OpenAI's API as llama-server speaks it: server-sent events, `usage` and `timings` at the end, then `[DONE]`.
struct OpenAIFormat: AnswerFormat {
    enum Route { case chat, completion }

    let route: Route
    /// llama-server names what it has loaded, whatever the request asked for.
    let model: String
    let id: String
    /// Seconds since 1970.
    let created: Int
    var includesUsage = false
    var saysFigures = true

    let sendsHeadersAtOnce = true
    let heartbeat: [UInt8]? = Array(":\n\n".utf8)
    let lineEnd: [UInt8] = [0x0A, 0x0A]
    let streamFields: [(name: String, value: String)] = [
        ("X-Accel-Buffering", "no"), ("Content-Type", "text/event-stream"),
    ]

    static let fingerprint = "b0-replay"

    func opening() -> [UInt8] {
        route == .chat ? chunk(delta: ["role": "assistant", "content": .null], finish: nil) : []
    }

    func content(_ text: String, at time: Nanoseconds) -> [UInt8] {
        switch route {
        case .chat: chunk(delta: ["content": .string(text)], finish: nil)
        case .completion: event(chunk(text: text, finish: nil))
        }
    }

    func thinking(_ text: String, at time: Nanoseconds) -> [UInt8] {
        route == .chat
            ? chunk(delta: ["reasoning_content": .string(text)], finish: nil) : content("", at: time)
    }

    func closing(_ answer: ReplayTimeline, endWord: String) -> [[UInt8]] {
        var end: [UInt8]
        switch route {
        case .chat where includesUsage && saysFigures:
            end = chunk(delta: [:], finish: endWord) + event(base([]) + usage(answer) + timings(answer))
        case .chat: end = event(base([choice([:], finish: endWord)]) + timings(answer))
        case .completion: end = event(chunk(text: "", finish: endWord) + usage(answer) + timings(answer))
        }
        return [end, Array("data: [DONE]\n\n".utf8)]
    }

    func whole(_ answer: ReplayTimeline, thinking: String?, endWord: String) -> JSONValue {
        let finish = JSONValue.string(endWord)
        switch route {
        case .chat:
            var message: [(key: String, value: JSONValue)] = [
                (key: "role", value: "assistant"), (key: "content", value: .string(answer.text)),
            ]
            if let thinking { message.append((key: "reasoning_content", value: .string(thinking))) }
            let choice: JSONValue = ["finish_reason": finish, "index": 0, "message": .object(message)]
            return .object(base([choice], object: "chat.completion") + usage(answer) + timings(answer))
        case .completion:
            return .object(chunk(text: answer.text, finish: endWord) + usage(answer) + timings(answer))
        }
    }

    var brokenLine: [UInt8] {
        let members: JSONValue = ["id": .string(id), "object": ""]
        return Array("data: ".utf8) + members.encoded.dropLast(2)
    }

    func error(_ message: String, status: Int) -> JSONValue {
        ["error": ["code": JSONValue(status), "message": .string(message), "type": "server_error"]]
    }

    func streamed(_ error: JSONValue) -> [UInt8] { event(error) }

    func errorEvent(_ message: String) -> [UInt8] {
        Array("event: error\n".utf8) + event(["message": .string(message)])
    }

    // MARK: parts

    private typealias Members = [(key: String, value: JSONValue)]

    private func event(_ members: Members) -> [UInt8] { event(.object(members)) }
    private func event(_ value: JSONValue) -> [UInt8] {
        var bytes = Array("data: ".utf8)
        value.append(to: &bytes)
        return bytes + lineEnd
    }

    private func chunk(delta: JSONValue, finish: String?) -> [UInt8] {
        event(base([choice(delta, finish: finish)]))
    }

    private func choice(_ delta: JSONValue, finish: String?) -> JSONValue {
        ["finish_reason": finish.map { .string($0) } ?? .null, "index": 0, "delta": delta]
    }

    private func chunk(text: String, finish: String?) -> Members {
        let choice: JSONValue = [
            "text": .string(text), "index": 0, "logprobs": .null,
            "finish_reason": finish.map { .string($0) } ?? .null,
        ]
        return base([choice], object: "text_completion")
    }

    private func base(_ choices: [JSONValue], object: String = "chat.completion.chunk") -> Members {
        [
            (key: "choices", value: .array(choices)), (key: "created", value: JSONValue(created)),
            (key: "id", value: .string(id)), (key: "model", value: .string(model)),
            (key: "system_fingerprint", value: .string(OpenAIFormat.fingerprint)),
            (key: "object", value: .string(object)),
        ]
    }

    private func usage(_ answer: ReplayTimeline) -> Members {
        guard saysFigures else { return [] }
        var counts: Members = [
            (key: "completion_tokens", value: JSONValue(answer.tokens)),
            (key: "prompt_tokens", value: JSONValue(answer.promptTokens)),
            (key: "total_tokens", value: JSONValue(answer.tokens + answer.promptTokens)),
            (key: "prompt_tokens_details", value: ["cached_tokens": JSONValue(answer.cachedPromptTokens)]),
        ]
        if let thinking = answer.thinkingTokens, thinking > 0 {
            counts.append((key: "completion_tokens_details", value: ["reasoning_tokens": JSONValue(thinking)]))
        }
        return [(key: "usage", value: .object(counts))]
    }

    /// llama-server counts the time of generation from the first token on: n tokens have n - 1 gaps.
    private func timings(_ answer: ReplayTimeline) -> Members {
        guard saysFigures else { return [] }
        let prompt = answer.promptTokens - answer.cachedPromptTokens
        return [
            (
                key: "timings",
                value: .object(
                    [(key: "cache_n", value: JSONValue(answer.cachedPromptTokens))]
                        + rates("prompt", count: prompt, gaps: prompt, answer.promptEval)
                        + rates("predicted", count: answer.tokens, gaps: answer.tokens - 1, answer.eval))
            )
        ]
    }

    private func rates(_ name: String, count: Int, gaps: Int, _ time: Nanoseconds) -> Members {
        let milliseconds = Double(time.count) / 1e6
        let isMeasured = gaps > 0 && time > .zero
        return [
            (key: "\(name)_n", value: JSONValue(count)), (key: "\(name)_ms", value: JSONValue(milliseconds)),
            (key: "\(name)_per_token_ms", value: JSONValue(isMeasured ? milliseconds / Double(gaps) : 0.0)),
            (key: "\(name)_per_second", value: JSONValue(isMeasured ? Double(gaps) / time.seconds : 0.0)),
        ]
    }
}
