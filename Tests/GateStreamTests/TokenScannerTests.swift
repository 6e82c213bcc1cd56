import GateCore
import TestSupport
import Testing

@testable import GateStream

/// xorshift64*: the same splits in each run.
private struct SeededNumbers: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 2_685_821_657_736_338_717
    }
}

private let recordings: [(name: String, format: StreamFormat)] = WireCapture.present(own, besides: foreign)

private let own: [(name: String, format: StreamFormat)] =
    [
        "own_chat_usage", "own_chat_plain", "own_completions", "own_emoji", "own_emoji_escaped", "own_logprobs",
        "own_thinking", "own_comments", "own_long", "own_cut",
    ].map { ($0, .openAI) } + ["own_ollama_chat", "own_ollama_generate"].map { ($0, .ollama) }
    + [("own_llama_completion", .llamaCompletion)]

private let foreign: [(name: String, format: StreamFormat)] =
    [
        "chat_emoji_utf8", "chat_logprobs", "chat_on_base_model_no_template", "chat_stop_eos", "chat_stop_string",
        "chat_stream_nousage", "chat_stream_short_usage", "chat_stream_tpt", "err_unknown_model_name",
        "v1_completions_stream",
    ].map { ($0, .openAI) }
    + [
        "completion_stream_short", "completion_stream_tpt", "cancelled_by_client", "server_killed_midstream",
        "ctx_overflow_generation",
    ].map { ($0, .llamaCompletion) } + [("smol_analysis_chat", .openAI)]

@Suite struct `Token scanner` {
    private func check(_ pieces: [ArraySlice<UInt8>], _ format: StreamFormat, _ comment: String = "") {
        let expected = TreeDecoder.decode(pieces, format: format)
        #expect(DecodedStream(scanning: pieces, format: format) == expected, "\(comment)")
        var silent = expected
        silent.pieces = []
        #expect(DecodedStream(scanning: pieces, format: format, keepsText: false) == silent, "\(comment)")
    }

    private func checkEverySplit(_ body: [UInt8], _ format: StreamFormat, stride: Int = 1) {
        // What does not depend on the split is computed once; only stamps differ.
        let whole = TreeDecoder.decode([body[...]], format: format)
        var cut = 0
        while cut <= body.count {
            var halves = DecodedStream(scanning: [body[..<cut], body[cut...]], format: format)
            #expect(halves.stamps == halves.stamps.sorted())
            #expect(halves.stamps.count == whole.stamps.count)
            halves.stamps = whole.stamps
            halves.endMarkerAt = halves.endMarkerAt.map { _ in whole.endMarkerAt ?? -1 }
            halves.firstThinkingAt = halves.firstThinkingAt.map { _ in whole.firstThinkingAt ?? -1 }
            if halves != whole {
                Issue.record("cut at \(cut) gives \(halves), not \(whole)")
                return
            }
            cut += stride
        }
    }

    @Test(
        "each recorded stream cut in two at every place gives what the tree gives", arguments: recordings)
    func recordedSplits(name: String, format: StreamFormat) throws {
        let body = try WireCapture(name).body
        #expect(TreeDecoder.decode([body[...]], format: format).stamps.count > 0)
        guard body.count > 4000 else { return checkEverySplit(body, format) }
        // In a long stream each place is cut with the events around it, and places a prime apart with all of it.
        checkEverySplit(body, format, stride: 101)
        let ends = eventEnds(in: body)
        for first in stride(from: 0, to: ends.count - 3, by: 2) {
            checkEverySplit(Array(body[ends[first]..<ends[first + 3]]), format)
        }
    }

    /// Where the events of a stream begin and end.
    private func eventEnds(in body: [UInt8]) -> [Int] {
        [0] + body.indices.dropFirst().filter { body[$0 - 1] == 0x0A && body[$0] == 0x0A }.map { $0 + 1 }
    }

    @Test(
        "recorded streams in random pieces have the stamps that the tree gives them", arguments: recordings)
    func randomSplits(name: String, format: StreamFormat) throws {
        let body = try WireCapture(name).body
        var numbers = SeededNumbers(state: 0x9E37_79B9_7F4A_7C15)
        for longest in [1, 3, 17, 90, 400, 2000] {
            var pieces: [ArraySlice<UInt8>] = []
            var start = 0
            while start < body.count {
                let end = min(body.count, start + 1 + Int(truncatingIfNeeded: numbers.next() % UInt64(longest)))
                pieces.append(body[start..<end])
                start = end
            }
            check(pieces, format, "\(name) in pieces of up to \(longest) bytes")
        }
    }

