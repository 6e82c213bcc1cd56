import Foundation
import GateCore
import GateHTTP
import GateJSON
import GateProxy
import GateStream
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite("Hard cases of the proxy")
struct HardCaseTests {
    @Test("a second request before the first answer is refused after it, and the connection ends")
    func pipelining() throws {
        let server = try ProxiedServer()
        let client = try server.client()
        let request =
            "POST /api/generate HTTP/1.1\r\nContent-Length: \(ollamaGenerate.utf8.count)\r\n\r\n\(ollamaGenerate)"
        client.send(request + request)
        #expect(try client.reply().stop == .complete)
        let refused = try client.reply()
        #expect(refused.status == 400)
        #expect(try refused.json()["error"]?["message"]?.string?.contains("no pipelining") == true)
        #expect(client.receive() == .endOfConnection)
        #expect(server.calls().count == 1)
    }

    @Test("Expect: 100-continue is answered before the body is sent")
    func expectContinue() throws {
        let server = try ProxiedServer()
        let client = try server.client()
        client.send(
            "POST /api/generate HTTP/1.1\r\nContent-Length: \(ollamaGenerate.utf8.count)\r\nExpect: 100-continue\r\n\r\n"
        )
        #expect(try client.reply().status == 100)
        client.send(ollamaGenerate)
        #expect(try client.reply().lines().count == 11)
    }

    @Test("100 MB of a request arrive whole")
    func largeBody() throws {
        let size = 100 << 20
        let raw = try RawServer { socket in
            let (_, came) = RawServer.receiveHead(on: socket)
            let count = came + RawServer.receive(on: socket, atMost: size - came)
            RawServer.send("HTTP/1.1 200 OK\r\nContent-Length: \(String(count).count)\r\n\r\n\(count)", on: socket)
        }
        let server = try ProxiedServer(to: raw.url, keeping: raw)
        let client = try server.client(timeout: 60)
        client.send("POST /upload HTTP/1.1\r\nContent-Length: \(size)\r\n\r\n")
        let part = [UInt8](repeating: 0x61, count: 1 << 20)
        for _ in 0..<100 { client.send(part) }
        #expect(try client.reply().text == "\(size)")
        #expect(server.calls().first?.request.prompt.bytes == size)
    }

    @Test("an answer that is slowly read is held back, and comes whole")
    func slowClient() throws {
        let size = 32 << 20
        let raw = try RawServer { socket in
            _ = RawServer.receiveHead(on: socket)
            RawServer.send("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n", on: socket)
            let part = [UInt8](repeating: 0x62, count: 1 << 20)
            for _ in 0..<32 {
                var sent = 0
                while sent < part.count {
                    let count = part[sent...].withUnsafeBytes {
                        send(socket, $0.baseAddress, $0.count, Int32(clamping: MSG_NOSIGNAL))
                    }
                    guard count > 0 else { return }
                    sent += count
                }
            }
        }
        let server = try ProxiedServer(to: raw.url, keeping: raw)
        let slow = try server.client(timeout: 60)
        slow.send("GET /large HTTP/1.1\r\n\r\n")
        #expect(slow.receive() == nil)
        // Another client is served meanwhile.
        let quick = try server.client(timeout: 60)
        // Only counts are expected: what is expected is described, which takes long for so much.
        let quickCount = try quick.request("GET", "/large").body.count
        #expect(quickCount == size)
        let slowCount = try slow.reply().body.count
        #expect(slowCount == size)
        #expect(server.calls().map(\.record.bodyBytes) == [size, size])
    }

    @Test("500 connections at once, of which 100 ask")
    func connections() throws {
        let server = try ProxiedServer()
        let idle = try (0..<400).map { _ in try server.client() }
        let port = server.port
        let texts = Mutex<[String: Int]>([:])
        let threads = ThreadGroup()
        for _ in 0..<100 {
            _ = threads.start {
                let reply = try? TestClient(port: port, timeout: 60).request("POST", "/api/chat", ollamaChat)
                let text = (try? reply?.lines())?.compactMap { $0["message"]?["content"]?.string }.joined()
                texts.withLock { $0[text ?? "nothing", default: 0] += 1 }
            }
        }
        threads.wait()
        #expect(texts.withLock { $0 } == [wholeText: 100])
        #expect(try idle[399].request("GET", "/health").status == 200)
        let calls = server.calls()
        #expect(calls.count == 101)
        #expect(calls.map(\.number) == Array(0..<101))
        #expect(calls.allSatisfy { $0.outcome.isValid })
    }

