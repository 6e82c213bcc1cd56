import GateCore
import GateProxy
import GateStream

/// Calls that pass the proxy, in a line for people.
enum ProxiedCallLine {
    /// `3 POST /api/chat toy: 120 → 214 tokens, TTFT 120.00 ms, total 4120.00 ms, 52.10 tok/s, stop`.
    static func text(of call: ProxiedCall) -> String {
        let stage = call.stage.map { " [\($0)]" } ?? ""
        let model = call.request.model.map { " \($0)" } ?? ""
        return "\(call.number + 1)\(stage) \(call.method) \(call.path)\(model): \(result(of: call))"
    }

    private static func result(of call: ProxiedCall) -> String {
        let finish: FinishReason
        switch call.outcome {
        case .completed(let reason): finish = reason
        case .invalid(let reason): return "\(reason.kind.rawValue): \(reason.detail)"
        }
        let values = call.measurements
        func shown(_ name: String, _ metric: MetricID, _ unit: MetricUnit) -> String? {
            values[metric].map { "\(name)\(DisplayFormat.value($0, unit: unit))" }
        }
        let tokens = call.server.tokens.map { tokens in
            "\(call.server.promptTokens.map(String.init) ?? "?") → \(DisplayFormat.count(tokens, "token"))"
        }
        let parts = [
            tokens, shown("TTFT ", "ttft", .seconds), shown("total ", "total", .seconds),
            shown("", "throughput", .tokensPerSecond), call.route == .other ? "HTTP \(call.status)" : finish.rawValue,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
