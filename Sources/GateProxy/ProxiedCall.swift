package import GateCore
package import GateStream

/// A request that passed the proxy, with its answer's figures.
package struct ProxiedCall: Sendable {
    /// 0 for the first, in the order in which they began.
    package let number: Int
    package let method: String
    /// Without the query.
    package let path: String
    package let route: PassedRoute
    /// What the stage header said; nil where there was none.
    package let stage: String?
    package let request: ProxiedRequest
    /// Whether the server answered a stream, so that the answer's pieces are stamped.
    package let isStreamed: Bool
    /// Whether the stream was asked for by the proxy alone.
    package let wasForced: Bool
    /// When the request had been read whole. Nanoseconds of the monotonic clock.
    package let beganNs: Int64
    /// When the answer's last byte had been handed to the client, or its call was over.
    package let endedNs: Int64
    /// Everything that was measured between the proxy and the server.
    package let record: CallRecord
    /// The call to be answered again; nil where answers are not kept, and for one that is no text or was not whole.
    package let passed: PassedExchange?

    /// The HTTP status of the server; 0 where it did not answer.
    package var status: Int { record.status }
    package var outcome: ExchangeOutcome { record.outcome }
    package var server: ServerFigures { record.server }

    /// As a session keeps it: without stamps of pieces where there was no stream.
    package var timing: StreamTiming { record.timing }

    /// The metrics of the call in base units; empty for an invalid one, and without those of a stream where there was
    /// none.
    package var measurements: Measurements { record.measurements }

    /// What arrived and when; empty where texts are not kept or there was no stream.
    package var arrivals: [ContentArrival] {
        zip(record.stamps.arrivals, record.pieces ?? []).compactMap { offset, piece in
            piece.text.isEmpty
                ? nil
                : ContentArrival(
                    offsetNs: Nanoseconds(offset), text: piece.text, thinking: piece.isThinking ? true : nil)
        }
    }

    /// The whole answer without the thinking; empty where texts are not kept.
    package var text: String { (record.pieces ?? []).filter { !$0.isThinking }.map(\.text).joined() }

    /// What is known of the server's prompt cache: nothing was done against it.
    package var cache: PromptCacheState {
        guard let cached = server.cachedPromptTokens else { return .unknown }
        // The chat template's first tokens are the same in every prompt.
        return Double(cached) * 10 > Double(server.promptTokens ?? 0) ? .hit : .defeated
    }
}

extension ProxiedCall {
    /// The call as a session keeps it.
    package func exchange(id: String, stage: StageName, attempt: Int) -> Exchange {
        Exchange(
            id: id, stage: stage, attempt: attempt, outcome: outcome, modelState: .warm, cache: cache,
            prompt: request.prompt, timing: timing, server: server, measurements: measurements)
    }

    /// The call as `replay` serves it; nil where it has no answer to serve, or its text was not kept.
    package func recording(id: String, stage: StageName) -> ExchangeRecording? {
        guard case .completed(let finish) = outcome, route != .other, record.pieces != nil else { return nil }
        let end = Nanoseconds(record.endNs)
        return ExchangeRecording(
            id: id, stage: stage, model: request.model ?? "",
            system: request.texts.filter { $0.role == "system" }.map(\.text).joined(separator: "\n"),
            prompt: (request.texts.last { $0.role == "user" } ?? request.texts.last)?.text ?? "",
            arrivals: isStreamed
                ? arrivals : text.isEmpty ? [] : [ContentArrival(offsetNs: end, text: text)],
            finish: finish, endNs: end, server: server)
    }
}
