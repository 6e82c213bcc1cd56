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

private let recordings: [(name: String, api: ServerAPI)] = WireCapture.present(own, besides: foreign)

private let own: [(name: String, api: ServerAPI)] =
    [
        "own_chat_usage", "own_chat_plain", "own_completions", "own_emoji", "own_emoji_escaped", "own_logprobs",
        "own_thinking", "own_comments", "own_long", "own_cut",
    ].map { ($0, .openai) } + ["own_ollama_chat", "own_ollama_generate"].map { ($0, .ollama) }

private let foreign: [(name: String, api: ServerAPI)] =
    [
        "chat_emoji_utf8", "chat_logprobs", "chat_on_base_model_no_template", "chat_stop_eos", "chat_stop_string",
        "chat_stream_nousage", "chat_stream_short_usage", "chat_stream_tpt", "err_unknown_model_name",
        "v1_completions_stream",
    ].map { ($0, .openai) }
    + [("smol_analysis_chat", .openai)]

@Suite struct `Token scanner` {
    private func check(_ pieces: [ArraySlice<UInt8>], _ api: ServerAPI, _ comment: String = "") {
        let expected = TreeDecoder.decode(pieces, api: api)
        #expect(DecodedStream(scanning: pieces, api: api) == expected, "\(comment)")
        var silent = expected
        silent.pieces = []
        #expect(DecodedStream(scanning: pieces, api: api, keepsText: false) == silent, "\(comment)")
    }

    private func checkEverySplit(_ body: [UInt8], _ api: ServerAPI, stride: Int = 1) {
        // What does not depend on the split is computed once; only stamps differ.
        let whole = TreeDecoder.decode([body[...]], api: api)
        var cut = 0
        while cut <= body.count {
            var halves = DecodedStream(scanning: [body[..<cut], body[cut...]], api: api)
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

    @Test("each dialect has recorded answers") func everyDialect() {
        #expect(Set(own.map(\.api)) == Set(ServerAPI.allCases))
    }

    @Test(
        "each recorded stream cut in two at every place gives what the tree gives", arguments: recordings)
    func recordedSplits(name: String, api: ServerAPI) throws {
        let body = try WireCapture(name).body
        #expect(TreeDecoder.decode([body[...]], api: api).stamps.count > 0)
        guard body.count > 4000 else { return checkEverySplit(body, api) }
        // In a long stream each place is cut with the events around it, and places a prime apart with all of it.
        checkEverySplit(body, api, stride: 101)
        let ends = eventEnds(in: body)
        for first in stride(from: 0, to: ends.count - 3, by: 2) {
            checkEverySplit(Array(body[ends[first]..<ends[first + 3]]), api)
        }
    }

    /// Where the events of a stream begin and end.
    private func eventEnds(in body: [UInt8]) -> [Int] {
        [0] + body.indices.dropFirst().filter { body[$0 - 1] == 0x0A && body[$0] == 0x0A }.map { $0 + 1 }
    }

    @Test(
        "recorded streams in random pieces have the stamps that the tree gives them", arguments: recordings)
    func randomSplits(name: String, api: ServerAPI) throws {
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
            check(pieces, api, "\(name) in pieces of up to \(longest) bytes")
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
        check(pieces, .openai)
        #expect(DecodedStream(scanning: pieces, api: .openai).stamps.isEmpty)
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
            checkEverySplit(body, .openai)
            #expect(DecodedStream(scanning: [body[...]], api: .openai).pieces == [text])
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
        check([body[...]], .openai)
        #expect(
            DecodedStream(scanning: [body[...]], api: .openai).failure != nil || object == "[]" || object == "\"x\"")
    }

    @Test("bytes that are no UTF-8 are refused, wherever they stand")
    func invalidUTF8() {
        for bad in [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]] {
            for (before, after) in [(#"{"response":"a"#, #"bcdefghijk"}"#), (#"{"other":""#, #"","response":"a"}"#)] {
                let body = Array(before.utf8) + bad + Array(after.utf8) + [0x0A]
                check([body[...]], .ollama)
                #expect(DecodedStream(scanning: [body[...]], api: .ollama).failure?.kind == .malformedStream)
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
            let expected = TreeDecoder.decode([body[...]], api: .openai)
            let found = DecodedStream(scanning: [body[...]], api: .openai)
            if found != expected {
                Issue.record("\(String(decoding: body, as: UTF8.self)): \(found), not \(expected)")
                return
            }
        }
    }

    @Test("several lines of data in one event are one object")
    func joinedLines() {
        let body = Array("data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"x\"}}]}\nid: 7\n\n".utf8)
        checkEverySplit(body, .openai)
        #expect(DecodedStream(scanning: [body[...]], api: .openai).pieces == ["x"])
    }

    @Test("a token of 10 MB is one token")
    func largeToken() {
        let text = String(repeating: "0123456789abcdef\\n", count: 600_000)
        let body = Array(#"{"response":"\#(text)","done":false}"#.utf8) + [0x0A]
        var pieces: [ArraySlice<UInt8>] = []
        for start in stride(from: 0, to: body.count, by: 16_384) {
            pieces.append(body[start..<min(body.count, start + 16_384)])
        }
        let found = DecodedStream(scanning: pieces, api: .ollama)
        #expect(found.stamps == [Int64(pieces.count - 1)])
        #expect(found.pieces.first?.utf8.count == 600_000 * 17)
    }

    @Test("a line beyond the limit is refused")
    func tooLong() {
        let decoder = StreamDecoder(reading: ServerAPI.ollama.dialect, keepsText: false)
        let piece = [UInt8](repeating: 0x61, count: 1 << 20)
        var failure: InvalidCall?
        for _ in 0...64 where failure == nil { failure = piece.withUnsafeBytes { decoder.receive($0, at: 1) } }
        #expect(failure?.kind == .tooLarge)
    }
}
