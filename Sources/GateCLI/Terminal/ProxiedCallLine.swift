import GateCore
import GateProxy
import GateStream

/// A call that passed the proxy, in a line for people.
struct ProxiedCallLine {
    let call: ProxiedCall

    /// `3 POST /api/chat toy: 120 → 214 tokens, TTFT 120.00 ms, total 4120.00 ms, 52.10 tok/s`.
    var text: String {
        let stage = call.stage.map { " [\($0)]" } ?? ""
        let model = call.request.model.map { " \($0)" } ?? ""
        return "\(call.number + 1)\(stage) \(call.method) \(call.path)\(model): \(result)"
    }

    private var result: String {
        guard case .completed(let finish) = call.outcome else {
            if case .invalid(let reason) = call.outcome { return "\(reason.kind.rawValue): \(reason.detail)" }
            return ""
        }
        let values = call.measurements
        func shown(_ name: String, _ metric: MetricID, _ unit: MetricUnit) -> String? {
            values[metric].map { "\(name)\(DisplayFormat.value($0, unit: unit))" }
        }
        let tokens =
            call.server.tokens.map { tokens in
                "\(call.server.promptTokens.map(String.init) ?? "?") → \(DisplayFormat.count(tokens, "token"))"
            }
        let parts = [
            tokens, shown("TTFT ", "ttft", .seconds), shown("total ", "total", .seconds),
            shown("", "throughput", .tokensPerSecond), finish == .stop ? nil : finish.rawValue,
        ]
        return parts.compactMap(\.self).joined(separator: ", ")
    }
}
