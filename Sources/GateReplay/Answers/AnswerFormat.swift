import GateCore
import GateHTTP
import GateJSON

/// How one API writes a generated answer. Moments are offsets from when the request was read.
protocol AnswerFormat: Sendable {
    /// Of a streamed answer.
    var streamFields: [(name: String, value: String)] { get }
    /// llama-server sends headers before it evaluates the prompt, Ollama together with the first line.
    var sendsHeadersAtOnce: Bool { get }
    /// Sent in long silences; nil where the API has none.
    var heartbeat: [UInt8]? { get }

    /// What goes before the first piece.
    func opening() -> [UInt8]
    func content(_ text: String, at time: Nanoseconds) -> [UInt8]
    func thinking(_ text: String, at time: Nanoseconds) -> [UInt8]
    /// Everything after the last piece, end marker included.
    ///
    /// - Parameter endWord: why the answer ended, in the words of the API.
    func closing(_ answer: ReplayTimeline, endWord: String) -> [[UInt8]]
    /// A line that begins like ``content(_:at:)`` and is cut inside a string; without its end.
    var brokenLine: [UInt8] { get }
    /// What ends a line, or an event.
    var lineEnd: [UInt8] { get }
    /// The answer as one object.
    func whole(_ answer: ReplayTimeline, thinking: String?, endWord: String) -> JSONValue
    func error(_ message: String, status: Int) -> JSONValue
    /// ``error(_:status:)`` as an event inside a stream.
    func streamed(_ error: JSONValue) -> [UInt8]
    /// An error in the API's other form: an event of that name where it has named events.
    func errorEvent(_ message: String) -> [UInt8]
}

extension HTTPResponse {
    init(_ status: Int = 200, json: JSONValue) {
        self.init(status, type: "application/json; charset=utf-8", body: json.encoded)
    }
}
