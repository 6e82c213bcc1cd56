import GateCore
import GateProxy
import GateStream
import TestSupport
import Testing

@Suite("Secrets and the proxy")
struct SecretTests {
    private let answer: [ScriptedServer.Step] = [
        .send(
            "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nContent-Length: 54\r\nConnection: close\r\n\r\n"
                + #"{"error":{"message":"Incorrect API key: s3cret-key."}}"#)
    ]

    @Test("the client's own authorisation is passed on, and stands nowhere afterwards")
    func ownAuthorization() throws {
        let scripted = try ScriptedServer([answer])
        let server = try ProxiedServer(to: scripted.url, keeping: scripted) { $0.token = BearerToken("configured") }
        let reply = try server.client().request(
            "POST", "/v1/chat/completions", openAIChat, headers: "Authorization: Bearer s3cret-key\r\n")
        #expect(reply.text.contains("s3cret-key"))
        let request = try #require(scripted.requests.first)
        #expect(request.contains("Authorization: Bearer s3cret-key\r\n"))
        #expect(!request.contains("configured"))
        let call = try #require(server.calls().first)
        guard case .invalid(let reason) = call.outcome else {
            Issue.record("it is no answer")
            return
        }
        #expect(reason == InvalidCall(.unauthorized, "HTTP 401: Incorrect API key: [token]."))
        var described = ""
        dump(call, to: &described)
        #expect(!described.contains("s3cret"))
    }

    @Test("a recorded answer holds neither our token nor a key of the client, and the client gets it as it is")
    func recorded() throws {
        let body = #"{"said":"configured, s3cret-key-of-a-client and ollama"}"#
        let answer =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        for (key, kept) in [
            ("s3cret-key-of-a-client", #"{"said":"[token], [token] and ollama"}"#),
            // No server asks for such a key; answers use it as a word.
            ("ollama", #"{"said":"[token], s3cret-key-of-a-client and ollama"}"#),
        ] {
            let scripted = try ScriptedServer([.send(answer)])
            let server = try ProxiedServer(to: scripted.url, keeping: scripted) {
                $0.token = BearerToken("configured")
                $0.keepsAnswers = true
            }
            let reply = try server.client().request("POST", "/x", "{}", headers: "Authorization: Bearer \(key)\r\n")
            #expect(reply.text == body)
            #expect(try #require(server.calls().first?.passed).pieces.map(\.text).joined() == kept)
        }
    }

    @Test("a key of Anthropic's kind counts as the client's own")
    func apiKey() throws {
        let scripted = try ScriptedServer([answer])
        let server = try ProxiedServer(to: scripted.url, keeping: scripted) { $0.token = BearerToken("configured") }
        _ = try server.client().request("POST", "/v1/messages", "{}", headers: "x-api-key: s3cret-key\r\n")
        let request = try #require(scripted.requests.first)
        #expect(request.contains("x-api-key: s3cret-key\r\n"))
        #expect(!request.contains("configured"))
    }

    @Test("the configured token is sent where the client brings none")
    func configuredToken() throws {
        let scripted = try ScriptedServer([answer])
        let server = try ProxiedServer(to: scripted.url, keeping: scripted) { $0.token = BearerToken("configured") }
        _ = try server.client().request("POST", "/v1/chat/completions", openAIChat)
        #expect(try #require(scripted.requests.first).contains("Authorization: Bearer configured\r\n"))
    }
}
