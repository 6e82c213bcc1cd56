import GateJSON

/// How the answers of a route are read, streamed or whole.
protocol AnswerReading: Sendable {
    var framing: StreamFraming { get }
    /// True where a server that says why it ended has ended, even if it leaves the end marker out.
    var mayLackEndMarker: Bool { get }
    /// The events of one unit of the stream, in order. By the tree of its JSON: what ``scan(_:with:)`` leaves.
    func events(in unit: UnsafeBufferPointer<UInt8>) -> [StreamEvent]
    /// The fast path of a token: finds the texts of one object without making a tree of it, as ``events(in:)`` would.
    /// Rare is what is more than a token (the end, figures, errors), is not well formed, or is not certain.
    func scan(_ unit: UnsafeBufferPointer<UInt8>, with scanner: inout TokenScanner) -> TokenScanner.Finding
    /// The events of an answer that came as one object.
    func events(ofWhole object: JSONValue) -> [StreamEvent]
}

extension AnswerReading {
    /// Routes whose streams are seldom fast enough to need a fast path have none.
    func scan(_ unit: UnsafeBufferPointer<UInt8>, with scanner: inout TokenScanner) -> TokenScanner.Finding { .rare }
}
