import GateCore
import TestSupport
import Testing

@testable import GateStream

@Suite struct `Stream decoder` {
    /// Decodes the pieces, each with its index as stamp.
    private func decode(_ pieces: [ArraySlice<UInt8>], as api: ServerAPI) -> StreamDecoder {
        let decoder = StreamDecoder(reading: api.dialect, keepsText: true)
        for (index, piece) in pieces.enumerated() {
            _ = piece.withUnsafeBytes { decoder.receive($0, at: Int64(index)) }
        }
        _ = decoder.streamEnded(at: Int64(pieces.count))
        return decoder
    }

    private func text(_ decoder: StreamDecoder) -> String {
        (decoder.pieces ?? []).filter { $0.channel == .content }.map(\.text).joined()
    }

    @Test("how far an answer is can be asked from its first piece on, and not when the call is over")
    func progress() {
        let progress = AnswerProgress()
        #expect(progress.now == nil)
        progress.begin(at: 1)
        let decoder = StreamDecoder(reading: ServerAPI.ollama.dialect, keepsText: false, progress: progress)
        func receive(_ texts: String..., at stamp: Int64) {
            let bytes = Array(texts.map { #"{"response":"\#($0)","done":false}"# + "\n" }.joined().utf8)
            _ = bytes.withUnsafeBytes { decoder.receive($0, at: stamp) }
        }
        receive("", at: 2)
        #expect(progress.now == AnswerUnderWay(beganNs: 1, firstPieceNs: nil, pieces: 0))
        receive("a", at: 3)
        receive("b", "c", at: 5)
        #expect(progress.now == AnswerUnderWay(beganNs: 1, firstPieceNs: 3, pieces: 3))
        progress.end()
        #expect(progress.now == nil)
        progress.begin(at: 9)
        #expect(progress.now == AnswerUnderWay(beganNs: 9, firstPieceNs: nil, pieces: 0))
    }

    @Test(
        "tokens and cache come from the usage, not from counting chunks",
        arguments: WireCapture.present([("own_chat_usage", 942)], besides: [("chat_stream_short_usage", 33)]))
    func usage(name: String, promptTokens: Int) throws {
        let decoder = decode([try WireCapture(name).body[...]], as: .openai)
        #expect(decoder.figures.tokens == 8)
        #expect(decoder.figures.promptTokens == promptTokens)
        #expect(decoder.figures.cachedPromptTokens == 0)
        #expect(decoder.end == .regular(.length))
        #expect(try #require(decoder.figures.evalSeconds) > 0)
    }

    @Test("a heartbeat comment, a role chunk and empty content are no content")
    func noContent() {
        let stream = """
            :

            data: {"choices":[{"index":0,"delta":{"role":"assistant","content":null}}]}

            data: {"choices":[{"index":0,"delta":{"content":""}}]}

            data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}

            data: {"choices":[{"index":0,"finish_reason":"stop","delta":{}}]}

            data: [DONE]


            """
        let lines = stream.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) + [0x0A] }
        let decoder = decode(lines.map { $0[...] }, as: .openai)
        #expect(text(decoder) == "Hi")
        #expect(decoder.stamps.firstContent == 7)
        #expect(decoder.end == .regular(.stop))
        #expect(decoder.endMarkerAt == 11)
    }

    @Test("thinking is stamped apart from content")
    func thinking() {
        let pieces = [
            #"{"message":{"content":"","thinking":"hm"},"done":false}"#, #"{"message":{"content":"Yes"},"done":false}"#,
            #"{"message":{"content":""},"done":true,"done_reason":"stop","eval_count":5,"eval_duration":2000000000,"load_duration":1500000000,"prompt_eval_count":7}"#,
        ].map { (Array($0.utf8) + [0x0A])[...] }
        let decoder = decode(pieces, as: .ollama)
        #expect(decoder.stamps.firstThinking == 0)
        #expect(decoder.stamps.firstContent == 1)
        #expect(decoder.figures == ServerFigures(loadSeconds: 1.5, evalSeconds: 2, promptTokens: 7, tokens: 5))
        #expect(decoder.endMarkerAt == 2)
    }

    @Test("contents of one read are counted as coalesced")
    func coalesced() {
        let one = #"{"response":"a","done":false}"# + "\n"
        let decoder = decode([Array((one + one + one).utf8)[...], Array(one.utf8)[...]], as: .ollama)
        #expect(decoder.stamps.arrivals.count == 4)
        #expect(decoder.stamps.coalesced == 2)
    }

    @Test(
        "an error object inside the stream ends it",
        arguments: [
            (ServerAPI.ollama, #"{"error":"an error was encountered while running the model"}"# + "\n"),
            (
                .openai,
                #"data: {"error":{"message":"an error was encountered while running the model","code":500}}"# + "\n\n"
            ),
            (.openai, #"error: {"code":500,"message":"an error was encountered while running the model"}"# + "\n\n"),
        ])
    func errorObject(api: ServerAPI, line: String) {
        let decoder = StreamDecoder(reading: api.dialect, keepsText: true)
        let failure = Array(line.utf8).withUnsafeBytes { decoder.receive($0, at: 1) }
        #expect(failure == InvalidCall(.serverError, "an error was encountered while running the model"))
    }

    @Test("a line that is not JSON makes the call invalid, and a page is named as one")
    func malformed() {
        for (text, kind) in [("{,}\n", InvalidCall.Kind.malformedStream), ("<html>\n", .notStreamed)] {
            let decoder = StreamDecoder(reading: ServerAPI.ollama.dialect, keepsText: false)
            let failure = Array(text.utf8).withUnsafeBytes { decoder.receive($0, at: 1) }
            #expect(failure?.kind == kind)
        }
    }
}
