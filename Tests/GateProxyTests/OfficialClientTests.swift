import Foundation
import GateCore
import GateJSON
import GateProxy
import GateReplay
import GateStream
import TestSupport
import Testing

/// The variable that names a Python in which the packages of ci/clients/requirements.txt are installed.
private let variable = "CHIMERA_GATE_PYTHON"
private let interpreter = ProcessInfo.processInfo.environment[variable]

private let curlProgram = "/usr/bin/curl"

@Suite("Official clients through the proxy")
struct OfficialClientTests {
    private func python(_ arguments: [String]) throws -> (status: Int32, text: String) {
        try run(try #require(interpreter), arguments)
    }

    private func run(_ program: String, _ arguments: [String]) throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    @Test(
        "the Python clients of Ollama and OpenAI notice nothing",
        .enabled(
            if: interpreter != nil, "set \(variable) to a python with the packages of ci/clients/requirements.txt"),
        arguments: [false, true])
    func clients(forcesStream: Bool) throws {
        let server = try ProxiedServer(replaying: [recording()], ReplayOptions(loadSeconds: 0.01)) {
            $0.forcesStream = forcesStream
        }
        let url = "http://127.0.0.1:\(server.port)"
        let (status, text) = try python([
            SharedData.packageRoot.appending(path: "ci/clients/test_clients.py").path, "--ollama-url", url,
            "--openai-url", url,
        ])
        #expect(status == 0, "\(text)")
        #expect(text.contains("ok    test_chat_streamed"))
        let calls = server.calls()
        #expect(calls.contains { $0.route == .openAIChat && $0.isStreamed && !$0.wasForced })
        #expect(calls.contains { $0.wasForced } == forcesStream)
    }

    @Test(
        "curl has its streams, asks whether it may send, and keeps its connection",
        .enabled(if: FileManager.default.isExecutableFile(atPath: curlProgram), "needs curl"))
    func curl() throws {
        let server = try ProxiedServer()
        let chat = ["-sSN", "http://127.0.0.1:\(server.port)/api/chat", "--data", ollamaChat]
        let (status, text) = try run(
            curlProgram,
            chat + ["--next"] + chat + [
                "--compressed", "-H", "Expect: 100-continue", "-w", "connections: %{num_connects}",
            ])
        #expect(status == 0, "\(text)")
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.last == "connections: 0")
        let pieces = try lines.dropLast().map { try JSONValue.parse($0)["message"]?["content"]?.string ?? "" }
        #expect(pieces.joined() == wholeText + wholeText)
        let calls = server.calls()
        #expect(calls.count == 2 && calls.allSatisfy { $0.isStreamed && $0.outcome.isValid && $0.text == wholeText })
    }

    @Test(
        "eight threads of each client at once, and a tool that is called",
        .enabled(
            if: interpreter != nil, "set \(variable) to a python with the packages of ci/clients/requirements.txt"))
    func threads() throws {
        let server = try ProxiedServer()
        let script = """
            import sys, threading, ollama, openai
            url = sys.argv[1]
            texts = []
            def one(number):
                messages = [{"role": "user", "content": "Analyse the data."}]
                if number % 2:
                    client = openai.OpenAI(base_url=url + "/v1", api_key="none", max_retries=0)
                    chunks = client.chat.completions.create(model="toy", messages=messages, stream=True)
                    texts.append("".join(c.choices[0].delta.content or "" for c in chunks if c.choices))
                else:
                    parts = ollama.Client(host=url).chat(model="toy", messages=messages, stream=True)
                    texts.append("".join(part.message.content for part in parts))
            threads = [threading.Thread(target=one, args=[number]) for number in range(16)]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]
            print(len(texts), len(set(texts)))
            """
        let (status, text) = try python(["-c", script, "http://127.0.0.1:\(server.port)"])
        #expect(status == 0, "\(text)")
        #expect(text == "16 1\n")
        #expect(server.calls().filter { $0.outcome == .completed(.stop) && $0.isStreamed }.count == 16)
    }

    @Test(
        "a tool that is called reaches the client as a tool",
        .enabled(
            if: interpreter != nil, "set \(variable) to a python with the packages of ci/clients/requirements.txt"))
    func tools() throws {
        let answer =
            #"{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"look","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":4,"completion_tokens":5,"total_tokens":9}}"#
        let server = try ProxiedServer(scripts: [.answer(status: "200 OK", body: answer)])
        let script = """
            import sys, openai
            client = openai.OpenAI(base_url=sys.argv[1] + "/v1", api_key="none", max_retries=0)
            tool = {"type": "function", "function": {"name": "look", "parameters": {"type": "object"}}}
            answer = client.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}], tools=[tool])
            print(answer.choices[0].message.tool_calls[0].function.name)
            """
        let (status, text) = try python(["-c", script, "http://127.0.0.1:\(server.port)"])
        #expect(status == 0, "\(text)")
        #expect(text == "look\n")
        let call = try #require(server.calls().first)
        #expect(call.outcome == .completed(.toolCalls))
        #expect(call.request.options["tools"]?.contains(#""name":"look""#) == true)
    }
}
