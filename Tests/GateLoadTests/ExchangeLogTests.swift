import Foundation
import GateCore
import TestSupport
import Testing

@testable import GateLoad

@Suite struct `File of requests` {
    private func object(_ line: some StringProtocol) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }

    @Test("a line has every stamp, the counts, the clock and the outcome")
    func line() throws {
        var bytes: [UInt8] = []
        ExchangeLine(id: "run-1/load/1", record: record(sentMs: 5, offsetsMs: [100, 120, 120])).append(to: &bytes)
        #expect(
            String(decoding: bytes, as: UTF8.self) == """
                {"id":"run-1/load/1","sent_monotonic_ns":1005000000,"token_offsets_ns":[100000000,120000000,120000000],\
                "first_content_offset_ns":100000000,"first_thinking_offset_ns":null,"thinking_ns":0,\
                "end_offset_ns":150000000,"scheduled_monotonic_ns":1004999500,\
                "began_monotonic_ns":1004999500,"connect_ns":400,"counts":{"arrivals":3,"coalesced":1,"thinking_arrivals":0,\
                "first_read_arrivals":1,"first_read_bytes":5,"text_bytes":15,"tokens":3,"thinking_tokens":null,\
                "prompt_tokens":9,"body_bytes":512},"clock":"kernel_receive","clock_uncertainty_ns":80,\
                "longest_lag_ns":0,"degraded":true,"throughput_degraded":false,"status":200,"outcome":"completed","finish":"stop"}

                """)
    }

    @Test("what a server said stays one line of JSON, whatever it is")
    func hostile() throws {
        let said = "a \"quoted\" \\ line\nand \u{0}\u{1b}[31m 😀"
        var bytes: [UInt8] = []
        let bad = record(offsetsMs: [], tokens: nil, outcome: .invalid(InvalidCall(.serverError, said)))
        ExchangeLine(id: "1", record: bad).append(to: &bytes)
        #expect(bytes.count { $0 == 0x0A } == 1)
        let object = try object(String(decoding: bytes, as: UTF8.self))
        #expect(object["detail"] as? String == said)
        #expect(object["outcome"] as? String == "server_error")
        #expect((object["token_offsets_ns"] as? [Int])?.isEmpty == true)
    }

    @Test("lines are in the file in the order in which requests ended")
    func file() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "exchanges.jsonl").path
        try "an older file\n".write(toFile: path, atomically: true, encoding: .utf8)
        let log = try ExchangeLog(path: path)
        for number in 0..<500 { log.append(record(number: number, sentMs: Int64(number)), id: "\(number)") }
        try log.finish()
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        #expect(try lines.map { try object($0)["id"] as? String } == (0..<500).map(String.init))
    }

    @Test("a load that goes on keeps the lines of its finished runs, and nothing of the one that was cut")
    func resumed() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "exchanges.jsonl").path
        func write(_ runs: ClosedRange<Int>, to log: ExchangeLog) throws {
            for run in runs {
                for number in 1...3 { log.append(record(number: number), id: "run-\(run)/load/\(number)") }
            }
            try log.finish()
        }
        try write(1...3, to: try ExchangeLog(path: path))
        let cut = try String(contentsOfFile: path, encoding: .utf8) + #"{"id":"run-3/lo"#
        try cut.write(toFile: path, atomically: true, encoding: .utf8)
        let log = try ExchangeLog(path: path, keepingRuns: 2)
        #expect(!log.lacksRuns)
        try write(3...4, to: log)
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let expected = (1...4).flatMap { run in (1...3).map { "run-\(run)/load/\($0)" } }
        #expect(try lines.map { try object($0)["id"] as? String } == expected)

        let new = try ExchangeLog(path: path + ".new", keepingRuns: 2)
        #expect(new.lacksRuns)
        try "not a line of ours\n".write(toFile: path, atomically: true, encoding: .utf8)
        let foreign = try ExchangeLog(path: path, keepingRuns: 1)
        #expect(foreign.lacksRuns)
        #expect(try String(contentsOfFile: path, encoding: .utf8).isEmpty)
    }

    @Test("a place that cannot be written is an error before anything is measured")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        #expect(throws: ExchangeLogError.self) { try ExchangeLog(path: folder.url.path) }
        #expect(throws: ExchangeLogError.self) {
            try ExchangeLog(path: folder.url.appending(path: "no/such/folder.jsonl").path)
        }
        let fifo = folder.url.appending(path: "fifo").path
        #expect(mkfifo(fifo, 0o600) == 0)
        #expect(throws: ExchangeLogError.self) { try ExchangeLog(path: fifo) }
    }

    @Test("a full disk is told at the end")
    func full() throws {
        let log = try ExchangeLog(path: "/dev/full")
        log.append(record(), id: "1")
        #expect(throws: ExchangeLogError(path: "/dev/full", code: ENOSPC, isNew: false)) { try log.finish() }
    }
}
