import GateCore
import GateFiles
import TestSupport
import Testing

@Suite struct CanonicalJSONTests {
    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try CanonicalJSON.encode(value), as: UTF8.self)
    }

    private func decode(_ text: String) throws(FormatError) -> Session {
        try CanonicalJSON.decode(Session.self, from: Array(text.utf8), file: "s/session.json")
    }

    @Test("a session, a baseline and a recording come back as they were written")
    func roundTrip() throws {
        let session = Fixtures.session(
            runs: [
                Fixtures.run(1, isWarmup: true),
                Fixtures.run(2, calls: [Fixtures.call(.analysis, outcome: .invalid(.init(.cutStream, "ended early")))]),
            ], warnings: [Warning("load 3.1", remedy: "Wait.")],
            policy: Policy(
                metrics: [
                    MetricPolicy(metric: "ttft", stage: .report, tolerance: .absolute(0.05), budget: Budget(max: 2)),
                    MetricPolicy(metric: "throughput", tolerance: .relative(percent: 7.5)),
                ], inconclusive: .fail))
        #expect(try decode(text(session)) == session)

        let baseline = Fixtures.baseline()
        let bytes = try CanonicalJSON.encode(baseline)
        #expect(try CanonicalJSON.decode(Baseline.self, from: bytes, file: "b") == baseline)
        #expect(try CanonicalJSON.encode(CanonicalJSON.decode(Baseline.self, from: bytes, file: "b")) == bytes)

        let recording = Fixtures.recording(texts: ["a\nb", "/", "\u{0}\u{1F600}\"", "é"])
        let line = try CanonicalJSON.encodeLine(recording)
        #expect(line.count { $0 == 0x0A } == 1 && line.last == 0x0A)
        #expect(try CanonicalJSON.decodeLine(ExchangeRecording.self, from: line, file: "r") == recording)
    }

    @Test("keys are snake_case and sorted, slashes are not escaped, the file ends with one newline")
    func form() throws {
        let text = try text(Fixtures.baseline().sessions[0].approval)
        #expect(
            text == """
                {
                  "approved_at" : "2026-11-23T20:30:00Z",
                  "approved_by" : "maintainers@example.org",
                  "commit" : "4d0e2b7c9a1c44e0b7f2d9a1c44e0b7f2d9a1c44",
                  "reason" : "first baseline"
                }

                """)
        #expect(try self.text(["a/b"]).contains("\"a/b\""))
    }

    @Test("infinity and NaN are refused with their place and written nowhere", arguments: [Double.nan, .infinity])
    func notFinite(value: Double) throws {
        let sample = Sample(check: CheckID(stage: .report, metric: "ttft"), unit: .seconds, values: [1, value])
        let error = #expect(throws: FormatError.self) { try CanonicalJSON.encode(sample) }
        #expect(error?.message.contains("'values[1]'") == true)
    }

    @Test("a newer version is named before anything else is looked at")
    func newerVersion() {
        #expect(throws: FormatError.newerVersion(file: "s/session.json", found: 2, supported: 1)) {
            try decode(#"{"format_version": 2, "new": true}"#)
        }
        #expect(throws: FormatError.unknownVersion(file: "s/session.json", found: 0, supported: 1)) {
            try decode(#"{"format_version": 0}"#)
        }
    }

    @Test(
        "what is wrong is said with its place",
        arguments: [
            ("\"cpu_count\" : 2", "\"cpu_count\" : \"2\"", "environment.cpu_count", "should be a whole number"),
            ("\"cpu_count\" : 2", "\"cpu_count\" : 2.5", "environment.cpu_count", "should be a whole number"),
            ("\"cpu_count\" : 2,", "", "environment.cpu_count", "is missing"),
            ("\"cpu_count\" : 2", "\"cpu_count\" : 2, \"fans\": 1", "environment.fans", "is not a key"),
            ("\"cpu_count\"", "\"cpuCount\"", "environment.cpuCount", "is not a key"),
            ("\"is_warmup\" : false", "\"is_warmup\" : 0", "runs[0].is_warmup", "should be true or false"),
            ("\"wall_seconds\" : 5.1", "\"wall_seconds\" : null", "runs[0].stages[0].wall_seconds", "number"),
            ("\"workload\" : \"analysis\"", "\"workload\" : \"trial\"", "configuration.workload", "trial"),
            ("20:30:58Z", "20:30:60Z", "finished_at", "20:31:00Z"),
            ("2026-11-23T20:30:58Z", "yesterday", "finished_at", "is not a UTC time"),
            ("\"unit\" : \"s\"", "\"unit\" : \"count\"", "runs[0].measurements", "is not a metric"),
            ("\"truncated\" : false", "\"truncated\" : true", "runs[0].stages[0].exchanges[0].outcome.truncated", ""),
        ])
    func wrongValue(old: String, new: String, place: String, detail: String) throws {
        let good = try text(Fixtures.session())
        let bad = good.replacing(old, with: new, maxReplacements: 1)
        try #require(bad != good)
        let error = #expect(throws: FormatError.self) { try decode(bad) }
        guard case .wrongValue("s/session.json", place, let foundDetail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(foundDetail.contains(detail))
    }

    @Test("the same metric twice is refused, not overwritten")
    func twice() throws {
        let run = #"[{"metric":"ttft","unit":"s","value":1},{"metric":"ttft","unit":"s","value":9}]"#
        #expect(throws: FormatError.wrongValue(file: "f", place: "", detail: "says something more than once")) {
            try CanonicalJSON.decodeLine(Measurements.self, from: Array(run.utf8), file: "f")
        }
    }

    @Test(
        "what is not JSON is refused with line and column",
        arguments: [
            "", "{", "[1", "{\"format_version\":1,}", "\u{0}", "{\"format_version\":1}x",
            "{\"format_version\":1,\"format_version\":2}", "{\"a\":1e999}", "{\"a\":NaN}", "{\"a\":01}",
            String(repeating: "[", count: 100_000),
        ])
    func notJSON(text: String) {
        let error = #expect(throws: FormatError.self) { try decode(text) }
        guard case .notJSON("s/session.json", let detail) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(detail.hasPrefix("line 1, column "))
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() {
        for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0xFF, 0xFE, 0x7B, 0, 0x7D, 0]] {
            #expect(throws: FormatError.self) {
                try CanonicalJSON.decode(Session.self, from: bytes, file: "s/session.json")
            }
        }
    }
}
