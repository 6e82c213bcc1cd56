import GateCore
import GateVocabulary
import Testing

@testable import GateLint

@Suite("Settings that names and lists spell out")
struct SettingTests {
    private func row(_ name: String, _ metrics: [String: Double], line: Int) -> [Fact] {
        metrics.sorted { $0.key < $1.key }.map { metric, value in
            Sample.fact(
                [FactLabel(.file, text: "search"), FactLabel(.text, name: "setup", text: name)], metric, value,
                "search.csv", line)
        }
    }

    private func keys(_ name: String) -> [String] {
        NamedSettings.named(row(name, ["qps": 1], line: 2)).flatMap(\.labels).filter { $0.kind == .key }.map {
            "\($0.name) \($0.text)"
        }
    }

    @Test(
        "a name's settings are keys of its row",
        arguments: [
            ("graph ({'M': 16, 'build_depth': 500}) width=40", ["M 16", "build_depth 500", "width 40"]),
            ("Cells(lists=1024, probe=5)", ["lists 1024", "probe 5"]), ("ratio: 0.75", ["ratio 0.75"]),
        ])
    func settings(name: String, expected: [String]) { #expect(keys(name) == expected) }

    @Test(
        "times, versions, sizes and prose are no settings",
        arguments: ["at 12:30:05", "engine:1.2.3", "block=16k", "=5", "mode=fast", "plain"])
    func others(name: String) { #expect(keys(name) == []) }

    @Test("a report that names the settings names the row")
    func bound() {
        let facts = Sample.facts([
            row("graph M=16 width=40", ["qps": 2991, "recall": 0.904], line: 2)
                + row("graph M=32 width=40", ["qps": 2412, "recall": 0.951], line: 3)
        ])
        #expect(Sample.findings("With M=16 the recall is 0.904. With M=32 the recall is 0.951.", facts) == [])
        #expect(Sample.findings("With M=16 the recall is 0.940. With M=32 the recall is 0.951.", facts) != [])
    }

    private func lists(_ lists: [(String, [Double])]) -> [Fact] {
        lists.flatMap { name, values in
            values.enumerated().map { index, value in
                Fact(
                    labels: [FactLabel(.file, text: "load")], metric: "\(name)[\(index)]",
                    statistic: .raw, dimension: .unknown, unit: nil, value: .number(value),
                    written: "\(Int(clamping: value))",
                    source: FactSource(file: "load.json", pointer: "/result/\(name)/\(index)"))
            }
        }
    }

    @Test("lists that run alongside are rows by the one that counts up")
    func alongside() {
        let named = ParallelLists.named(lists([("qps_list", [391, 1411, 2347]), ("clients_list", [1, 5, 20])]))
        #expect(named.prefix(3).map(\.metric) == ["qps", "qps", "qps"])
        #expect(named.prefix(3).map { $0.labels.last?.text } == ["1", "5", "20"])
        #expect(named.prefix(3).allSatisfy { $0.labels.last?.name == "clients" && $0.labels.last?.kind == .key })
    }

    @Test("lists of other lengths, and lists of which none counts up, stay what they are")
    func apart() {
        let short = lists([("qps_list", [391, 1411, 2347]), ("clients_list", [1, 5])])
        #expect(ParallelLists.named(short) == short)
        let unordered = lists([("qps_list", [391, 214, 2347]), ("latency_list", [9, 5, 7])])
        #expect(ParallelLists.named(unordered) == unordered)
    }
}
