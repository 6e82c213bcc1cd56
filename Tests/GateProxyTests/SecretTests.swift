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
