import GateInflate
import Testing

@Suite("Inflating")
struct InflaterTests {
    /// `printf 'hello hello hello' | gzip -n`.
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40,
        0x90, 0x00, 0x80, 0x88, 0xF9, 0xE5, 0x11, 0x00, 0x00, 0x00,
    ]

    /// What comes out of the pieces, each with room for so many bytes at a time.
    private func inflated(_ pieces: [[UInt8]], room: Int) throws -> (text: String, isAtEnd: Bool) {
        var inflater = try Inflater(.gzipOrZlib)
        var content: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: room, alignment: 1)
        defer { buffer.deallocate() }
        for piece in pieces {
            try piece.withUnsafeBytes { bytes in
                var input = bytes
                while true {
                    let count = try inflater.inflate(&input, into: buffer)
                    content += buffer[..<count]
                    if input.isEmpty, count < room { break }
                }
            }
        }
        return (String(decoding: content, as: UTF8.self), inflater.isAtEnd)
    }

    @Test("pieces of any size make the same text, in any room", arguments: [1, 2, 7, 64])
    func pieces(size: Int) throws {
        let pieces = stride(from: 0, to: Self.gzip.count, by: size).map {
            Array(Self.gzip[$0..<min($0 + size, Self.gzip.count)])
        }
        for room in [1, 3, 100] {
            let result = try inflated(pieces, room: room)
            #expect(result.text == "hello hello hello")
        }
    }

    @Test("it is at its end where a member ends, and goes on with the next")
    func members() throws {
        let whole = try inflated([Self.gzip], room: 100)
        #expect(whole.isAtEnd)
        #expect(try inflated([Self.gzip + Self.gzip], room: 100).text == "hello hello hellohello hello hello")
        #expect(try !inflated([Self.gzip.dropLast()], room: 100).isAtEnd)
    }

    @Test("what was never compressed is damaged")
    func damaged() {
        #expect(throws: InflateError.damaged) { try inflated([Array("plain text".utf8)], room: 100) }
    }
}
