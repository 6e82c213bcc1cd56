import GateCore
import TestSupport
import Testing

@testable import GateStream

private struct OneCall: CallSchedule {
    let body: RequestBody
    var record: CallRecord?
    var isBegun = false
    func nextStart(nowNs: Int64, inFlight: Int) -> NextStart { isBegun ? .finished : .at(nowNs) }
    mutating func request() -> CallRequest {
        isBegun = true
        return CallRequest(body: body, keepsText: true)
    }
    mutating func ended(_ record: CallRecord) { self.record = record }
}

/// Calls a server that answers so, over a socket.
private func record(
    _ body: String, api: ServerAPI = .openai, tokenCap: Int? = 100, request: String = "{}"
) throws -> CallRecord {
    let server = try ScriptedServer(.okay + [.send(body)])
    return try withExtendedLifetime(server) {
        let engine = try CallEngine(
            endpoint: Endpoint(
                url: server.url + "/x", api: api, timeouts: TimeoutConfiguration(totalSeconds: 20),
                tokenCap: tokenCap))
        var schedule = OneCall(body: RequestBody(Array(request.utf8)))
        engine.run(&schedule)
        return try #require(schedule.record)
    }
}

private func reason(_ record: CallRecord) -> InvalidCall? {
    if case .invalid(let reason) = record.outcome { reason } else { nil }
}

private func event(_ delta: String, finish: String = "null") -> String {
    #"data: {"choices":[{"index":0,"delta":\#(delta),"finish_reason":\#(finish)}]}"# + "\n\n"
}