    @Test("a client that leaves cancels its call at the server", arguments: [false, true])
    func cancel(afterTheHead: Bool) throws {
        let hasEnded = Mutex(false)
        let raw = try RawServer { socket in
            _ = RawServer.receiveHead(on: socket)
            if afterTheHead {
                RawServer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", on: socket)
            }
            _ = RawServer.receive(on: socket)
            hasEnded.withLock { $0 = true }
        }
        let server = try ProxiedServer(to: raw.url, keeping: raw)
        do {
            let client = try server.client()
            client.send("POST /api/chat HTTP/1.1\r\nContent-Length: \(ollamaChat.utf8.count)\r\n\r\n\(ollamaChat)")
            #expect(eventually { server.proxy.callsInFlight == 1 })
            if afterTheHead { #expect(client.receive() == nil) }
        }
        #expect(eventually { hasEnded.withLock { $0 } })
        guard case .invalid(let reason) = try #require(server.calls().first).outcome else {
            Issue.record("it is no answer")
            return
        }
        #expect(reason.kind == .cancelled)
    }

    @Test("a client that leaves when it knows that the server failed has cancelled nothing", arguments: [false, true])
    func leavesFailed(withBody: Bool) throws {
        let raw = try RawServer { socket in
            _ = RawServer.receiveHead(on: socket)
            let body = withBody ? "{\"er" : ""
            RawServer.send("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 64\r\n\r\n\(body)", on: socket)
            _ = RawServer.receive(on: socket)
        }
        let server = try ProxiedServer(to: raw.url, keeping: raw)
        do {
            let client = try server.client()
            client.send("POST /api/chat HTTP/1.1\r\nContent-Length: \(ollamaChat.utf8.count)\r\n\r\n\(ollamaChat)")
            #expect(client.receive() == nil)
        }
        #expect(try kind(of: server) == .httpStatus)
    }

    @Test("a client that leaves behind the end of the answer has cancelled nothing", arguments: [false, true])
    func leavesBehindTheEnd(isStreamed: Bool) throws {
        let lines =
            #"{"message":{"content":"a"},"done":false}"# + "\n"
            + #"{"message":{"content":"b"},"done":true,"done_reason":"stop"}"# + "\n"
        let whole = #"{"message":{"content":"ab"},"done":true,"done_reason":"stop"}"#
        let body = isStreamed ? lines : whole
        let raw = try RawServer { socket in
            _ = RawServer.receiveHead(on: socket)
            let type = isStreamed ? "application/x-ndjson" : "application/json"
            // The last chunk, which says that there is no more, does not come.
            RawServer.send(
                "HTTP/1.1 200 OK\r\nContent-Type: \(type)\r\nTransfer-Encoding: chunked\r\n\r\n"
                    + "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n", on: socket)
            _ = RawServer.receive(on: socket)
        }
        let server = try ProxiedServer(to: raw.url, keeping: raw)
        do {
            let client = try server.client()
            client.send("POST /api/chat HTTP/1.1\r\nContent-Length: \(ollamaChat.utf8.count)\r\n\r\n\(ollamaChat)")
            if isStreamed { _ = client.receive() }
            #expect(eventually { server.proxy.callsInFlight == 1 })
            usleep(200_000)
        }
        let call = try #require(server.calls().first)
        #expect(call.outcome == .completed(.stop), "\(call.outcome)")
    }

