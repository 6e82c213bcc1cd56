import GateCore
import GateHTTP

/// A streamed answer while its script is written: header, chunks, and heartbeats in its silences.
struct Stream {
    let format: any AnswerFormat
    let head: HTTPHead
    /// The longest silence where the format has heartbeats.
    let heartbeat: Nanoseconds
    private(set) var script: Script
    private(set) var isOpen = false

    init(format: any AnswerFormat, head: HTTPHead, heartbeat: Nanoseconds, ending: Script.Ending) {
        self.format = format
        self.head = head
        self.heartbeat = heartbeat
        script = Script(ending: ending)
    }

    mutating func sendHead(at time: Nanoseconds) {
        guard !isOpen else { return }
        isOpen = true
        var response = HTTPResponse(200, type: "", body: [])
        response.fields = format.streamFields
        if head.isVersion11 { response.fields.append(("Transfer-Encoding", "chunked")) }
        script.send(response.head(length: nil, keepsAlive: script.ending == .keepAlive), at: time)
    }

    mutating func send(_ event: [UInt8], at time: Nanoseconds) {
        guard !event.isEmpty else { return }
        if isOpen { beat(until: time) }
        sendHead(at: time)
        script.send(framed(event), at: time)
    }

    mutating func sendLastChunk(at time: Nanoseconds) {
        sendHead(at: time)
        if head.isVersion11 { script.send(HTTPResponse.lastChunk, at: time) }
    }

    /// The script as it is now, ending in this way.
    mutating func ended(_ ending: Script.Ending, at time: Nanoseconds = .zero) -> Script {
        sendHead(at: time)
        script.ending = ending
        return script
    }

    private mutating func beat(until time: Nanoseconds) {
        guard let bytes = format.heartbeat, heartbeat > .zero else { return }
        while let last = script.sends.last?.at, last + heartbeat < time {
            script.send(framed(bytes), at: last + heartbeat)
        }
    }

    private func framed(_ bytes: [UInt8]) -> [UInt8] { head.isVersion11 ? HTTPResponse.chunk(bytes) : bytes }
}
