import GateCore
import Testing

@testable import GateReplay

@Suite("Which recording answers")
struct RecordingLibraryTests {
    private let stages = [
        recording(id: "a1", prompt: "Analyse these facts: 1, 2. Be brief."),
        recording(id: "b1", stage: .report, prompt: "Write a report on: 1, 2. Be brief."),
        recording(id: "a2", prompt: "Analyse these facts: 1, 2. Be brief."),
        recording(id: "b2", stage: .report, prompt: "Write a report on: 1, 3. Be brief."),
    ]

    @Test("the longest common beginning decides, and then the longest common end")
    func scores() throws {
        let library = try RecordingLibrary(stages)
        #expect(library.best(for: "Analyse these facts: 1, 9. Be brief.", model: nil) == [0, 2])
        #expect(library.best(for: "Write a report on: 1, 3. Be brief.", model: nil) == [3])
        #expect(library.best(for: "Write a report on: 1, 2. Be long.", model: nil) == [1])
        // Nothing in common at the beginning of any, all of the end of some.
        #expect(library.best(for: "[x] report on: 1, 2. Be brief.", model: nil) == [1])
        #expect(library.best(for: "", model: nil) == [0, 1, 2, 3])
    }

    @Test("only the requested model's recordings are looked at, where it was recorded")
    func model() throws {
        let library = try RecordingLibrary([recording(id: "1"), recording(id: "2", model: "other")])
        #expect(library.best(for: "Analyse the data.", model: "other") == [1])
        #expect(library.model(named: "nobody") == nil)
        #expect(library.model(named: "other:latest") == "other")
    }

    @Test("recordings that fit equally well take turns, each group by itself")
    func rotation() throws {
        let server = try RunningServer(stages)
        for prompt in ["Analyse these facts: 1, 2. Be brief.", "Write a report on: 1, 2. Be brief."] {
            for _ in 0..<3 {
                _ = try server.post("/api/generate", #"{"model":"toy","prompt":"\#(prompt)"}"#)
            }
        }
        #expect(server.server.requests.map(\.recording) == ["a1", "a2", "a1", "b1", "b1", "b1"])
    }

    @Test("a nonce in the system message does not disturb")
    func nonce() throws {
        let server = try RunningServer(stages)
        let body = """
            {"messages":[{"role":"system","content":"nonce 4711\\nYou are terse."},\
            {"role":"user","content":"Write a report on: 1, 3. Be brief."}]}
            """
        _ = try server.post("/v1/chat/completions", body)
        #expect(server.server.requests.last?.recording == "b2")
    }

    @Test("recordings that cannot be played are refused with a reason")
    func unusable() {
        func backwards() -> ExchangeRecording {
            ExchangeRecording(
                id: "x", stage: .analysis, model: "m", system: "", prompt: "",
                arrivals: [
                    ContentArrival(offsetNs: milliseconds(2), text: "a"),
                    ContentArrival(offsetNs: milliseconds(1), text: "b"),
                ], finish: .stop, endNs: milliseconds(3), server: ServerFigures())
        }
        #expect(throws: ReplayError.noRecordings) { try ReplayServer(recordings: []) }
        #expect(
            throws: ReplayError.unusableRecording(
                id: "x", reason: "piece 2 arrives before the one before it, or more than a day late")
        ) { try ReplayServer(recordings: [backwards()]) }
        for server in [
            ServerFigures(evalSeconds: .nan), ServerFigures(loadSeconds: -1), ServerFigures(totalSeconds: .infinity),
            ServerFigures(tokens: -1), ServerFigures(promptTokens: .max),
        ] {
            #expect(throws: ReplayError.self) { try ReplayServer(recordings: [recording(server: server)]) }
        }
    }
}
