import GateCore
import GateProxy
import GateStream
import Glibc
import Synchronization
import TestSupport
import Testing

@Suite("Bytes that pass the proxy")
struct ByteTests {
    /// The raw answer to a request, up to as many bytes as are expected.
    private func raw(_ request: String, of server: ProxiedServer, expecting count: Int) throws -> String {
        let client = try server.client()
        client.send(request)
        var bytes: [UInt8] = []
        while bytes.count < count, client.receive() == nil { bytes = client.raw }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static let get = "GET /x?a=b%20c HTTP/1.1\r\nHost: here\r\nX-Own: 1\r\n\r\n"

    @Test(
        "an answer comes byte for byte, head and body",
        arguments: [
            "HTTP/1.1 200 OK\r\nX-Odd:  spaced \r\ncontent-TYPE: text/plain\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 404 No Such Thing\r\nContent-Length: 4\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nnone",
            "HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 204 No Content\r\nX-A: b\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n5;a=\"b\"\r\nhello\r\n00A\r\n0123456789\r\n0\r\nX-T: 1\r\n\r\n",
        ])
    func answers(answer: String) throws {
        let server = try ProxiedServer(scripts: [[.send(answer)]])
        #expect(try raw(Self.get, of: server, expecting: answer.utf8.count) == answer)
    }

    @Test("a stream comes byte for byte wherever its packets end, and its server's connection is kept")
    func cuts() throws {
        let lines =
            ["one", "two", "three"].map { #"{"message":{"content":"\#($0)"},"done":false}"# + "\n" }
            + [#"{"message":{"content":""},"done":true,"eval_count":3}"# + "\n"]
        let answer =
            "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
            + lines.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
        let cuts = Array(stride(from: 70, to: answer.utf8.count, by: 3))
        let connections = Atomic<Int>(0)
        let raw = try RawServer { socket in
            connections.add(1, ordering: .relaxed)
            for cut in cuts {
                let body = RawServer.receiveHead(on: socket).bodyBytes
                if body < ollamaChat.utf8.count {
                    _ = RawServer.receive(on: socket, atMost: ollamaChat.utf8.count - body)
                }
                // The head and a first chunk, and then what is cut.
                for part in [answer.prefix(cut), answer.dropFirst(cut)] {
                    RawServer.send(String(part), on: socket)
                    usleep(1000)
                }
            }
        }
        let server = try ProxiedServer(to: raw.url, keeping: raw) { $0.keepsAnswers = true }
        let request = "POST /api/chat HTTP/1.1\r\nContent-Length: \(ollamaChat.utf8.count)\r\n\r\n\(ollamaChat)"
        for _ in cuts { #expect(try self.raw(request, of: server, expecting: answer.utf8.count) == answer) }
        let calls = server.calls()
        #expect(calls.map(\.outcome) == cuts.map { _ in .completed(.stop) })
        #expect(calls.map(\.text) == cuts.map { _ in "onetwothree" })
        #expect(calls.map { ($0.passed?.pieces ?? []).map(\.text).joined() } == cuts.map { _ in lines.joined() })
        #expect(connections.load(ordering: .relaxed) == 1)
    }

    @Test(
        "a stream whose chunks come in pieces of any size comes byte for byte, and is whole",
        arguments: [1, 2, 3, 7, 16, 64])
    func pieces(size: Int) throws {
        let lines =
            ["one", "two", "three"].map { #"{"message":{"content":"\#($0)"},"done":false}"# + "\n" }
            + [#"{"message":{"content":""},"done":true,"eval_count":3}"# + "\n"]
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        let body = lines.map { "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n" }.joined() + "0\r\n\r\n"
        let raw = try RawServer { socket in
            var on: Int32 = 1
            setsockopt(
                socket, Int32(clamping: IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(clamping: MemoryLayout<Int32>.size))
            for _ in 0..<2 {
                let got = RawServer.receiveHead(on: socket).bodyBytes
                if got < ollamaChat.utf8.count {
                    _ = RawServer.receive(on: socket, atMost: ollamaChat.utf8.count - got)
                }
                RawServer.send(head, on: socket)
                var rest = Substring(body)
                while !rest.isEmpty {
                    usleep(500)
                    RawServer.send(String(rest.prefix(size)), on: socket)
                    rest = rest.dropFirst(size)
                }
            }
        }
        let server = try ProxiedServer(to: raw.url, keeping: raw)
        let request = "POST /api/chat HTTP/1.1\r\nContent-Length: \(ollamaChat.utf8.count)\r\n\r\n\(ollamaChat)"
        for _ in 0..<2 {
            #expect(try self.raw(request, of: server, expecting: (head + body).utf8.count) == head + body)
        }
        let calls = server.calls()
        #expect(calls.map(\.outcome) == [.completed(.stop), .completed(.stop)])
        #expect(calls.map(\.text) == ["onetwothree", "onetwothree"])
    }

    @Test("what belongs to the server's connection stays there, and interim answers with it")
    func hopByHop() throws {
        let server = try ProxiedServer(scripts: [
            [
                .send(
                    "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\n"
                        + "Keep-Alive: timeout=5\r\nX-Hop: 1\r\nX-End: 2\r\nContent-Length: 2\r\n\r\nok")
            ]
        ])
        let expected = "HTTP/1.1 200 OK\r\nX-End: 2\r\nContent-Length: 2\r\n\r\nok"
        #expect(try raw(Self.get, of: server, expecting: expected.utf8.count) == expected)
    }

    @Test("the server gets the request as it was sent, but for what is about the connection")
    func request() throws {
        let scripted = try ScriptedServer([
            .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        ])
        let server = try ProxiedServer(to: scripted.url, keeping: scripted)
        let client = try server.client()
        client.send(
            "PUT /a/../b?q=%zz HTTP/1.1\r\nHost: here\r\nX-Empty:\r\nUser-Agent: me/1\r\nX-Chimera-Stage: plan\r\n"
                + "Connection: keep-alive, X-Mine\r\nX-Mine: 1\r\nTE: trailers\r\nAuthorization: Bearer s3cret\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")
        #expect(try client.reply().status == 200)
        let request = try #require(scripted.requests.first)
        let lines = request.split(separator: "\r\n").map(String.init)
        #expect(lines[0] == "PUT /a/../b?q=%zz HTTP/1.1")
        #expect(
            Set(lines.dropFirst()) == [
                "Host: \(scripted.url.dropFirst(7))", "X-Empty:", "User-Agent: me/1", "Authorization: Bearer s3cret",
                "Content-Length: 5", "abcde",
            ])
        #expect(server.calls().first?.stage == "plan")
    }

    @Test("nothing is added to a request that brings little")
    func bare() throws {
        let scripted = try ScriptedServer([
            .send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        ])
        let server = try ProxiedServer(to: scripted.url, keeping: scripted)
        #expect(try server.client().request("POST", "/x").status == 200)
        #expect(
            scripted.requests == [
                "POST /x HTTP/1.1\r\nHost: \(scripted.url.dropFirst(7))\r\nContent-Length: 0\r\n\r\n"
            ])
    }

    @Test("a compressed answer comes compressed, and is read")
    func gzip() throws {
        let body = #"{"model":"m","message":{"role":"assistant","content":"Hi"},"done":true,"eval_count":2}"#
        let compressed = stored(Array(body.utf8))
        let scripted = try ScriptedServer([
            .send(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length:"
                    + " \(compressed.count)\r\n\r\n"), .sendBytes(compressed),
        ])
        let server = try ProxiedServer(to: scripted.url, keeping: scripted)
        let reply = try server.client().request(
            "POST", "/api/chat", ollamaChat, headers: "Accept-Encoding: gzip;q=1.0, br, deflate, zstd\r\n")
        #expect(reply.body == compressed)
        #expect(reply.headers["content-encoding"] == "gzip")
        let call = try #require(server.calls().first)
        #expect(call.text == "Hi")
        #expect(call.server.tokens == 2)
        // What could not be read is not asked for.
        #expect(try #require(scripted.requests.first).contains("Accept-Encoding: gzip;q=1.0, deflate\r\n"))
    }

    @Test("an answer in a compression that is not read comes through and is named")
    func unreadable() throws {
        let server = try ProxiedServer(scripts: [
            [.send("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\nabc")]
        ])
        #expect(try server.client().request("POST", "/api/chat", ollamaChat).text == "abc")
        guard case .invalid(let reason) = try #require(server.calls().first).outcome else {
            Issue.record("it was read")
            return
        }
        #expect(reason.kind == .malformedStream)
        #expect(reason.detail.contains("'br'"))
    }

    @Test("an answer without a length ends with the connection, and one to HTTP/1.0 has no chunks")
    func unframed() throws {
        let open = try ProxiedServer(scripts: [[.send("HTTP/1.1 200 OK\r\nX-A: b\r\n\r\nhello")]])
        let reply = try open.client().request("GET", "/x")
        #expect(reply.headers["connection"] == "close")
        #expect(reply.text == "hello")

        let chunked = try ProxiedServer()
        let client = try chunked.client()
        client.send(
            "POST /api/chat HTTP/1.0\r\nContent-Length: \(ollamaChat.utf8.count)\r\n\r\n\(ollamaChat)")
        let old = try client.reply()
        #expect(old.headers["transfer-encoding"] == nil)
        #expect(old.stop == .endOfConnection)
        #expect(try old.lines().count == 11)
        #expect(chunked.calls().first?.outcome == .completed(.stop))
    }
}

/// The bytes as gzip that stores them as they are (RFC 1951, 3.2.4).
func stored(_ bytes: [UInt8]) -> [UInt8] {
    func little(_ value: UInt32, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }
    }
    var checksum = UInt32.max
    for byte in bytes {
        checksum ^= UInt32(byte)
        for _ in 0..<8 { checksum = checksum >> 1 ^ (checksum & 1 == 1 ? 0xEDB8_8320 : 0) }
    }
    let length = UInt32(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 1] + little(length, 2) + little(~length, 2) + bytes
        + little(~checksum, 4) + little(length, 4)
}
