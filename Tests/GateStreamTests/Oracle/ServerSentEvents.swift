/// Collects the data of server-sent events from lines (WHATWG HTML, section "Server-sent events"): comments and
/// other fields are passed over, several `data:` lines are joined by LF, and an empty line ends the event.
struct ServerSentEvents {
    struct Event: Equatable {
        let data: [UInt8]
        let isError: Bool
    }

    private var data: [UInt8]?
    private var isError = false

    /// Takes one line; returns the event that it ends.
    mutating func take(_ line: [UInt8]) -> Event? {
        if line.isEmpty { return finish() }
        let parts = line.split(separator: 0x3A, maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        var value = parts.count > 1 ? parts[1] : []
        if value.first == 0x20 { value.removeFirst() }
        switch name {
        // Older llama-servers send an error object in a field of that name.
        case "data", "error": data = data.map { $0 + [0x0A] + value } ?? Array(value)
        case "event": isError = String(decoding: value, as: UTF8.self).lowercased().hasSuffix("error")
        default: break
        }
        return nil
    }

    /// Ends the event that is open, at an empty line or at the end of the stream.
    mutating func finish() -> Event? {
        defer {
            data = nil
            isError = false
        }
        return data != nil || isError ? Event(data: data ?? [], isError: isError) : nil
    }
}
