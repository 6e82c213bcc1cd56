import GateCore

/// An answer as it came, without chunks and compression.
struct KeptAnswer: Sendable {
    /// More of one answer, or of its request, is not kept. Bytes.
    static let mostBytes = 16 << 20

    private(set) var status = 0
    private(set) var contentType = ""
    private var bytes: [UInt8] = []
    /// Where each piece ends among the bytes.
    private var pieces: [(at: Int64, end: Int)] = []
    private var isTooLarge = false

    mutating func begin(_ head: AnswerHead) {
        status = head.status
        contentType = head.written("content-type")
    }

    mutating func add(_ more: UnsafeRawBufferPointer, at stamp: Int64) {
        guard !isTooLarge, bytes.count + more.count <= KeptAnswer.mostBytes else {
            (isTooLarge, bytes, pieces) = (true, [], [])
            return
        }
        bytes.append(contentsOf: more)
        if let last = pieces.indices.last, pieces[last].at == stamp {
            pieces[last].end = bytes.count
        } else {
            pieces.append((stamp, bytes.count))
        }
    }

    /// The client was given this in place of what came.
    mutating func replace(by body: [UInt8], isError: Bool, at stamp: Int64) {
        (bytes, pieces) = (body, [(stamp, body.count)])
        (status, contentType) = (isError ? 500 : status, "application/json")
    }

    /// The pieces as text, counted from a moment; nil where they are none. A character that two reads share goes to the
    /// second of them.
    func texts(from origin: Int64) -> [PassedExchange.Piece]? {
        guard !isTooLarge else { return nil }
        var start = 0
        var texts: [PassedExchange.Piece] = []
        for piece in pieces {
            var piecesBytes = bytes[start..<piece.end]
            if piece.end < bytes.count { piecesBytes.removeLast(KeptAnswer.incompleteSuffix(of: piecesBytes)) }
            start = piecesBytes.endIndex
            guard let text = String(validating: piecesBytes, as: UTF8.self) else { return nil }
            if !text.isEmpty {
                texts.append(PassedExchange.Piece(offsetNs: Nanoseconds(max(0, piece.at - origin)), text: text))
            }
        }
        return texts
    }

    /// Bytes at the end that begin a character and do not end it.
    private static func incompleteSuffix(of bytes: ArraySlice<UInt8>) -> Int {
        for (back, byte) in bytes.reversed().prefix(3).enumerated() where byte & 0xC0 != 0x80 {
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > back + 1 ? back + 1 : 0
        }
        return 0
    }
}