    @Test("a server that dies in the middle ends no answer well")
    func dyingServer() throws {
        let line = #"{"message":{"content":"a"},"done":false}"# + "\n"
        let chunk = "\(String(line.utf8.count, radix: 16))\r\n\(line)\r\n"
        let chunked = try ProxiedServer(scripts: [
            [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)")]
        ])
        let reply = try chunked.client().request("POST", "/api/chat", ollamaChat)
        #expect(reply.stop == .endOfConnection)
        #expect(reply.text == line)
        #expect(try kind(of: chunked) == .cutStream)

        let sized = try ProxiedServer(scripts: [[.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n\(line)")]])
        #expect(try sized.client().request("POST", "/api/chat", ollamaChat).stop == .endOfConnection)
        #expect(try kind(of: sized) == .cutStream)

        let open = try ProxiedServer(scripts: [[.send("HTTP/1.1 200 OK\r\n\r\n\(line)"), .reset]])
        #expect(try open.client().request("POST", "/api/chat", ollamaChat).stop != .complete)
        #expect(try kind(of: open) == .cutStream)
    }

    private func kind(of server: ProxiedServer) throws -> InvalidCall.Kind? {
        if case .invalid(let reason) = try #require(server.calls().first).outcome { reason.kind } else { nil }
    }

    @Test(
        "a server that is not there is said in the words of the API",
        arguments: [
            ("/api/chat", ["error"]), ("/v1/chat/completions", ["error", "message"]),
            ("/v1/messages", ["error", "message"]), ("/anything", ["error", "message"]),
        ])
    func noServer(path: String, place: [String]) throws {
        let server = try ProxiedServer(to: "http://127.0.0.1:1")
        let client = try server.client()
        for _ in 0..<2 {
            let reply = try client.request("POST", path, "{}")
            #expect(reply.status == 502)
            let message = place.reduce(try reply.json()) { $0[$1] ?? .null }.string
            #expect(message?.contains("connection_refused") == true)
        }
        #expect(try kind(of: server) == .connectionRefused)
    }

    @Test("a port that is taken, and a socket that is served, are said")
    func taken() throws {
        let server = try ProxiedServer()
        let options = ProxyOptions(
            server: ServerConfiguration(api: .ollama, url: "http://127.0.0.1:1"), listen: server.proxy.address)
        #expect(
            throws: ProxyError.cannotListen(
                .cannotListen(host: "127.0.0.1", port: server.port, reason: "Address already in use"))
        ) { try MeasuringProxy(options) }
    }

    @Test("a unix socket is served, and its file goes with it")
    func unixSocket() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path + "/p.sock"
        let raw = try RawServer { socket in
            _ = RawServer.receiveHead(on: socket)
            RawServer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", on: socket)
        }
        let server = try ProxiedServer(to: raw.url, keeping: raw, listen: .unixSocket(path))
        #expect(try TestClient(path: path).request("GET", "/x").text == "ok")
        #expect(throws: ProxyError.self) {
            try MeasuringProxy(
                ProxyOptions(server: ServerConfiguration(api: .ollama, url: raw.url), listen: .unixSocket(path)))
        }
        server.proxy.stop()
        #expect(access(path, F_OK) != 0)
    }

    @Test("over a unix socket, which knows no reset, an answer without an end is seen to have none")
    func unixSocketCutOff() throws {
        let folder = try TemporaryFolder()
        let token = #"{"message":{"content":"a"},"done":false}"# + "\n"
        let end = #"{"message":{"content":""},"done":true,"done_reason":"stop","eval_count":1}"#
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n"
        let scripts: [(steps: [ScriptedServer.Step], text: String, kind: InvalidCall.Kind?)] = [
            ([.send(head + token)], token, .cutStream), ([.send(head + token), .reset], token, .cutStream),
            ([.send(head)], "", .notStreamed), ([.send(head + token + end)], token + end, nil),
        ]
        for (number, script) in scripts.enumerated() {
            let path = folder.url.path + "/\(number).sock"
            let origin = try ScriptedServer(script.steps)
            let server = try ProxiedServer(to: origin.url, keeping: origin, listen: .unixSocket(path))
            let client = try TestClient(path: path)
            let reply = try client.request("POST", "/api/chat", ollamaChat)
            #expect(reply.headers["transfer-encoding"] == "chunked")
            #expect(reply.stop == (script.kind == nil ? .complete : .endOfConnection) && reply.text == script.text)
            #expect(try kind(of: server) == script.kind)
        }
    }

