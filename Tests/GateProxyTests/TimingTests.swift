import GateClock
import GateCore
import GateHTTP
import GateProxy
import GateStream
import TestSupport
import Testing

@Suite("Stamps of the proxy")
struct TimingTests {
    @Test(
        "no piece is stamped before its recorded time, and none after the client has it",
        arguments: ["/api/chat", "/v1/chat/completions"])
    func stamps(path: String) throws {
        let server = try ProxiedServer()
        let client = try server.client()
        let sent = MonotonicClock.now()
        let reply = try client.request("POST", path, path == "/api/chat" ? ollamaChat : openAIChat)
        let call = try #require(server.calls().first)
        let asked = try #require(call.record.sentNs)
        #expect(asked >= sent)
        #expect(call.beganNs >= sent)
        #expect(call.arrivals.count == 10)
        // Where the machine is busy, the kernel's clock and ours are compared no better than this.
        let uncertainty = call.record.clockUncertaintyNs
        for (index, arrival) in call.arrivals.enumerated() {
            #expect(arrival.text == " w\(index + 1)")
            #expect(arrival.offsetNs.count + uncertainty >= milliseconds(20 + 5 * index).count)
            let read = try #require(reply.arrival(of: "\" w\(index + 1)\"")).count
            #expect(asked + arrival.offsetNs.count <= read + uncertainty)
        }
        #expect(call.timing.clock == .kernelReceive)
        #expect(call.record.endNs + uncertainty >= milliseconds(70).count)
        #expect(call.endedNs + uncertainty >= asked + call.record.endNs)
    }

    @Test("the connection to the server is kept, and its making is told apart")
    func connections() throws {
        let server = try ProxiedServer()
        for _ in 0..<2 { _ = try server.client().request("POST", "/api/chat", ollamaChat) }
        let calls = server.calls()
        #expect(calls[0].timing.connectNs > .zero)
        #expect(calls[1].timing.connectNs == .zero)
    }
}
