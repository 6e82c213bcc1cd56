import GateCore

/// Keeps a whole body, for answers that are no stream.
final class BodyCollector: ResponseSink {
    private static let largestBody = 16 << 20

    private(set) var body: [UInt8] = []
    private(set) var lastContentAt: Int64?
    let endMarkerAt: Int64? = nil

    func receive(_ bytes: UnsafeRawBufferPointer, at stamp: Int64) -> InvalidCall? {
        lastContentAt = stamp
        guard body.count + bytes.count <= BodyCollector.largestBody else {
            return AnswerLimits.tooLarge(BodyCollector.largestBody, what: "the answer")
        }
        body += bytes
        return nil
    }
}
