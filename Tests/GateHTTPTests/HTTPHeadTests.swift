import Testing

@testable import GateHTTP

@Suite("The head of a request")
struct HTTPHeadTests {
    private func head(_ text: String) throws -> HTTPHead { try HTTPHead(Array(text.utf8)[...]) }

    @Test("it gives method, path, fields and length")
    func parts() throws {
        let head = try head("POST /api/chat?a=b HTTP/1.1\r\nHost: x\r\nX-A:  one \r\nx-a: two\r\nContent-Length: 12")
        #expect(head.method == "POST")
        #expect(head.path == "/api/chat")
        #expect(head.field("host") == "x")
        #expect(head.field("x-a") == "one, two")
        #expect(head.field("absent") == nil)
        #expect(head.contentLength == 12)
    }

    @Test(
        "an absolute target loses its scheme and authority",
        arguments: [
            ("http://h:1/api/tags?x", "/api/tags"), ("HTTPS://h", "/"), ("http://h?x", "/"), ("/a//b#c", "/a//b"),
            ("*", "*"),
        ])
    func target(target: String, path: String) throws {
        #expect(try head("GET \(target) HTTP/1.1").path == path)
    }

    @Test("a connection is kept in HTTP/1.1 unless it says close, and in HTTP/1.0 only if it says keep-alive")
    func keepAlive() throws {
        #expect(try head("GET / HTTP/1.1").keepsAlive)
        #expect(try !head("GET / HTTP/1.1\nConnection: TE, Close").keepsAlive)
        #expect(try !head("GET / HTTP/1.0").keepsAlive)
        #expect(try head("GET / HTTP/1.0\nConnection: Keep-Alive").keepsAlive)
    }

    @Test("the same length twice is one length; anything that is no number is none")
    func lengths() throws {
        #expect(try head("GET / HTTP/1.1\nContent-Length: 5\nContent-Length: 5").contentLength == 5)
        for length in ["", "+5", "5 5", "0x5", "5,5", "٥"] {
            #expect(throws: HTTPProblem.self) { try head("GET / HTTP/1.1\nContent-Length: \(length)") }
        }
    }

    @Test("no bytes bring the reader down")
    func mutations() {
        var generator = SplitMix64(state: 20_261_123)
        let seed = Array("POST http://h/api/chat?x HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 7".utf8)
        var readable = 0
        for _ in 0..<20_000 {
            var bytes = seed
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                switch Int.random(in: 0..<3, using: &generator) {
                case 0: bytes[index] = UInt8.random(in: .min ... .max, using: &generator)
                case 1: bytes.removeSubrange(index...)
                default: bytes.insert(contentsOf: bytes[index...].prefix(9), at: index)
                }
                if bytes.isEmpty { break }
            }
            if let head = try? HTTPHead(bytes[...]) {
                readable += 1
                #expect(head.path.hasPrefix("/") || head.path == "*")
                #expect((0...HTTPHead.bodyLimit).contains(head.contentLength))
            }
        }
        #expect(readable > 100)
    }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators".
private struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
