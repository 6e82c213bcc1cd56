/// Collects the data of server-sent events from lines (WHATWG HTML, section "Server-sent events"): comments and
/// other fields are passed over, several `data:` lines are joined by LF, and an empty line ends the event.
struct ServerSentEvents {
    private var data: [UInt8] = []
    private var hasData = false

    /// Takes one line; hands the data of an event that it ends to `body`. Returns what `body` returns, else true.
    mutating func take(_ line: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        if line.isEmpty { return finish(body) }
        guard let value = ServerSentEvents.value(of: line) else { return true }
        if hasData { data.append(0x0A) }
        data += value
        hasData = true
        return true
    }

    /// Ends the event that is open, at an empty line or at the end of the stream.
    mutating func finish(_ body: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
        guard hasData else { return true }
        defer {
            data.removeAll(keepingCapacity: true)
            hasData = false
        }
        return data.withUnsafeBufferPointer(body)
    }

    /// The value of a `data` field, or of the `error` field in which older llama-servers send an error object.
    private static func value(of line: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        for name in ["data", "error"] where line.starts(with: name.utf8) {
            let rest = line.dropFirst(name.utf8.count)
            guard rest.first == 0x3A else { continue }
            let value = rest.dropFirst()
            return UnsafeBufferPointer(rebasing: value.first == 0x20 ? value.dropFirst() : value)
        }
        return nil
    }
}
