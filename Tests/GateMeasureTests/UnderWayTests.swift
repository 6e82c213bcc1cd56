import GateCore
import GateProxy
import GateStream
import Synchronization
import TestSupport
import Testing

@testable import GateMeasure

/// How many pieces a server may have sent.
private final class Allowed: Sendable {
    let pieces = Atomic<Int>(0)
}

@Suite("What is under way") struct UnderWayTests {
    private func words(_ first: Int64?, _ pieces: Int) -> String {
        AnswerUnderWay(beganNs: 1_000_000_000, firstPieceNs: first, pieces: pieces).words(at: 2_500_000_000)
    }

    @Test("an answer is told by its pieces, their pace since the first, and the first")
    func answer() {
        #expect(words(nil, 0) == "no answer for 1.5 s")
        #expect(words(1_500_000_000, 1) == "1 piece in 1.5 s, the first after 500.00 ms")
        #expect(words(1_500_000_000, 51) == "51 pieces in 1.5 s (50.00 /s), the first after 500.00 ms")
        #expect(words(2_500_000_000, 2) == "2 pieces in 1.5 s, the first after 1500.00 ms")
    }

    @Test("calls of a proxy have their model and the pieces of content, and of many a few are told")
    func calls() throws {
        let first = #"data: {"choices":[{"delta":{"role":"assistant","content":null}}]}"# + "\n\n"
        let token = #"data: {"choices":[{"delta":{"content":"a"}}]}"# + "\n\n"
        let pieces = [first] + Array(repeating: token, count: 17)
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
        // No piece before the one before it has been counted: of a machine that stalls several would arrive as one.
        let allowed = Allowed()
        let server = try ScriptedServer(
            [.send(head)]
                + pieces.enumerated().flatMap { index, piece in
                    [.await { allowed.pieces.load(ordering: .acquiring) > index }, .send(piece)]
                } + [.hang])
        let proxy = try MeasuringProxy(
            ProxyOptions(server: ServerConfiguration(api: .openai, url: server.url), listen: .loopback(port: 0)))
        defer { proxy.stop() }
        guard case .loopback(let port) = proxy.address else { return }
        let clients = try (0..<4).map { _ in try TestClient(port: port) }
        let body = #"{"model":"toy","messages":[{"role":"user","content":"a"}]}"#
        for client in clients {
            client.send("POST /v1/chat/completions HTTP/1.1\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
        }
        for sent in 1...pieces.count {
            allowed.pieces.store(sent, ordering: .releasing)
            // Sixteen pieces are read together: of these the first holds no content.
            let counted = sent < 16 ? sent : sent - 1
            #expect(eventually { proxy.callsUnderWay.map(\.answer.pieces) == Array(repeating: counted, count: 4) })
        }
        let words = try #require(proxy.callsUnderWay.words(at: proxy.callsUnderWay[0].answer.beganNs))
        #expect(words.hasPrefix("1 POST /v1/chat/completions toy: 17 pieces in "), "\(words)")
        #expect(words.contains(" | 3 POST ") && words.hasSuffix(" | and 1 more"), "\(words)")
    }
}