private func usage(_ members: String) -> String { #"data: {"choices":[],"usage":\#(members)}"# + "\n\n" }

private let hello = event(#"{"content":"Hello"}"#) + event(#"{"content":" there"}"#)
private let stop = event("{}", finish: #""stop""#)
private let done = "data: [DONE]\n\n"

@Suite struct `The ways of servers` {
    @Test(
        "thinking is told from content whatever the server calls it",
        arguments: ["reasoning_content", "reasoning", "thinking"])
    func thinking(key: String) throws {
        let record = try record(
            event(#"{"\#(key)":"hm"}"#) + event(#"{"content":null,"\#(key)":" so"}"#) + hello + stop
                + usage(#"{"prompt_tokens":9,"completion_tokens":4}"#) + done)
        #expect(record.outcome == .completed(.stop))
        #expect(record.stamps.arrivals.count == 4)
        #expect(record.stamps.thinkingPieces == 2 && record.stamps.contentPieces == 2)
        #expect(record.pieces?.map(\.isThinking) == [true, true, false, false])
        #expect(record.measurements["thinking_tokens"] == 2)
        #expect(record.stamps.firstThinking == record.stamps.arrivals.first)
    }

    @Test("parts of content are content, and parts of thinking are thinking")
    func parts() throws {
        let record = try record(
            event(#"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]}]}"#)
                + event(#"{"content":[{"type":"text","text":"Hel"},{"type":"text","text":"lo"}]}"#) + stop + done)
        #expect(record.texts == ["hm", "Hel", "lo"])
        #expect(record.stamps.thinkingPieces == 1 && record.stamps.contentPieces == 2)
    }

    @Test("an answer that is all thinking says so, and what cut it")
    func onlyThinking() throws {
        let record = try record(event(#"{"reasoning":"hm"}"#) + event("{}", finish: #""length""#) + done)
        let invalid = try #require(reason(record))
        #expect(invalid.kind == .onlyThinking)
        #expect(invalid.detail.contains("max_tokens"))
    }

    @Test(
        "an end that is none of a whole answer makes the call invalid and keeps the word",
        arguments: ["error", "abort", "content_filter", "recitation", "SAFETY", "insufficient_system_resource"])
    func irregularEnd(word: String) throws {
        let record = try record(hello + event("{}", finish: "\"\(word)\"") + done)
        #expect(reason(record) == InvalidCall(.endedByServer, "the server ended the answer: \(word)"))
        let line = #"{"response":"Hi","done":false}"# + "\n" + #"{"done":true,"done_reason":"\#(word)"}"# + "\n"
        #expect(reason(try ollama(line))?.kind == .endedByServer)
    }

    private func ollama(_ body: String) throws -> CallRecord { try record(body, api: .ollama) }

    @Test(
        "an end that other servers spell otherwise is one",
        arguments: [
            ("stop", FinishReason.stop), ("STOP", .stop), ("end_turn", .stop), ("eos_token", .stop),
            ("length", .length),
            ("max_tokens", .length), ("MAX_TOKENS", .length), ("tool_calls", .toolCalls), ("function_call", .toolCalls),
        ])
    func regularEnd(word: String, finish: FinishReason) throws {
        #expect(try record(hello + event("{}", finish: "\"\(word)\"") + done).outcome == .completed(finish))
    }

    @Test(
        "an error is one in each of its forms, wherever it stands",
        arguments: [
            "event: error\ndata: {\"message\":\"worker died\"}\n\n", "event:error\ndata: worker died\n\n",
            "event: error\r\ndata: {\"error\":{\"message\":\"worker died\"}}\r\n\r\n",
            "data: {\"error\":\"worker died\"}\n\n", "data: {\"error\":{\"message\":\"worker died\",\"code\":500}}\n\n",
            "data: {\"object\":\"error\",\"message\":\"worker died\"}\n\n",
            "data: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"worker died\"}}\n\n",
            "error: {\"code\":500,\"message\":\"worker died\"}\n\n",
            "event: error\ndata: {\"detail\":\"worker died\"}\n\n",
        ])
    func errors(text: String) throws {
        let expected = InvalidCall(.serverError, "worker died")
        #expect(reason(try record(text)) == expected)
        #expect(reason(try record(hello + text + done)) == expected)
        #expect(reason(try record(hello + stop + done + text)) == expected)
    }

    @Test("an error without words is still one, and an empty error member is none")
    func wordless() throws {
        #expect(reason(try record(hello + "event: error\n\n" + done))?.kind == .serverError)
        for empty in ["null", "\"\"", "{}", "false"] {
            let chunk = #"data: {"error":\#(empty),"choices":[{"delta":{"content":"x"}}]}"# + "\n\n"
            #expect(try record(chunk + stop + done).outcome == .completed(.stop))
        }
    }

    @Test(
        "everything that server-sent events allow is read",
        arguments: [
            "data:\n\n" + hello + "data: \n\ndata\n\n" + stop + "data:  [DONE] \n\n", "\u{FEFF}" + hello + stop + done,
            (hello + stop + done).replacing("\n", with: "\r"), (hello + stop + done).replacing("\n", with: "\r\n"),
            ": beat\n\nid: 7\nretry: 10\nevent: message\n" + hello + stop + done,
            hello + "data: {\"choices\":\ndata: []}\n\n" + stop + done, hello + stop + "data: [DONE]",
        ])
    func specification(stream: String) throws {
        let record = try record(stream)
        #expect(record.outcome == .completed(.stop))
        #expect(record.texts == ["Hello", " there"])
    }

    @Test("a stream is the same in every cut, whatever ends its lines", arguments: ["\n", "\r", "\r\n"])
    func everyCut(ending: String) {
        let body = Array(("\u{FEFF}" + hello + "event: error\ndata: no\n\n").replacing("\n", with: ending).utf8)
        let whole = TreeDecoder.decode([body[...]], api: .openai)
        #expect(whole.pieces == ["Hello", " there"] && whole.failure == InvalidCall(.serverError, "no"))
        for cut in 0...body.count {
            var halves = DecodedStream(scanning: [body[..<cut], body[cut...]], api: .openai)
            halves.stamps = whole.stamps
            #expect(halves == whole, "cut at \(cut)")
        }
    }

    @Test(
        "log-probabilities that JSON cannot write spoil no call", arguments: ["-Infinity", "NaN", "1e999", "Infinity"])
    func logProbabilities(number: String) throws {
        let chunk = #"data: {"choices":[{"delta":{"content":"x"},"logprobs":{"content":[{"logprob":\#(number)}]}}]}"#
        let record = try record(chunk + "\n\n" + stop + done)
        #expect(record.outcome == .completed(.stop))
        #expect(record.texts == ["x"])
    }

    @Test(
        "what is no stream is named for what it is",
        arguments: [
            ("", "empty body"), (#"{"choices":[{"message":{"content":"hello"}}]}"#, "JSON in one piece"),
            ("<!DOCTYPE html><html><head><title>Sign in</title></head></html>", "an HTML page ('Sign in')"),
        ])
    func noStream(body: String, words: String) throws {
        for api in [ServerAPI.openai, .ollama] {
            let invalid = try #require(reason(try record(body, api: api)))
            #expect(invalid.kind == .notStreamed || api == .ollama, "\(invalid)")
            if api == .openai { #expect(invalid.detail.contains(words)) }
        }
    }

    @Test("a whole answer of Ollama's is no stream")
    func wholeOllama() throws {
        let body = #"{"message":{"content":"hello there"},"done":true,"eval_count":5}"# + "\n"
        #expect(reason(try ollama(body))?.kind == .notStreamed)
    }

    @Test("an answer that is a tool call or a refusal is named so")
    func otherAnswers() throws {
        let call = event(#"{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{}"}}]}"#)
        #expect(reason(try record(call + event("{}", finish: #""tool_calls""#) + done))?.kind == .toolCall)
        let refused = try #require(reason(try record(event(#"{"refusal":"I will not."}"#) + stop + done)))
        #expect(refused == InvalidCall(.refusal, "the model refused to answer: I will not."))
        // Members that say nothing are none.
        let plain = event(#"{"content":"x","tool_calls":[],"refusal":null,"function_call":null}"#)
        #expect(try record(plain + stop + done).outcome == .completed(.stop))
    }

    @Test(
        "a count of nothing beside content is no count", arguments: [#"{"completion_tokens":0}"#, "null", "{}"])
    func uncounted(members: String) throws {
        let record = try record(hello + stop + usage(members) + done)
        #expect(record.outcome == .completed(.stop))
        #expect(record.server.tokens == nil)
    }
}

@Suite struct `A server's figures` {
    @Test(
        "that cannot be make the call invalid",
        arguments: [
            #"{"completion_tokens":-2}"#, #"{"completion_tokens":4000}"#, #"{"completion_tokens":1e300}"#,
            #"{"completion_tokens":9223372036854775807}"#, #"{"completion_tokens":99999999999999999999}"#,
            #"{"completion_tokens":2,"prompt_tokens":-1}"#,
            #"{"completion_tokens":2,"prompt_tokens":4611686018427387904}"#,
            #"{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":9223372036854775807}}"#,
            #"{"prompt_tokens":9,"prompt_tokens_details":{"cached_tokens":-1}}"#,
            #"{"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":3}}"#,
        ])
    func impossible(members: String) throws {
        let record = try record(hello + stop + usage(members) + done)
        #expect(reason(record)?.kind == .implausibleFigures, "\(record.outcome)")
        #expect(record.server == ServerFigures())
        #expect(record.measurements.isEmpty)
    }

    @Test("beyond the cap are not believed, unless as many pieces came")
    func cap() throws {
        let answer = String(repeating: event(#"{"content":" lorem ipsum"}"#), count: 10)
        let claim = { (count: Int) in answer + stop + usage(#"{"completion_tokens":\#(count)}"#) + done }
        #expect(try record(claim(11), tokenCap: 12).outcome == .completed(.stop))
        #expect(reason(try record(claim(60), tokenCap: 12))?.kind == .implausibleFigures)
        // A server that does not keep to the cap is not one that counts wrong.
        #expect(try record(claim(11), tokenCap: 4).outcome == .completed(.stop))
    }

    @Test("are wrong where far too few tokens would hold all of the text")
    func tooFew() throws {
        let answer = String(repeating: event(#"{"content":" lorem ipsum"}"#), count: 100)
        let record = try record(answer + stop + usage(#"{"completion_tokens":3}"#) + done, tokenCap: 1000)
        #expect(reason(record)?.kind == .implausibleFigures)
    }

    @Test("of thinking that a total alone shows are counted in")
    func apart() throws {
        let thought = event(#"{"reasoning_content":"hm"}"#) + event(#"{"reasoning_content":" so"}"#)
        let members =
            #"{"prompt_tokens":9,"completion_tokens":2,"total_tokens":13,"#
            + #""completion_tokens_details":{"reasoning_tokens":2}}"#
        let record = try record(thought + hello + stop + usage(members) + done)
        #expect(record.server.tokens == 4 && record.server.thinkingTokens == 2)
    }
}

@Suite struct `A server that breaks the order` {
    @Test("content after the end marker makes the call invalid")
    func afterEnd() throws {
        #expect(reason(try record(stop + done + hello))?.kind == .malformedStream)
        let lines = #"{"response":"a","done":true}"# + "\n" + #"{"response":"b","done":false}"# + "\n"
        #expect(reason(try record(lines, api: .ollama))?.kind == .malformedStream)
        // Figures and comments may follow.
        #expect(try record(hello + stop + done + ": bye\n\n").outcome == .completed(.stop))
    }

    @Test("an answer is stopped where it grows beyond its cap")
    func endless() throws {
        let text = String(repeating: "abc ", count: 20_000)
        let server = try ScriptedServer(.okay + [.sendForEver(event(#"{"content":"\#(text)"}"#))])
        let engine = try CallEngine(
            endpoint: Endpoint(url: server.url, api: .openai, tokenCap: 10))
        var schedule = OneCall(body: RequestBody([]))
        engine.run(&schedule)
        let record = try #require(schedule.record)
        #expect(reason(record)?.kind == .tooLarge)
        #expect(record.bodyBytes < 6 << 20)
    }
}
