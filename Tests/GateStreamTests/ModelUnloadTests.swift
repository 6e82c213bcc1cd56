import GateCore
import GateStream
import TestSupport
import Testing

@Suite struct `Model unload` {
    private let unloaded = #"{"model":"m","response":"","done":true,"done_reason":"unload"}"#
    private let other = #"{"models":[{"name":"other:latest","model":"other:latest"}]}"#

    private func loaded(_ name: String) -> String { #"{"models":[{"name":"\#(name)","model":"\#(name)"}]}"# }

    private func server(_ bodies: [String]) throws -> ScriptedServer {
        try ScriptedServer(bodies.map { .answer(status: "200 OK", body: $0) })
    }

    private func unload(_ server: ScriptedServer, wait: Double = 30) throws {
        try ModelUnload(
            server: ServerConfiguration(api: .ollama, url: server.url), model: "m", longestWaitSeconds: wait
        ).perform()
    }

    @Test("the server is asked with keep_alive 0 and then watched until the model is gone")
    func waits() throws {
        let server = try server([unloaded, loaded("m:latest"), loaded("m"), other])
        try unload(server)
        #expect(
            server.requests.map { $0.prefix { $0 != "\r\n" } }.map(String.init) == [
                "POST /api/generate HTTP/1.1", "GET /api/ps HTTP/1.1", "GET /api/ps HTTP/1.1", "GET /api/ps HTTP/1.1",
            ])
        #expect(server.requests[0].hasSuffix(#"{"model":"m","stream":false,"keep_alive":0}"#))
    }

    @Test("a model of another tag is another model")
    func otherTag() throws {
        let server = try server([unloaded, loaded("m:4b")])
        try unload(server)
        #expect(server.requests.count == 2)
    }

    @Test("a model that stays in memory is an error")
    func stays() throws {
        let server = try server([unloaded, loaded("m")])
        #expect(throws: ModelUnloadError.stillLoaded(url: server.url, model: "m", seconds: 0.1)) {
            try unload(server, wait: 0.1)
        }
    }

    @Test(
        "a server that does not do as asked is an error that says what it did",
        arguments: [
            ([#"{"done":true,"done_reason":"load"}"#], "its answer to keep_alive 0 is not 'unload'"),
            (["no"], "its answer on /api/generate is not JSON"),
            ([#"{"done_reason":"unload"}"#, "{}"], "it does not list the models in its memory (/api/ps)"),
        ])
    func disobeys(bodies: [String], detail: String) throws {
        let server = try server(bodies)
        #expect(throws: ModelUnloadError.refused(url: server.url, detail: detail)) { try unload(server) }
    }

    @Test("a model that the server does not know is an error with the server's words")
    func unknown() throws {
        let server = try ScriptedServer(.answer(status: "404 Not Found", body: #"{"error":"model 'm' not found"}"#))
        #expect(throws: ModelUnloadError.refused(url: server.url, detail: "HTTP 404: model 'm' not found")) {
            try unload(server)
        }
    }
}
