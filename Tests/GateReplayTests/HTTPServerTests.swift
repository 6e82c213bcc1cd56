import GateClock
import GateCore
import GateHTTP
import GateJSON
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import GateReplay

@Suite("The HTTP server")
struct HTTPServerTests {
    @Test("several requests follow each other on one connection")
    func keepAlive() throws {
        let client = try RunningServer().client()
        for _ in 0..<3 {
            let reply = try client.request("POST", "/api/generate", generateBody)
            #expect(reply.stop == .complete)
            #expect(reply.headers["connection"] == "keep-alive")
        }
        #expect(try client.request("GET", "/health").status == 200)
        #expect(try client.request("GET", "/nothing").status == 404)
        #expect(try client.request("POST", "/v1/chat/completions", chatBody).events.last == "[DONE]")
        let closed = try client.request("GET", "/health", headers: "Connection: close\r\n")
        #expect(closed.headers["connection"] == "close")
        #expect(client.receive() == .endOfConnection)
    }

    @Test("requests that are sent ahead are answered in their order")
    func pipelining() throws {
        let client = try RunningServer().client()
        client.send("GET /health HTTP/1.1\r\n\r\nGET /api/version HTTP/1.1\r\n\r\nGET /x HTTP/1.1\r\n\r\n")
        #expect(try client.reply().text == #"{"status":"ok"}"#)
        #expect(try client.reply().json()["version"] != nil)
        #expect(try client.reply().status == 404)
    }

    @Test("a request may come in pieces, with lines that end in LF alone and empty lines before it")
    func pieces() throws {
        let client = try RunningServer().client()
        for byte in "\r\n\nGET /health?x=1 HTTP/1.1\nhost:  a \n\n".utf8 { client.send([byte]) }
        #expect(try client.reply().status == 200)
    }

    @Test("Expect: 100-continue is answered before the body is sent")
    func expectContinue() throws {
        let client = try RunningServer().client()
        let length = generateBody.utf8.count
        client.send("POST /api/generate HTTP/1.1\r\nContent-Length: \(length)\r\nExpect: 100-continue\r\n\r\n")
        #expect(try client.reply().status == 100)
        client.send(generateBody)
        #expect(try client.reply().lines().count == 11)
    }

    @Test("HTTP/1.0 gets no chunks, and the end of the connection as the end of the stream")
    func version10() throws {
        let client = try RunningServer().client()
        client.send(
            "POST /api/generate HTTP/1.0\r\nContent-Length: \(generateBody.utf8.count)\r\n\r\n\(generateBody)")
        let reply = try client.reply()
        #expect(reply.headers["transfer-encoding"] == nil)
        #expect(reply.stop == .endOfConnection)
        #expect(try reply.lines().count == 11)
    }

    @Test("HEAD says the length and sends no body")
    func head() throws {
        let client = try RunningServer().client()
        let reply = try client.request("HEAD", "/api/version")
        #expect(reply.status == 200)
        #expect(Int(reply.headers["content-length"] ?? "") ?? 0 > 0)
        #expect(try client.request("GET", "/health").status == 200)
    }

    @Test(
        "what is no request is refused, and the connection ends",
        arguments: [
            ("nonsense\r\n\r\n", 400), ("GET  / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/2.0\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\nno colon\r\n\r\n", 400), ("GET / HTTP/1.1\r\n folded: x\r\n\r\n", 400),
            ("GET nowhere HTTP/1.1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nContent-Length: 67108865\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
            ("CONNECT localhost:1 HTTP/1.1\r\n\r\n", 501), ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        ])
    func malformed(bytes: String, status: Int) throws {
        let client = try RunningServer().client()
        client.send(bytes)
        let reply = try client.reply()
        #expect(reply.status == status)
        #expect(try reply.json()["error"]?["code"]?.int == status)
        #expect(client.receive() == .endOfConnection)
    }

    @Test("bytes that are no text at all, and a NUL, are refused")
    func binary() throws {
        let server = try RunningServer()
        let client = try server.client()
        client.send((0..<512).map { UInt8(truncatingIfNeeded: $0 &* 37 | 0x80) } + Array("\r\n\r\n".utf8))
        #expect(try client.reply().status == 400)
        let other = try server.client()
        other.send("GET / HTTP/1.1\r\na: \u{0}\r\n\r\n")
        #expect(try other.reply().status == 400)
    }

    @Test("headers without an end are refused once they are too large")
    func largeHead() throws {
        let client = try RunningServer().client()
        client.send("GET / HTTP/1.1\r\n")
        client.send([UInt8](repeating: 0x61, count: 80_000))
        #expect(try client.reply().status == 431)
    }

    @Test("a connection that ends inside a request ends quietly")
    func truncated() throws {
        let server = try RunningServer()
        for part in ["", "GET /he", "POST /api/generate HTTP/1.1\r\nContent-Length: 10\r\n\r\n{"] {
            try server.client().send(part)
        }
        #expect(try server.get("/health").status == 200)
    }

    @Test("a client that leaves in the middle of a stream does no harm")
    func abandoned() throws {
        let server = try RunningServer()
        for _ in 0..<5 {
            let client = try server.client()
            client.send(
                "POST /api/generate HTTP/1.1\r\nContent-Length: \(generateBody.utf8.count)\r\n\r\n\(generateBody)")
            _ = client.receive()
        }
        #expect(try server.post("/api/generate", generateBody).stop == .complete)
    }

    @Test("streams run beside each other, each in its own time")
    func concurrent() throws {
        let server = try RunningServer()
        let port = server.port
        let texts = Mutex<[String]>([])
        let threads = ThreadGroup()
        for _ in 0..<16 {
            #expect(
                threads.start {
                    let reply = try? TestClient(port: port).request("POST", "/v1/chat/completions", chatBody)
                    let text = (try? reply?.eventValues())?.compactMap(\.deltaContent).joined()
                    texts.withLock { $0.append(text ?? "nothing") }
                } == 0)
        }
        threads.wait()
        #expect(texts.withLock { $0 } == Array(repeating: wholeText, count: 16))
        #expect(server.server.requests.count == 16)
    }

