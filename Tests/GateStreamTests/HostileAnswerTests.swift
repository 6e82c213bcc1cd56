import GateCore
import TestSupport
import Testing

@testable import GateStream

/// Deflate (RFC 1951) of the one byte over and over: 13 bits for each 258 of them.
private struct GzipBomb {
    private(set) var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    private var pending = 0
    private var count = 0

    init(of byte: UInt8, megabytes: Int) {
        add([true, true, false])
        add(code: Int(clamping: byte) + 0x30, bits: 8)
        for _ in 0..<(megabytes << 20) / 258 {
            // The longest match, at a distance of one.
            add(code: 0b1100_0101, bits: 8)
            add(code: 0, bits: 5)
        }
        add(code: 0, bits: 7)
        while count != 0 { add([false]) }
        bytes += [UInt8](repeating: 0, count: 8)
    }

    private mutating func add(code: Int, bits: Int) {
        add((0..<bits).reversed().map { code >> $0 & 1 == 1 })
    }

    private mutating func add(_ bits: [Bool]) {
        for bit in bits {
            if bit { pending |= 1 << count }
            count += 1
            if count == 8 {
                bytes.append(UInt8(clamping: pending))
                (pending, count) = (0, 0)
            }
        }
    }
}

@Suite struct `An answer that was made to hurt` {
    private func record(
        _ server: ScriptedServer, tokenCap: Int? = nil, totalSeconds: Double = 30
    ) throws -> CallRecord {
        var timeouts = TimeoutConfiguration()
        timeouts.totalSeconds = totalSeconds
        let engine = try CallEngine(
            endpoint: Endpoint(
                url: server.url + "/api/chat", api: .ollama, timeouts: timeouts, tokenCap: tokenCap))
        var schedule = TestSchedule(requests: 1)
        engine.run(&schedule)
        return try #require(schedule.records.first)
    }

    private func reason(_ record: CallRecord) -> InvalidCall? {
        if case .invalid(let reason) = record.outcome { reason } else { nil }
    }

    private func bomb(of byte: Character, megabytes: Int) throws -> ScriptedServer {
        let bomb = GzipBomb(of: byte.asciiValue ?? 0, megabytes: megabytes).bytes
        #expect(bomb.count < megabytes << 13)
        return try ScriptedServer([
            .send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"), .sendBytes(bomb),
        ])
    }

    @Test(
        "a compressed body is stopped at its cap, as it would be uncompressed", arguments: ["\n", "x"] as [Character])
    func bombAgainstCap(byte: Character) throws {
        let record = try record(bomb(of: byte, megabytes: 64), tokenCap: 8)
        #expect(reason(record)?.kind == .tooLarge, "\(record.outcome)")
        #expect(record.bodyBytes < 8 << 20)
    }

    @Test("a compressed body ends at the total time-out, however much of it one read gives")
    func bombAgainstTime() throws {
        let record = try record(bomb(of: "\n", megabytes: 200), totalSeconds: 0.01)
        #expect(reason(record)?.kind == .totalTimeout, "\(record.outcome)")
        #expect(record.bodyBytes < 200 << 20)
    }

    @Test("an answer before its request is no call, or has no time below zero")
    func early() throws {
        let answer =
            #"{"message":{"content":"one"},"done":false}"# + "\n"
            + #"{"done":true,"done_reason":"stop","eval_count":1}"#
            + "\n"
        let server = try ScriptedServer(
            [.okay + [.send(answer), .hang]], waits: false)
        for _ in 0..<20 {
            let record = try record(server)
            if record.outcome.isValid {
                #expect((record.measurements["ttft"] ?? 0) >= 0 && (record.measurements["total"] ?? 0) >= 0)
            } else {
                #expect(
                    reason(record)
                        == InvalidCall(.malformedStream, "the server answered before the request was written"))
                #expect(record.measurements.isEmpty)
            }
        }
    }

    @Test(
        "durations that are longer than the call are left out, and the call is as good as its arrivals",
        arguments: ["total_duration", "load_duration", "prompt_eval_duration", "eval_duration"])
    func longDurations(name: String) throws {
        func record(milliseconds: Int) throws -> CallRecord {
            let end =
                #"{"done":true,"done_reason":"stop","eval_count":2,"prompt_eval_count":4,"\#(name)":\#(milliseconds)000000}"#
            return try self.record(
                try ScriptedServer(
                    .okay + [
                        .send(#"{"message":{"content":"one"},"done":false}"# + "\n"), .pause(milliseconds: 5),
                        .send(#"{"message":{"content":" two"},"done":false}"# + "\n\(end)\n"),
                    ]))
        }
        let lie = try record(milliseconds: 3_600_000)
        #expect(lie.outcome == .completed(.stop))
        #expect(lie.server == ServerFigures(promptTokens: 4, tokens: 2))
        #expect(lie.timing.serverTimesRefused == true)
        let truth = try record(milliseconds: 5)
        #expect(truth.server != ServerFigures(promptTokens: 4, tokens: 2) && truth.timing.serverTimesRefused == nil)
    }
}
