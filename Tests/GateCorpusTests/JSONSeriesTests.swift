import GateCore
import GateVocabulary
import TestSupport
import Testing

@testable import GateCorpus

@Suite("series and attributes in JSON") struct JSONSeriesTests {
    @Test("what Prometheus answers: labels are owners, the name is the metric, the time no value") func prometheus()
        throws
    {
        let facts = try json(
            #"{"status": "success", "data": {"resultType": "vector", "result": ["#
                + #"{"metric": {"__name__": "mill_load_ratio", "mill": "north"}, "value": [1726473600.1, "0.82"]},"#
                + #"{"metric": {"__name__": "mill_load_ratio", "mill": "south"}, "value": [1726473600.1, "NaN"]}]}}"#)
        #expect(facts.map(\.metric) == ["mill_load_ratio"])
        #expect(facts.map(\.value) == [.number(0.82)])
        #expect(facts[0].owner.suffix(1) == ["north"])
        #expect(facts[0].source.pointer == "/data/result/0/value/1")
        let range = try json(
            #"{"data": {"resultType": "matrix", "result": [{"metric": {"mill": "north"}, "#
                + #""values": [[1726473600, "1.5"], [1726473615, "2.5"]]}]}}"#)
        #expect(range.map(\.value) == [.number(1.5), .number(2.5)])
        #expect(range.map { $0.owner.last } == ["time=1726473600", "time=1726473615"])
    }

    @Test("wall time, step and value: the file names the metric, the folder the run") func scalars() throws {
        let text = "[[1726473600.0, 0, 6.5], [1726473660.0, 500, 5.75]]"
        let facts = try json(text, "tb/lr_0.1/train_loss.json")
        let measured = facts.filter { $0.value.kind == .number }
        #expect(measured.map(\.metric) == ["train_loss", "train_loss"])
        #expect(measured.map(\.owner) == [["lr_0.1", "step=0"], ["lr_0.1", "step=500"]])
        #expect(facts.map(\.value).contains(.number(5.75)))
        #expect(!facts.contains { $0.written.hasPrefix("1726") })
        let exported = try json(text, "run-mill_2-tag-eval_loss.json")
        #expect(exported.last?.metric == "eval_loss")
        #expect(exported.last?.owner == ["mill_2", "step=500"])
        #expect(try json("[[1.5, 0, 6.5], [2.5, 500, 5.75]]").count == 6)
    }

    @Test("keys and values in a list of attributes are owners, and a span lasts from its start to its end") func spans()
        throws
    {
        let facts = try json(
            #"{"resourceSpans": [{"resource": {"attributes": ["#
                + #"{"key": "service.name", "value": {"stringValue": "mill"}}]}, "scopeSpans": [{"spans": [{"#
                + #""name": "grind", "startTimeUnixNano": "1726473600000000000", "#
                + #""endTimeUnixNano": "1726473600055299251", "#
                + #""attributes": [{"key": "sacks", "value": {"intValue": "200"}}]}]}]}]}"#)
        let measured = facts.filter { $0.value.kind == .number }
        #expect(measured.map(\.metric) == ["duration"])
        #expect(measured[0].value == .number(55_299_251))
        #expect(measured[0].unit == "ns")
        #expect(["mill", "grind", "200"].allSatisfy(measured[0].owner.contains))
    }

    @Test("a key that is a number names the row of what holds it; one of percentiles the statistic") func numberKeys()
        throws
    {
        let facts = try json(
            #"{"sacks_by_hour": {"8": 17, "9": 20}, "latency_ms": {"percentiles": {"99": 4.5}}}"#)
        #expect(facts.map(\.metric).prefix(2) == ["sacks_by_hour", "sacks_by_hour"])
        #expect(facts.map(\.owner).prefix(2) == [["sacks_by_hour=8"], ["sacks_by_hour=9"]])
        #expect(facts.last?.statistic == .p99)
    }
}