    @Test("the log keeps method, path, headers and body of every request")
    func log() throws {
        let server = try RunningServer()
        _ = try server.client().request("POST", "/api/show?x=1", #"{"model":"ü"}"#, headers: "X-Some: Thing\r\n")
        _ = try server.post("/api/generate", generateBody)
        let requests = server.server.requests
        #expect(requests[0].method == "POST")
        #expect(requests[0].path == "/api/show")
        #expect(requests[0].headers["x-some"] == "Thing")
        #expect(requests[0].body == #"{"model":"ü"}"#)
        #expect(requests[0].recording == nil)
        #expect(requests[1].recording == "r1")
    }

    @Test("the log forgets the oldest requests rather than grow without bound")
    func logBound() {
        var log = RequestLog()
        let body = String(repeating: "x", count: 20 << 20)
        for index in 0..<5 {
            log.append(
                ReplayedRequest(method: "POST", path: "/\(index)", headers: [:], body: body, recording: nil))
        }
        #expect(log.requests.map(\.path) == ["/2", "/3", "/4"])
    }
}

@Suite("Starting and stopping")
struct LifecycleTests {
    @Test("stopping ends waiting connections and running streams, and frees the port")
    func stop() throws {
        let server = try ReplayServer(recordings: [recording(startMs: 60_000)])
        let port = try server.start()
        #expect(server.url == "http://127.0.0.1:\(port)")
        let idle = try TestClient(port: port)
        let waiting = try TestClient(port: port)
        waiting.send("POST /api/generate HTTP/1.1\r\nContent-Length: \(generateBody.utf8.count)\r\n\r\n\(generateBody)")
        try #require(eventually { !server.requests.isEmpty })
        let before = MonotonicClock.moment
        server.stop()
        // The answer would have begun after a minute; how long the machine takes for the rest is its own affair.
        #expect((MonotonicClock.moment - before).seconds < 30)
        #expect(server.url == nil)
        #expect(idle.receive() == .endOfConnection)
        #expect(waiting.receive() != nil)
        #expect(throws: TestClient.Failure.self) { try TestClient(port: port) }
        server.stop()
        #expect(try server.start(port: port) == port)
        server.stop()
    }

    @Test("a stalled connection does not keep the server from stopping")
    func stopStalled() throws {
        let server = try RunningServer(faults: [.silence])
        let client = try server.client(timeout: 0.5)
        #expect(try client.request("POST", "/api/generate", generateBody).stop == .timeout)
        server.server.stop()
        #expect(client.receive() == .endOfConnection)
    }

    @Test("it starts once, and says so the second time")
    func twice() throws {
        let server = try RunningServer()
        #expect(throws: ReplayError.alreadyRunning) { try server.server.start() }
    }

    @Test("a port in use, an unknown host and an impossible port are errors")
    func cannotListen() throws {
        let first = try RunningServer()
        let second = try ReplayServer(recordings: [recording()])
        #expect(
            throws: ReplayError.cannotListen(
                .cannotListen(host: "127.0.0.1", port: first.port, reason: "Address already in use"))
        ) { try second.start(port: first.port) }
        #expect(throws: ReplayError.cannotListen(.impossiblePort(65_536))) {
            try second.start(port: 65_536)
        }
        let error = #expect(throws: ReplayError.self) { try second.start(host: "no host") }
        #expect(error?.description.contains("'no host'") == true)
        #expect(try second.start() > 0)
        second.stop()
    }

    @Test("IPv6 and names are served", arguments: ["::1", "localhost", "::", "0.0.0.0"])
    func hosts(host: String) throws {
        let server = try ReplayServer(recordings: [recording()])
        let port: Int
        do { port = try server.start(host: host) } catch {
            // A machine without IPv6 has nothing to listen on.
            guard host.contains(":"), case .cannotListen = error else { throw error }
            return
        }
        defer { server.stop() }
        let urls = ["::1": "http://[::1]:\(port)", "::": "http://[::1]:\(port)", "0.0.0.0": "http://127.0.0.1:\(port)"]
        #expect(server.url == urls[host] ?? "http://localhost:\(port)")
        if host != "::1" {
            #expect(try TestClient(port: port).request("GET", "/health").status == 200)
        }
    }
}