    @Test(
        "what only looks like content is none",
        arguments: [
            // In another object, in a string, behind another key, in a later choice.
            #"{"choices":[{"delta":{"role":"assistant"},"logprobs":{"content":"x"}}]}"#,
            #"{"note":"\"choices\":[{\"delta\":{\"content\":\"x\"}}]","choices":[]}"#,
            #"{"content":"x","choices":[{"delta":{}}]}"#,
            #"{"choices":[{"index":0,"delta":{}},{"index":1,"delta":{"content":"x"}}]}"#,
            #"{"choices":[{"delta":{"tool_calls":[{"content":"x"}]}}]}"#,
            #"{"choices":[{"delta":{"content":null}}]}"#, #"{"choices":[{"delta":{"content":["x"]}}]}"#,
            #"{"choices":{"delta":{"content":"x"}}}"#, #"{"choices":[["delta",{"content":"x"}]]}"#,
            #"{"choices":[]}"#, #"{"choices":[{"delta":null,"text":""}]}"#, "{}",
        ])
    func lookAlikes(object: String) {
        let pieces = [Array("data: \(object)\n\n".utf8)[...]]
        check(pieces, .openAI)
        #expect(DecodedStream(scanning: pieces, format: .openAI).stamps.isEmpty)
    }

    @Test(
        "content is found whatever the order, the white space and the escapes",
        arguments: [
            (#"{"choices":[{"delta":{"content":"x"}}]}"#, "x"),
            (#"{"object":"c","choices":[{"index":0,"finish_reason":null,"delta":{"role":"a","content":"x"}}]}"#, "x"),
            (#" { "usage" : null , "choices" : [ { "delta" : { "content" : "x" } } ] , "n" : [ ] , "m" : { } } "#, "x"),
            (#"{"choices":[{"delta":{"content":"\\\"content\\\":\\u0041"}}]}"#, #"\"content\":\u0041"#),
            (#"{"choices":[{"delta":{"content":"a\tb\u00e9\ud83d\ude00\/"}}]}"#, "a\tbé😀/"),
            (#"{"choices":[{"text":"x","logprobs":null}]}"#, "x"),
            (#"{"choices":[{"text":"y","delta":{"content":"x"}}]}"#, "x"),
            (#"{"choices":[{"delta":{"content":null},"text":"x"}]}"#, "x"),
            (#"{"\u0063hoices":[{"delta":{"cont\u0065nt":"x"}}]}"#, "x"),
            (#"{"choices":[{"delta":{"content":"日本語🇩🇪"}}],"k":[1,-2.5,true,false,null,{"a":[[]]}]}"#, "日本語🇩🇪"),
            (#"{"choices":[{"delta":{"content":"x"}}],"n":1e3}"#, "x"),
            (#"{"choices":[{"delta":{"content":"x"},"finish_reason":"length"}]}"#, "x"),
        ])
    func found(object: String, text: String) {
        for separator in ["\n\n", "\r\n\r\n"] {
            let body = Array("data: \(object)\(separator)".utf8)
            checkEverySplit(body, .openAI)
            #expect(DecodedStream(scanning: [body[...]], format: .openAI).pieces == [text])
        }
    }

    @Test(
        "each field of Ollama's two routes is found",
        arguments: [
            #"{"message":{"content":"a"},"done":false}"#, #"{"response":"a","done":false}"#,
            #"{"done":false,"message":{"role":"assistant","thinking":"t","content":""}}"#,
            #"{"response":"","thinking":"t","done":false}"#, #"{"message":{"content":"a","thinking":"t"}}"#,
            #"{"message":{"content":""},"response":"b"}"#, #"{"message":null,"response":"b"}"#,
            #"{"message":{"content":"a"},"response":"b","thinking":"u","done":true,"eval_count":3}"#,
            #"{"error":null,"message":{"content":"a"}}"#, #"{"done":"true","response":"a"}"#,
        ])
    func ollama(object: String) {
        checkEverySplit(Array("\(object)\n\n\(object)".utf8), .ollama)
        check([Array("\(object)\n".utf8)[...]], .ollama)
    }

    @Test(
        "what is no JSON is refused as the tree refuses it",
        arguments: [
            "<html>", "{", "[]", "\"x\"", #"{"choices":[{"delta":{"content":"x"}}]"#,
            #"{"choices":[{"delta":{"content":"x"}}]}}"#, #"{"choices":[{"delta":{"content":"x",}}]}"#,
            #"{"choices":[{"delta":{"content":"\x"}}]}"#, #"{"choices":[{"delta":{"content":"\ud83d"}}]}"#,
            #"{"choices":[{"delta":{"content":"\ud83d\u0041"}}]}"#, #"{"choices":[{"delta":{"content":"\u12g4"}}]}"#,
            "{\"choices\":[{\"delta\":{\"content\":\"a\tb\"}}]}", #"{"n":01}"#, #"{"n":1.}"#, #"{"n":-}"#,
            #"{"n":+1}"#, #"{"n":nul}"#, #"{"n":truely}"#, #"{"n" 1}"#, #"{n:1}"#, #"{"a":1 "b":2}"#, #"{"a":[1,]}"#,
            #"{"choices":[{"delta":{"content":"x","content":"y"}}]}"#, #"{"choices":[],"choices":[]}"#,
            #"{"a":\#(String(repeating: "[", count: 300))"#, #"{"a":"\"#,
        ])
    func malformed(object: String) {
        let body = Array("data: \(object)\n\n".utf8)
        check([body[...]], .openAI)
        #expect(
            DecodedStream(scanning: [body[...]], format: .openAI).failure != nil || object == "[]" || object == "\"x\"")
    }

    @Test("bytes that are no UTF-8 are refused, wherever they stand")
    func invalidUTF8() {
        for bad in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]] {
            for (before, after) in [(#"{"response":"a"#, #"bcdefghijk"}"#), (#"{"other":""#, #"","response":"a"}"#)] {
                let body = Array(before.utf8) + bad + Array(after.utf8) + [0x0A]
                check([body[...]], .ollama)
                #expect(DecodedStream(scanning: [body[...]], format: .ollama).failure?.kind == .malformedStream)
            }
        }
    }

    @Test("random damage to a stream is judged as the tree judges it")
    func damage() {
        let stream = Array(
            (#"data: {"choices":[{"index":0,"delta":{"content":"ab\"c\u00e9 é"},"finish_reason":null}],"created":17}"#
                + "\n\n" + #"data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#
                + "\n\ndata: [DONE]\n\n").utf8)
        let replacements = Array(#"{}[]",:\0e.-tn"#.utf8) + [0x00, 0x0A, 0x0D, 0x20, 0x80, 0xC3, 0xFF]
        var numbers = SeededNumbers(state: 42)
        for round in 0..<20_000 {
            var body = stream
            for _ in 0...(round % 3) {
                let place = Int(truncatingIfNeeded: numbers.next() % UInt64(body.count))
                let byte = replacements[Int(truncatingIfNeeded: numbers.next() % UInt64(replacements.count))]
                switch numbers.next() % 3 {
                case 0: body[place] = byte
                case 1: body.insert(byte, at: place)
                default: body.remove(at: place)
                }
            }
            let expected = TreeDecoder.decode([body[...]], format: .openAI)
            let found = DecodedStream(scanning: [body[...]], format: .openAI)
            if found != expected {
                Issue.record("\(String(decoding: body, as: UTF8.self)): \(found), not \(expected)")
                return
            }
        }
    }

    @Test("several lines of data in one event are one object")
    func joinedLines() {
        let body = Array("data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"x\"}}]}\nid: 7\n\n".utf8)
        checkEverySplit(body, .openAI)
        #expect(DecodedStream(scanning: [body[...]], format: .openAI).pieces == ["x"])
    }

    @Test("a token of 10 MB is one token")
    func largeToken() {
        let text = String(repeating: "0123456789abcdef\\n", count: 600_000)
        let body = Array(#"{"response":"\#(text)","done":false}"#.utf8) + [0x0A]
        var pieces: [ArraySlice<UInt8>] = []
        for start in stride(from: 0, to: body.count, by: 16_384) {
            pieces.append(body[start..<min(body.count, start + 16_384)])
        }
        let found = DecodedStream(scanning: pieces, format: .ollama)
        #expect(found.stamps == [Int64(pieces.count - 1)])
        #expect(found.pieces.first?.utf8.count == 600_000 * 17)
    }

    @Test("a line beyond the limit is refused")
    func tooLong() {
        let decoder = StreamDecoder(format: .ollama, keepsText: false)
        let piece = [UInt8](repeating: 0x61, count: 1 << 20)
        var failure: InvalidCall?
        for _ in 0...64 where failure == nil { failure = piece.withUnsafeBytes { decoder.receive($0, at: 1) } }
        #expect(failure?.kind == .tooLarge)
    }
}
