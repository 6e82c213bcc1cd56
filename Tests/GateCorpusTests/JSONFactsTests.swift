import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

@Suite("facts of JSON") struct JSONFactsTests {
    func findings(_ text: String) throws -> CollectedFindings {
        try collected(from: text, "a.json") { bytes, file, collector throws(FileRefusal) in
            try JSONFacts.read(bytes, file: file, into: &collector)
        }
    }

    @Test("the owner is the path, and the names and settings on it") func owner() throws {
        let facts = try findings(
            """
            {"model": {"name": "transformer", "layers": 2}, "options": {"temperature": 0.3, "top_p": 0.9},
             "backends": {"eager": {"backend": "eager", "mean_time_ms": 1.5}},
             "results": [{"prompt": "p1", "ttft_s": 0.1}, {"ttft_s": 0.2}]}
            """
        ).measured
        let settings = ["transformer", "temperature=0.3", "top_p=0.9"]
        #expect(facts.map(\.metric) == ["layers", "mean_time_ms", "ttft_s", "ttft_s"])
        #expect(
            facts.map(\.owner) == [
                settings + ["model"], settings + ["backends", "eager"], settings + ["p1"], settings + ["results[1]"],
            ])
        #expect(
            facts.map(\.source.pointer) == [
                "/model/layers", "/backends/eager/mean_time_ms", "/results/0/ttft_s", "/results/1/ttft_s",
            ])
    }

    @Test(
        "whatever numbers stand among settings, all of them are settings",
        arguments: ["hparams", "flags", "train_args"])
    func hyperparameters(_ name: String) throws {
        let facts = try findings(
            #"{"\#(name)": {"optimizer": "adamw", "batch_size": 64, "image_size": 224}, "timing": {"step_time_ms": 12.5}}"#
        ).facts
        let step = try #require(facts.first { $0.metric == "step_time_ms" })
        #expect(step.owner.contains("batch_size=64") && step.owner.contains("adamw"), "\(step.owner)")
    }

    @Test("a name that is only a statistic or a unit takes its owner's name") func bareNames() throws {
        let facts = try findings(#"{"latency": {"p50": 1, "max_ms": 2}, "runs": [{"mean": 3}], "p95": 4}"#).facts
        #expect(facts.map(\.metric) == ["latency.p50", "latency.max_ms", "runs.mean", "p95"])
        #expect(facts.map(\.owner) == [[], [], ["runs[0]"], []])
        #expect(facts.map(\.statistic) == [.median, .max, .mean, .p95])
        #expect(facts.map(\.dimension) == [.time, .time, .count, .unknown])
        #expect(facts[1].unit == "ms")
    }

    @Test("pointers escape what RFC 6901 escapes, harvested paths do not") func pointers() throws {
        let findings = try findings(#"{"a/b~c": [[{"tokens": 1}]]}"#)
        #expect(findings.facts.first?.source.pointer == "/a~1b~0c/0/0/tokens")
        #expect(findings.harvested.keys.sorted() == ["json_a/b~c[0][0].tokens"])
    }

    @Test("numeric strings are harvested; as facts they need a unit") func strings() throws {
        let findings = try findings(
            #"{"speed": "1,234.5%", "latency": "15 ms", "version": "12.8", "throughput": true, "ttft": null}"#)
        #expect(findings.harvested.mapValues(\.value) == ["json_speed": 1234.5])
        #expect(findings.facts.map(\.metric) == ["speed", "latency"])
        #expect(findings.facts.map(\.unit) == ["%", "ms"])
        #expect(findings.facts.map(\.written) == ["1,234.5%", "15 ms"])
    }

    @Test("moments, identifiers and settings are no measurements") func noMeasurements() throws {
        let facts = try findings(#"{"export_timestamp": 1759, "gpu_id": 0, "num_ctx": 512, "created_at": 5}"#)
        #expect(facts.measured.isEmpty)
        #expect(facts.facts.map(\.metric) == ["gpu_id", "num_ctx"])
        #expect(facts.facts.map(\.value) == [.key(0), .key(512)])
    }

    @Test("a configuration says what its siblings were measured with; other objects beside each other do not")
    func configurations() throws {
        let facts = try findings(
            #"{"input_config": {"db": "quill", "load": {"width": 16, "rate": 0.5}, "folder": "/srv"}, "latency_ms": 9}"#
        ).measured
        #expect(facts.first { $0.metric == "latency_ms" }?.owner == ["quill", "width=16"])
        let models = try findings(
            #"{"a": {"engine": "quill", "latency_ms": 9}, "b": {"engine": "blot", "latency_ms": 7}}"#
        ).measured
        #expect(models.map(\.owner) == [["a", "quill"], ["b", "blot"]])
    }

    @Test("bare numbers and arrays have a metric") func bare() throws {
        #expect(try findings("5").facts.map(\.metric) == ["value"])
        #expect(try findings("[5, [6]]").facts.map(\.metric) == ["value[0]", "[1][0]"])
        #expect(try findings(#"{"confidence": [1, 2]}"#).facts.map(\.metric) == ["confidence[0]", "confidence[1]"])
    }

    @Test("control characters and endless names stay out of the owner") func hostileNames() throws {
        let long = String(repeating: "x", count: 1000)
        let facts = try findings(#"{"model": "a\u0000b\nc", "\#(long)": {"ttft_s": 1}}"#).facts
        #expect(facts.first?.owner.first == "a b c")
        #expect(facts.first?.owner.last == String(repeating: "x", count: 120) + "…")
    }
}
