/// Pieces of an answer that have been handed on and are still to be read.
///
/// Several are read one right after the other, which costs a fraction of reading each when the thread has just woken for it,
/// and none of it lies on the way of a piece.
struct UnreadPieces {
    private static let mostPieces = 16
    private static let mostBytes = 16 << 10

    private var bytes: [UInt8] = []
    /// Where each piece ends among the bytes.
    private var pieces: [(at: Int64, end: Int)] = []

    var count: Int { pieces.count }

    /// Whether no more are to be gathered.
    var isFull: Bool { pieces.count >= UnreadPieces.mostPieces || bytes.count >= UnreadPieces.mostBytes }

    mutating func append(_ piece: UnsafeRawBufferPointer, at stamp: Int64) {
        bytes.append(contentsOf: piece)
        pieces.append((stamp, bytes.count))
    }

    /// Hands over all of them, in order.
    mutating func readAll(_ read: (UnsafeRawBufferPointer, Int64) -> Void) {
        bytes.withUnsafeBytes { bytes in
            var start = 0
            for piece in pieces {
                read(UnsafeRawBufferPointer(rebasing: bytes[start..<piece.end]), piece.at)
                start = piece.end
            }
        }
        bytes.removeAll(keepingCapacity: true)
        pieces.removeAll(keepingCapacity: true)
    }
}
