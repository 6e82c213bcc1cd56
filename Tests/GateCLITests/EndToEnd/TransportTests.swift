import Foundation
import GateCore
import GateJSON
import TestSupport
import Testing

@Suite("How a server is reached", .enabled(if: GateBinary.isPresent, GateBinary.absence)) struct TransportTests {
    private static let token = "s3cret-T0ken"
    private static let answer: [ScriptedServer.Step] =
        .okay + [.send(#"{"message":{"content":"a"},"done":false}"# + "\n" + #"{"done":true,"eval_count":1}"# + "\n")]

    private func load(
        _ url: String, _ more: [String], environment: [String: String] = [:]
    ) async throws -> (GateOutcome, GateWorkspace) {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("Count.", to: "prompt.txt")
        let outcome = try await workspace.gate(
            "load", "--url", url, "--api", "ollama", "--model", "m", "--prompt-file", "prompt.txt", "--requests", "2",
            "--exchanges", "exchanges.jsonl", and: more, environment: environment)
        return (outcome, workspace)
    }

    /// Everything that a call has left behind.
    private func everything(_ outcome: GateOutcome, _ workspace: GateWorkspace) throws -> String {
        let files = FileManager.default.enumerator(at: workspace.folder.url, includingPropertiesForKeys: nil)
        var text = outcome.output + outcome.errors
        while let file = files?.nextObject() as? URL {
            text += file.lastPathComponent + String(decoding: (try? Data(contentsOf: file)) ?? Data(), as: UTF8.self)
        }
        return text
    }

    @Test("proxy variables are ignored unless asked")
    func proxy() async throws {
        let proxy = try ScriptedServer(Self.answer)
        let url = "http://127.0.0.1:\(LoopbackPort.closed)"
        let variables = ["http_proxy": proxy.url, "ALL_PROXY": proxy.url, "HTTP_PROXY": proxy.url]
        let (ignoring, _) = try await load(url, [], environment: variables)
        #expect(ignoring.status == 69, "\(ignoring)")
        #expect(proxy.requests.isEmpty)
        let (heeding, _) = try await load(url, ["--proxy", "environment"], environment: variables)
        #expect(heeding.status == 0, "\(heeding)")
        #expect(proxy.requests.first?.hasPrefix("POST \(url)/api/chat HTTP/1.1\r\n") == true)
    }

    @Test(
        "a token from a variable or a file is sent and left nowhere, also where the server repeats it",
        arguments: [true, false])
    func token(isFromFile: Bool) async throws {
        let echo = ScriptedServer.Step.send(
            "HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n{\"error\":\"wrong token \(Self.token)\"}")
        let folder = try TemporaryFolder()
        let path = try folder.write(Self.token + "\n", to: "token").path
        let flags = isFromFile ? ["--token-file", path] : ["--token-env", "MODEL_TOKEN"]
        for script in [Self.answer, [echo]] {
            let server = try ScriptedServer(script)
            let (outcome, workspace) = try await load(server.url, flags, environment: ["MODEL_TOKEN": Self.token])
            #expect(outcome.status == (script.count == 1 ? 78 : 0), "\(outcome)")
            #expect(!server.requests.isEmpty)
            for request in server.requests { #expect(request.contains("\r\nAuthorization: Bearer \(Self.token)\r\n")) }
            let text = try everything(outcome, workspace)
            #expect(text.contains("exchanges.jsonl"))
            #expect(!text.contains(Self.token))
        }
    }

    @Test("a token that is not there is a mistake in the configuration, and says where it was looked for")
    func missingToken() async throws {
        let (unset, _) = try await load("http://127.0.0.1:1", ["--token-env", "MODEL_TOKEN"])
        #expect(unset.status == 78 && unset.errors.contains("MODEL_TOKEN"), "\(unset)")
        let (blank, _) = try await load(
            "http://127.0.0.1:1", ["--token-env", "MODEL_TOKEN"], environment: ["MODEL_TOKEN": "two words"])
        #expect(blank.status == 78 && !blank.errors.contains("two words"), "\(blank)")
        let (twice, _) = try await load("http://127.0.0.1:1", ["--token-env", "A", "--token-file", "b"])
        #expect(twice.status == 64, "\(twice)")
    }

    @Test("a unix socket needs no address")
    func unixSocket() async throws {
        let workspace = try GateWorkspace(nil)
        try workspace.folder.write("Count.", to: "prompt.txt")
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "s").path
        let server = try ScriptedServer(Self.answer, on: .unix(path))
        let outcome = try await workspace.gate(
            "load", "--unix-socket", path, "--model", "m", "--prompt-file", "prompt.txt", "--requests", "2",
            "--exchanges", "exchanges.jsonl")
        #expect(outcome.status == 0, "\(outcome)")
        #expect(server.requests.count > 2)
        let session = try workspace.session()
        #expect(session.configuration.server.transport?.unixSocket == path)
        let lines = try workspace.text("exchanges.jsonl").split(separator: "\n")
        let line = try #require(lines.first)
        #expect(try JSONValue.parse(Array(line.utf8))["clock"]?.string == "monotonic_read")
    }

    @Test("a line of the file of requests has the members of exchange.schema.json and no others")
    func schema() async throws {
        let file = SharedData.packageRoot.appending(path: "Sources/GateCLI/Schemas/exchange.schema.json")
        let schema = try JSONValue.parse(Array(Data(contentsOf: file)))
        let required = (schema["required"]?.array ?? []).compactMap(\.string)
        try #require(!required.isEmpty)
        let server = try ScriptedServer([Self.answer, .answer(status: "500 Oh", body: "no"), Self.answer])
        let (outcome, workspace) = try await load(server.url, [])
        #expect(outcome.status == 0, "\(outcome)")
        let lines = try workspace.text("exchanges.jsonl").split(separator: "\n").map {
            try JSONValue.parse(Array($0.utf8))
        }
        #expect(lines.map { $0["outcome"]?.string } == ["completed", "http_status"])
        for (line, last) in zip(lines, ["finish", "detail"]) {
            #expect(line.object?.map(\.key) == required + [last])
            #expect(
                line["counts"]?.object?.map(\.key)
                    == schema["properties"]?["counts"]?["required"]?.array?.compactMap(\.string))
            #expect(
                schema["properties"]?["clock"]?["enum"]?.array?.contains { $0.string == line["clock"]?.string } == true)
        }
        #expect(schema["properties"]?.object?.map(\.key) == required + ["finish", "detail"])
    }
}