    @Test("over a unix socket what is not read is whole when it ends, and the connection is kept")
    func unixSocketUnread() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.path + "/p.sock"
        let origin = try ScriptedServer([.send("HTTP/1.1 200 OK\r\n\r\nok")])
        let server = try ProxiedServer(to: origin.url, keeping: origin, listen: .unixSocket(path))
        let client = try TestClient(path: path)
        for _ in 0..<2 {
            let reply = try client.request("GET", "/x")
            #expect(reply.stop == .complete && reply.text == "ok")
        }
        // HTTP/1.0 has no chunks: there the end of the connection is all that there is.
        client.send("GET /x HTTP/1.0\r\n\r\n")
        let old = try client.reply()
        #expect(old.headers["transfer-encoding"] == nil && old.text == "ok" && old.stop == .endOfConnection)
        #expect(server.calls().count == 3)
    }

    @Test("how far a call is can be seen while it is under way")
    func underWay() throws {
        let token = #"{"message":{"content":"a"},"done":false}"# + "\n"
        let server = try ProxiedServer(scripts: [.okay + [.send(token), .pause(milliseconds: 50), .send(token), .hang]])
        let client = try server.client()
        client.send("POST /api/chat HTTP/1.1\r\nContent-Length: \(ollamaChat.utf8.count)\r\n\r\n\(ollamaChat)")
        #expect(eventually { server.proxy.callsUnderWay.first?.answer.pieces == 2 })
        let call = try #require(server.proxy.callsUnderWay.first)
        #expect(call.number == 0 && call.method == "POST" && call.path == "/api/chat")
        #expect(try #require(call.answer.firstPieceNs) > call.answer.beganNs)
        server.proxy.stop()
        #expect(server.proxy.callsUnderWay.isEmpty)
    }

    @Test(
        "what is no request that can be handed on is refused",
        arguments: [
            ("CONNECT api.openai.com:443 HTTP/1.1\r\nHost: api.openai.com\r\n\r\n", 501, "tunnel"),
            ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "HTTP/2"),
            ("GET /v1/realtime HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", 501, "WebSocket"),
            ("GET / HTTP/3\r\n\r\n", 505, "HTTP/3"), ("nonsense\r\n\r\n", 400, "request line"),
            ("POST /x HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400, "both"),
            ("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n", 400, "hexadecimal"),
            ("OPTIONS * HTTP/1.1\r\n\r\n", 501, "'*'"),
        ])
    func refused(request: String, status: Int, word: String) throws {
        let server = try ProxiedServer(to: "http://127.0.0.1:1")
        let client = try server.client()
        client.send(request)
        let reply = try client.reply()
        #expect(reply.status == status)
        #expect(reply.text.contains(word))
        #expect(client.receive() == .endOfConnection)
        #expect(server.calls().isEmpty)
    }

    @Test("who offers HTTP/2 is answered in HTTP/1.1, as the offer allows")
    func upgradeOffer() throws {
        let server = try ProxiedServer()
        let reply = try server.client().request(
            "POST", "/api/chat", ollamaChat,
            headers: "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQ\r\n")
        #expect(reply.status == 200)
        #expect(reply.headers["upgrade"] == nil)
        #expect(try reply.lines().count == 11)
    }

    @Test("stopping cancels what runs")
    func stopping() throws {
        let server = try ProxiedServer(scripts: [[.hang]])
        let client = try server.client()
        client.send("POST /api/chat HTTP/1.1\r\nContent-Length: \(ollamaChat.utf8.count)\r\n\r\n\(ollamaChat)")
        #expect(eventually { server.proxy.callsInFlight == 1 })
        server.proxy.stop()
        #expect(client.receive() != nil)
        #expect(server.proxy.callsInFlight == 0)
        #expect(try kind(of: server) == .cancelled)
    }
}
