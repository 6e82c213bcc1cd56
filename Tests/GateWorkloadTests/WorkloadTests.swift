import GateCore
import GateStream
import TestSupport
import Testing

@testable import GateWorkload

/// An answer on Ollama's chat route.
private func answer(_ text: String, tokens: Int = 3) -> [ScriptedServer.Step] {
    let escaped = text.replacing("\n", with: "\\n")
    return .okay + [
        .send(#"{"message":{"content":"\#(escaped)"},"done":false}"# + "\n"), .pause(milliseconds: 5),
        .send(#"{"message":{"content":" end"},"done":false}"# + "\n"),
        .send(
            #"{"done":true,"done_reason":"stop","load_duration":14000000,"prompt_eval_count":3000,"#
                + #""prompt_eval_duration":10000000,"eval_count":\#(tokens),"eval_duration":6000000}"# + "\n"),
    ]
}

private let analysisText = "## Executive Summary\nGemma is fast.\n## Key Findings\n- Gemma reaches 139 tok/s\n"
private let reportText = "# Report\n## Key Findings\n- Llama is slower\n## Recommendations\n1. Use gemma3\n"

private func workload(
    _ kind: WorkloadKind, url: String, window: Int = 4096, corpus: Corpus = Fixtures.corpus(facts: 10),
    retries: Int = 0, progress: @escaping (RunProgress) -> Void = { _ in }
) throws -> Workload {
    let configuration = Configuration(
        workload: kind, agent: AgentConfiguration(model: "m", numCtx: window, temperature: 0.5, maxTokens: 64),
        server: ServerConfiguration(
            api: .ollama, url: url, transport: TransportConfiguration(retries: retries)))
    let profile = ServerProfile(
        product: .ollama, server: ServerIdentity(api: .ollama, product: "ollama", version: "1", url: url),
        model: ModelIdentity(name: "m:latest"))
    let client = try ModelClient(server: configuration.server, agent: configuration.agent)
    return Workload(
        configuration: configuration, profile: profile, client: client, ingest: { corpus }, progress: progress)
}

@Suite struct `Workload run` {
    @Test("one agent analyses and then reports on its own findings")
    func analysis() throws {
        let server = try ScriptedServer([answer(analysisText), answer(reportText)])
        let result = try workload(.analysis, url: server.url).run(
            index: 1, isWarmup: false, startedAt: Fixtures.start)
        #expect(result.run.stages.map(\.name) == [.analysis, .report])
        #expect(result.run.isComplete)
        #expect(server.requests.count == 2)
        #expect(server.requests[1].contains("Gemma reaches 139 tok/s"))
        for metric in ["ingest", "analysis", "report", "workflow"] {
            #expect(result.run.measurements[MetricID(rawValue: metric)] != nil, "\(metric)")
        }
        #expect(result.recordings.map(\.stage) == [.analysis, .report])
        #expect(result.recordings[0].text == analysisText + " end")
        #expect(result.inventory == nil)
    }

    @Test("the report has its sections in order, with findings from the Markdown tree")
    func report() throws {
        let server = try ScriptedServer([answer(analysisText), answer(reportText)])
        let run = try workload(.analysis, url: server.url).run(index: 1, isWarmup: false, startedAt: Fixtures.start)
        let report = try #require(run.report)
        let order = [
            "# Analyst", "# Technical Report: Analyst Analysis", "**Date:** 2026-11-23", "**Agent Type:** Analyst",
            "**Model:** m:latest",
            "**Configuration:** num_gpu=default, num_ctx=4096, temp=0.5, top_p=default, top_k=default, repeat_penalty=default",
            "# Report", "## Workflow Summary", "- Files analyzed: 2", "Total files analyzed: 2", "## Metrics",
            "- Throughput: ", "- TTFT: ", "- Total Duration: ", "- Tokens Generated: 6",
            "- Prompt Eval: 20.00 ms (sum of 2 calls)", "- Eval Duration: 12.00 ms (sum of 2 calls)",
            "- Load Duration: 28.00 ms (sum of 2 calls)", "## Key Findings\n- Llama is slower\n",
            "## Recommendations\n- Use gemma3", "## Persona Prompt\n```\nYou are a performance engineer",
        ]
        var rest = report[...]
        for text in order {
            let found = rest.firstRange(of: text)
            #expect(found != nil, "\(text) in its place")
            if let found { rest = rest[found.upperBound...] }
        }
    }

    @Test("of two agents the second reasons over the first one's inventory")
    func dual() throws {
        let server = try ScriptedServer([answer("Two CSV files, no JSON."), answer(analysisText), answer(reportText)])
        let result = try workload(.dual, url: server.url).run(index: 1, isWarmup: false, startedAt: Fixtures.start)
        #expect(result.run.stages.map(\.name) == [.inventory, .analysis, .report])
        #expect(result.run.stages.map(\.agent) == ["collector", "insight", "insight"])
        #expect(server.requests[0].contains("You are DataCollector-9000."))
        #expect(server.requests[1].contains("You are Chimera Agent B"))
        #expect(server.requests[1].contains("Two CSV files, no JSON."))
        #expect(server.requests[2].contains("Two CSV files, no JSON."))
        #expect(try #require(result.inventory).contains("# Technical Report: Chimera Agent A Analysis"))
        #expect(try #require(result.report).contains("# Technical Report: Chimera Agent B Analysis"))
    }

    @Test("a stage that fails ends the run: its call is kept, nothing is reported")
    func failure() throws {
        let server = try ScriptedServer([.answer(status: "404 Not Found", body: #"{"error":"model 'm' not found"}"#)])
        let result = try workload(.analysis, url: server.url).run(index: 1, isWarmup: false, startedAt: Fixtures.start)
        #expect(!result.run.isComplete)
        #expect(result.run.stages.map(\.name) == [.analysis])
        #expect(result.run.stages[0].exchanges[0].invalidReason?.kind == .modelNotFound)
        #expect(result.report == nil)
        #expect(result.run.measurements["workflow"] == nil)
        #expect(server.requests.count == 1)
    }

    private static let refusals: [[ScriptedServer.Step]] = [
        .answer(status: "503 Service Unavailable", body: #"{"error":{"message":"Loading model","code":503}}"#),
        [.send("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")],
        .answer(status: "429 Too Many Requests", body: #"{"error":{"message":"slow down"}}"#),
    ]

    @Test("a server that refuses for a moment is asked again where that is wanted", arguments: refusals)
    func retry(refusal: [ScriptedServer.Step]) throws {
        let server = try ScriptedServer([refusal, answer(analysisText), answer(reportText)])
        let result = try workload(.analysis, url: server.url, retries: 1)
            .run(index: 1, isWarmup: false, startedAt: Fixtures.start)
        #expect(result.run.isComplete)
        let stage = result.run.stages[0]
        #expect(stage.exchanges.map(\.attempt) == [1, 2])
        #expect(stage.exchanges[0].invalidReason != nil)
        // The pause alone lasts a second, and neither it nor the refused attempt is part of the work's time.
        let total = try #require(stage.exchanges[1].measurements["total"])
        #expect(stage.wallSeconds >= total)
        let workflow = try #require(result.run.measurements["workflow"])
        #expect(workflow >= result.run.stages.reduce(0) { $0 + $1.wallSeconds })
    }

    @Test("and is not asked again unless it is", arguments: refusals)
    func noRetry(refusal: [ScriptedServer.Step]) throws {
        let server = try ScriptedServer([refusal, answer(analysisText), answer(reportText)])
        let result = try workload(.analysis, url: server.url).run(index: 1, isWarmup: false, startedAt: Fixtures.start)
        #expect(!result.run.isComplete)
        #expect(server.requests.count == 1)
    }

    @Test("a window in which a later stage has no room ends the work before the first call")
    func noRoom() throws {
        let server = try ScriptedServer([answer(analysisText), answer(reportText)])
        let small = try workload(.analysis, url: server.url, window: 400)
        #expect(throws: ContextTooSmall.self) {
            try small.run(index: 1, isWarmup: false, startedAt: Fixtures.start)
        }
        #expect(server.requests.isEmpty)
    }

    @Test("the hash of a prompt does not depend on the nonce")
    func promptHash() throws {
        func hash() throws -> PromptIdentity {
            let server = try ScriptedServer([answer(analysisText), answer(reportText)])
            return try workload(.analysis, url: server.url).run(index: 1, isWarmup: false, startedAt: Fixtures.start)
                .run.stages[0].exchanges[0].prompt
        }
        let (one, two) = (try hash(), try hash())
        #expect(one.sha256 == two.sha256)
        #expect(one.nonce != two.nonce)
    }
}
