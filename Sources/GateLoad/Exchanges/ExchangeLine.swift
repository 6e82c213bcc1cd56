import GateCore
import GateStream

/// One request as one line of JSON, with every stamp, so that each figure can be computed again by somebody else.
struct ExchangeLine {
    let id: String
    let record: CallRecord
    /// Further members behind the identifier, as JSON without braces; empty for none.
    var members = ""

    /// Appends the line and its end.
    func append(to bytes: inout [UInt8]) {
        bytes += "{\"id\":\(quoted(id)),\(members.isEmpty ? "" : members + ",")\"sent_monotonic_ns\":".utf8
        append(record.sentNs, to: &bytes)
        bytes += ",\"token_offsets_ns\":[".utf8
        var isFirst = true
        for offset in record.stamps.arrivals {
            if !isFirst { bytes.append(0x2C) }
            isFirst = false
            append(offset, to: &bytes)
        }
        bytes += "],\"first_content_offset_ns\":".utf8
        append(record.stamps.firstContent, to: &bytes)
        bytes += ",\"first_thinking_offset_ns\":".utf8
        append(record.stamps.firstThinking, to: &bytes)
        bytes += ",\"thinking_ns\":\(record.stamps.thinkingNs)".utf8
        bytes += ",\"end_offset_ns\":".utf8
        append(record.endNs, to: &bytes)
        bytes += ",\"scheduled_monotonic_ns\":\(record.scheduledNs),\"began_monotonic_ns\":\(record.beganNs)".utf8
        bytes += ",\"connect_ns\":\(record.connection.totalNs)".utf8
        bytes +=
            ",\"counts\":{\"arrivals\":\(record.stamps.arrivals.count),\"coalesced\":\(record.stamps.coalesced)".utf8
        bytes += ",\"thinking_arrivals\":\(record.stamps.thinkingPieces)".utf8
        bytes += ",\"first_read_arrivals\":\(record.stamps.firstReadPieces)".utf8
        bytes += ",\"first_read_bytes\":\(record.stamps.firstReadBytes)".utf8
        bytes += ",\"text_bytes\":\(record.stamps.textBytes),\"tokens\":".utf8
        append(record.server.tokens.map(Int64.init), to: &bytes)
        bytes += ",\"thinking_tokens\":".utf8
        append(record.server.thinkingTokens.map(Int64.init), to: &bytes)
        bytes += ",\"prompt_tokens\":".utf8
        append(record.server.promptTokens.map(Int64.init), to: &bytes)
        bytes += ",\"body_bytes\":\(record.bodyBytes)},\"clock\":\(quoted(record.clock.rawValue))".utf8
        bytes +=
            ",\"clock_uncertainty_ns\":\(record.clockUncertaintyNs),\"longest_lag_ns\":\(record.lag.longestNs)".utf8
        bytes +=
            ",\"degraded\":\(record.isDegraded),\"throughput_degraded\":\(record.pace.isDegraded),\"status\":\(record.status)"
            .utf8
        switch record.outcome {
        case .completed(let finish): bytes += ",\"outcome\":\"completed\",\"finish\":\(quoted(finish.rawValue))}\n".utf8
        case .invalid(let reason):
            bytes += ",\"outcome\":\(quoted(reason.kind.rawValue)),\"detail\":\(quoted(reason.detail))}\n".utf8
        }
    }

    private func append(_ number: Int64?, to bytes: inout [UInt8]) {
        guard let number else {
            bytes += "null".utf8
            return
        }
        bytes += String(number).utf8
    }

    /// A JSON string (RFC 8259, section 7). Written here and not by GateJSON, whose values would hold every stamp twice.
    private func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
