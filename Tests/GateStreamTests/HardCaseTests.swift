import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateStream

private func line(_ text: String) -> String { #"{"message":{"content":"\#(text)"},"done":false}"# + "\n" }
private let done = #"{"done":true,"done_reason":"stop","eval_count":2}"# + "\n"
private let whole = line("one") + line(" two") + done

private func call(
    _ url: String, _ connection: ConnectionOptions = ConnectionOptions(),
    timeouts: TimeoutConfiguration = TimeoutConfiguration()
) throws -> CallRecord {
    let engine = try CallEngine(
        endpoint: Endpoint(url: url + "/api/chat", api: .ollama, timeouts: timeouts, connection: connection))
    var schedule = TestSchedule(requests: 1, keepsText: true)
    engine.run(&schedule)
    return try #require(schedule.records.first)
}

/// Keeps the server until the call has ended.
private func call(
    _ server: ScriptedServer, _ connection: ConnectionOptions = ConnectionOptions(),
    timeouts: TimeoutConfiguration = TimeoutConfiguration()
) throws -> CallRecord {
    try withExtendedLifetime(server) { try call(server.url, connection, timeouts: timeouts) }
}

private func reason(_ record: CallRecord) -> InvalidCall? {
    if case .invalid(let reason) = record.outcome { reason } else { nil }
}

@Suite struct `A server that is hard to measure` {
    @Test("a slow server's gaps are in the stamps")
    func slow() throws {
        let server = try ScriptedServer(
            .okay + [.pause(milliseconds: 60), .send(line("one")), .pause(milliseconds: 80), .send(line("two") + done)])
        let record = try call(server)
        #expect(record.outcome == .completed(.stop))
        #expect(try #require(record.stamps.arrivals.first) >= 55_000_000)
        #expect(record.stamps.arrivals.count == 2)
        #expect(record.stamps.coalesced == 0)
        #expect(try #require(record.stamps.arrivals.gaps.first) >= 70_000_000)
    }

    @Test("one byte per packet is read as it is")
    func byteByByte() throws {
        let server = try ScriptedServer([.sendByByte("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + whole)])
        let record = try call(server)
        #expect(record.outcome == .completed(.stop))
        #expect(record.texts == ["one", " two"])
        #expect(record.bodyBytes == whole.utf8.count)
    }

    @Test("a token of 10 MB is one token")
    func largeToken() throws {
        let text = String(repeating: "0123456789abcdef", count: 655_360)
        let server = try ScriptedServer(.okay + [.send(line(text)), .send(done)])
        let record = try call(server)
        // It is read whole; that the server calls it two tokens is not believed.
        guard case .invalid(let reason) = record.outcome else {
            Issue.record("\(record.outcome)")
            return
        }
        #expect(reason.kind == .implausibleFigures)
        #expect(record.stamps.arrivals.count == 1)
        #expect(record.texts?.first?.utf8.count == 10_485_760)
    }

    @Test("a stream that never ends, at full speed, is stopped by the total time-out")
    func endless() throws {
        let server = try ScriptedServer(.okay + [.sendForEver(String(repeating: line("x"), count: 100))])
        let record = try call(server, timeouts: TimeoutConfiguration(totalSeconds: 0.3))
        #expect(reason(record)?.kind == .totalTimeout)
        #expect(record.stamps.arrivals.count > 100)
        #expect(record.stamps.coalesced > 0)
    }

    @Test("a line that never ends is refused before it fills the memory")
    func endlessLine() throws {
        let server = try ScriptedServer(.okay + [.sendForEver(String(repeating: "x", count: 1 << 20))])
        #expect(reason(try call(server))?.kind == .tooLarge)
    }

    @Test("a reset in the middle keeps the stamps that there are and is invalid")
    func reset() throws {
        let server = try ScriptedServer(.okay + [.send(line("one")), .pause(milliseconds: 30), .reset])
        let record = try call(server)
        #expect(reason(record)?.kind == .cutStream)
        #expect(record.texts == ["one"])
        #expect(record.measurements.isEmpty)
    }

    @Test("headers and then silence end in the first token's time-out")
    func silence() throws {
        let server = try ScriptedServer(.okay + [.hang])
        let record = try call(server, timeouts: TimeoutConfiguration(firstTokenSeconds: 0.15))
        #expect(reason(record)?.kind == .firstTokenTimeout)
        #expect(record.endNs >= 150_000_000)
        #expect(record.status == 200)
    }

    @Test("a body that is compressed unasked is read")
    func compressed() throws {
        // `printf '{"response":"a","done":false}\n{"response":"b","done":false}\n{"done":true}\n' | gzip -9n | base64`
        let base64 = "H4sIAAAAAAACA6tWKkotLsjPK05VslJKVNJRSsnPAzLTEnOKU2u5qpFlkzBlIdySolIgDwDqupAQSgAAAA=="
        let bytes = try #require(Data(base64Encoded: base64))
        let server = try ScriptedServer([
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"), .sendBytes(Array(bytes)),
        ])
        let record = try call(server)
        #expect(record.texts == ["a", "b"])
        #expect(record.stamps.coalesced == 1)
        let request = try #require(server.requests.first)
        #expect(request.contains("\r\nAccept-Encoding: identity\r\n"))
    }

    @Test(
        "an answer of HTTP/1.0 ends with its connection",
        arguments: ["HTTP/1.0 200 OK\r\n\r\n", "HTTP/1.0 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n"])
    func http10(head: String) throws {
        let record = try call(try ScriptedServer([.send(head + whole)]))
        #expect(record.outcome == .completed(.stop))
        #expect(record.texts == ["one", " two"])
        // Without its end marker it is cut, because nothing else tells.
        let cut = try call(try ScriptedServer([.send(head + line("one"))]))
        #expect(reason(cut)?.kind == .cutStream)
    }

    @Test("lines that end like those of HTTP are lines")
    func carriageReturns() throws {
        let server = try ScriptedServer(
            .okay + [.send((line("one") + line(" two") + done).replacing("\n", with: "\r\n"))])
        #expect(try call(server).texts == ["one", " two"])
    }
}

@Suite struct `A way to the server` {
    @Test("IPv6")
    func ipv6() throws {
        let server = try ScriptedServer(.okay + [.send(whole)], on: .loopbackIPv6)
        let record = try call(server)
        #expect(record.outcome == .completed(.stop))
        #expect(server.requests.first?.contains("\r\nHost: [::1]:\(server.port)\r\n") == true)
    }

    @Test("a unix socket, stamped by the clock at the read")
    func unixSocket() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "s").path
        let server = try ScriptedServer(.okay + [.send(whole)], on: .unix(path))
        let transport = TransportConfiguration(unixSocket: path)
        let record = try call("http://localhost", ConnectionOptions(transport: transport))
        #expect(record.outcome == .completed(.stop))
        #expect(record.clock == .monotonicRead)
        #expect(server.requests.first?.hasPrefix("POST /api/chat HTTP/1.1\r\nHost: localhost\r\n") == true)
        let missing = TransportConfiguration(unixSocket: path + "-not")
        #expect(reason(try call("http://localhost", ConnectionOptions(transport: missing)))?.meansNoServer == true)
    }

    @Test("TLS with a private authority", .enabled(if: CertificateAuthority.isPossible, "needs openssl"))
    func privateAuthority() throws {
        let folder = try TemporaryFolder()
        let authority = try CertificateAuthority(in: folder.url)
        let server = try TLSServer(
            authority, answer: "HTTP/1.1 200 OK\r\nContent-Length: \(whole.utf8.count)\r\n\r\n\(whole)")
        let transport = TransportConfiguration(caFile: authority.certificate)
        let record = try call(server.url, ConnectionOptions(transport: transport))
        #expect(record.outcome == .completed(.stop))
        #expect(record.texts == ["one", " two"])
        #expect(record.connection.tlsNs > 0)
        #expect(record.clock == .monotonicRead)
    }

    @Test("TLS with another authority, or none named", .enabled(if: CertificateAuthority.isPossible, "needs openssl"))
    func wrongAuthority() throws {
        let (folder, other) = (try TemporaryFolder(), try TemporaryFolder())
        let authority = try CertificateAuthority(in: folder.url)
        let wrong = try CertificateAuthority(in: other.url)
        for transport in [TransportConfiguration(caFile: wrong.certificate), TransportConfiguration()] {
            let server = try TLSServer(authority, answer: "")
            let record = try call(server.url, ConnectionOptions(transport: transport))
            #expect(reason(record)?.kind == .tlsFailed, "\(record.outcome)")
            #expect(record.sentNs == nil)
        }
    }
}

@Suite struct `A redirect` {
    private func redirecting(to url: String, status: String = "307 Temporary Redirect") throws -> ScriptedServer {
        try ScriptedServer([
            .send("HTTP/1.1 \(status)\r\nLocation: \(url)\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        ])
    }

    private func following(_ token: BearerToken? = nil) -> ConnectionOptions {
        ConnectionOptions(transport: TransportConfiguration(followsRedirects: true), token: token)
    }

    @Test("is not followed unless asked, and says what to do")
    func notAsked() throws {
        let target = try ScriptedServer(.okay + [.send(whole)])
        let server = try redirecting(to: target.url + "/api/chat")
        let invalid = try #require(reason(try call(server)))
        #expect(invalid.kind == .redirected)
        #expect(invalid.detail.contains("follow_redirects"))
        #expect(target.requests.isEmpty)
    }

    @Test(
        "is followed when asked, as the same request",
        arguments: ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
    func followed(status: String) throws {
        let target = try ScriptedServer(.okay + [.send(whole)])
        let server = try redirecting(to: target.url + "/elsewhere", status: status)
        let record = try call(server, following())
        #expect(record.outcome == .completed(.stop))
        #expect(record.texts == ["one", " two"])
        let request = try #require(target.requests.first)
        #expect(request.hasPrefix("POST /elsewhere HTTP/1.1\r\n"))
        #expect(request.hasSuffix("\r\n\r\n{}"))
    }

    @Test("never leads to another host with credentials")
    func credentials() throws {
        let target = try ScriptedServer(.okay + [.send(whole)])
        let server = try redirecting(to: target.url + "/api/chat")
        let record = try call(server, following(BearerToken("s3cret")))
        #expect(reason(record)?.kind == .redirected)
        #expect(target.requests.isEmpty)
        #expect(server.requests.first?.contains("\r\nAuthorization: Bearer s3cret\r\n") == true)
    }

    @Test("is followed with credentials on the same host")
    func sameHost() throws {
        let server = try ScriptedServer([
            [.send("HTTP/1.1 307 T\r\nLocation: /other\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")],
            .okay + [.send(whole)],
        ])
        #expect(try call(server, following(BearerToken("s3cret"))).outcome == .completed(.stop))
        #expect(server.requests.last?.hasPrefix("POST /other HTTP/1.1\r\n") == true)
        #expect(server.requests.last?.contains("Bearer s3cret") == true)
    }

    @Test("that leads in a circle ends")
    func circle() throws {
        let server = try ScriptedServer([
            .send("HTTP/1.1 307 T\r\nLocation: /api/chat\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        ])
        let invalid = try #require(reason(try call(server, following())))
        #expect(invalid.kind == .redirected)
        #expect(server.requests.count == 6)
    }

    @Test("to another protocol is refused")
    func protocols() throws {
        let server = try redirecting(to: "file:///etc/passwd")
        let record = try call(server, following())
        #expect(record.outcome.isValid == false)
        #expect(record.texts == [])
    }

    @Test("goes to the same host where scheme, name and port are the same")
    func authority() {
        let words = [
            ("HTTP://User:pw@Host:80/a?b@c", "http://host"), ("https://host:443", "https://host"),
            ("http://host:443", "http://host:443"), ("http://[::1]:8080/x", "http://[::1]:8080"),
            ("http://127.1/", "http://127.0.0.1"), ("http://a.example\\@b.example:81/", "http://b.example:81"),
        ]
        for (url, authority) in words { #expect(Authority(url)?.description == authority, "\(url)") }
        #expect(Authority("http://Host/") == Authority("http://host:80"))
        #expect(Authority("http://host/") != Authority("https://host/"))
        #expect(Authority("http://User@host/")?.hasUser == true)
        for url in ["", "http://", "http://a b/", "http://host:99999/", "//host", "http://host\u{0}@other/"] {
            #expect(Authority(url) == nil, "\(url)")
        }
    }

    @Test(
        "that libcurl reads otherwise than it looks does not take the token to another host",
        arguments: ["\\@", "\\\\@", "%5C@", ";@", "%00@", ":pw@", "@x@"])
    func ambiguous(separator: String) {
        let redirection = Redirection(
            status: 307, to: "http://a.example:81\(separator)b.example:82/x", from: "http://a.example:81/v1", hops: 0,
            follows: true, hasCredentials: true)
        guard case .refuse = redirection else {
            Issue.record("\(separator) leads to \(redirection)")
            return
        }
        let same = Redirection(
            status: 307, to: "http://A.example:81/x?a\(separator)b", from: "http://a.example:81/v1", hops: 0,
            follows: true, hasCredentials: true)
        #expect(same != .refuse("") && Authority("http://A.example:81/x?a@b") == Authority("http://a.example:81"))
    }
}

@Suite struct `A bearer token` {
    private let token = BearerToken("s3cret-T0ken/+=")

    @Test("goes with every request, also those that ask what the server is")
    func everyRequest() throws {
        let server = try ScriptedServer(.answer(status: "200 OK", body: #"{"version":"1"}"#))
        let client = try ModelClient(
            server: ServerConfiguration(api: .ollama, url: server.url), agent: AgentConfiguration(model: "m"),
            token: token)
        _ = try client.identify()
        _ = client.reasonNotReady()
        #expect(server.requests.count >= 3)
        for request in server.requests { #expect(request.contains("\r\nAuthorization: Bearer s3cret-T0ken/+=\r\n")) }
    }

    @Test(
        "is taken out of what the server says",
        arguments: [
            ("401 Unauthorized", #"{"error":{"message":"no such key: s3cret-T0ken\/+="}}"#),
            ("500 Internal Server Error", String(repeating: "x", count: 290) + "s3cret-T0ken/+="),
            ("403 Forbidden", #"{"error":"s3cret-T0ken/+= is not allowed"}"#), ("200 OK", "s3cret-T0ken/+=\n"),
            ("200 OK", #"{"error":"Bearer s3cret-T0ken/+= has expired"}"# + "\n"),
        ])
    func echoed(status: String, body: String) throws {
        let server = try ScriptedServer(.answer(status: status, body: body))
        let record = try call(server, ConnectionOptions(token: token))
        #expect(!record.outcome.isValid)
        #expect(!"\(record)".contains("s3cret"))
    }

    @Test("is taken out of an answer, also where it comes in pieces")
    func inContent() throws {
        let server = try ScriptedServer(.okay + [.send(line("a s3cret-T0") + line("ken/+= b") + done)])
        let record = try call(server, ConnectionOptions(token: token))
        #expect(record.texts == ["a [token] b", ""])
    }

    @Test("is no part of any description")
    func description() throws {
        let token = try #require(token)
        var dumped = ""
        dump(ConnectionOptions(token: token), to: &dumped)
        for text in ["\(token)", String(reflecting: token), dumped] { #expect(!text.contains("s3cret")) }
    }

    @Test("has no white space and no control character, which could end its header")
    func refused() {
        for text in ["", " \n", "a b", "a\r\nX: y", "ä", String(repeating: "a", count: 20_000)] {
            #expect(BearerToken(text) == nil)
        }
        #expect(BearerToken(" abc\n") == BearerToken("abc"))
    }
}
