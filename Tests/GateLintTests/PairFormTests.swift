import GateCore
import Testing

@testable import GateLint

@Suite("Two values and what a sentence says of both")
struct PairFormTests {
    /// One server at two loads.
    private static let loads = Sample.facts([
        loads("lark", [(64, 4839), (256, 4428)]), loads("wren", [(64, 4297), (256, 3807)]),
    ])

    private static func loads(_ server: String, _ rows: [(Int, Double)]) -> [Fact] {
        rows.enumerated().map { index, row in
            Sample.fact(
                [FactLabel(.text, name: "server", text: server), FactLabel(.key, name: "threads", text: "\(row.0)")],
                "throughput_per_s", row.1, "loads.csv", index + (server == "lark" ? 2 : 4))
        }
    }

    @Test(
        "between two keys a metric goes one way, and by so much",
        arguments: [
            ("From 64 to 256 threads the throughput of lark falls by 8.5 %.", ""),
            ("From 64 to 256 threads the throughput of lark rises by 8.5 %.", "error I03 8.5 %"),
            ("From 64 to 256 threads the throughput of lark falls by 5.8 %.", "error I02 5.8 %"),
        ])
    func spans(text: String, error: String) {
        #expect(Sample.findings(text, Self.loads) == [error].filter { !$0.isEmpty })
    }

    @Test(
        "a printed value says of what another one's is a part",
        arguments: [
            ("Aurora needs 214.7 ms, 1.3 times as long as borealis.", 0),
            ("Aurora needs 214.7 ms, 3.1 times as long as borealis.", 1),
            ("Aurora needs 214.7 ms, 32 % more than borealis.", 0),
            ("Aurora needs 214.7 ms, 32 % less than borealis.", 1),
        ])
    func references(text: String, errors: Int) {
        let found = Sample.findings(text, Sample.ferries)
        #expect(found.count { $0.hasPrefix("error") } == errors, "\(found)")
    }

    @Test(
        "what follows from numbers that stand before or behind it",
        arguments: [
            ("The 102 crossings took 833 s, i.e. 8.2 s per crossing.", 0),
            ("The 102 crossings took 833 s, i.e. 6.2 s per crossing.", 1),
            ("Loading improved by a factor of 1.67: 31.0 ms became 18.6 ms.", 0),
            ("Loading improved by a factor of 2.67: 31.0 ms became 18.6 ms.", 1),
            ("The loss is 24 % (214.7 to 163.2 ms).", 0), ("The loss is 34 % (214.7 to 163.2 ms).", 1),
            ("It serves 250 more requests (1,240 instead of 990).", 0),
            ("It serves 250 fewer requests (1,240 instead of 990).", 1),
            ("It grows from 686.9 to 1045.4 tokens, and the run is 1.31x as long.", 0),
            ("It grew from 24 GB to 31 GB and writers stalled 412 times.", 0),
            ("The peak is halved (156 against 312 ms), so borealis at 48 % of its load is no surprise.", 0),
            ("The peak is halved, 156 against 312 ms, so the saving is 50 %.", 0),
        ])
    func conclusions(text: String, errors: Int) {
        let found = Sample.findings(text, Sample.ferries)
        #expect(found.count { $0.hasPrefix("error I0") } == errors, "\(found)")
    }
}

@Suite("Names as a report writes them")
struct WrittenNameTests {
    private static let servers = Sample.facts([
        Sample.table(
            "servers.csv", key: "server",
            [
                ("postgresql-16.9", ["load_ms": 7.146, "requests": 1240]),
                ("postgresql-17.5", ["load_ms": 6.031, "requests": 990]),
                ("mariadb-11.4", ["load_ms": 9.414, "requests": 410]),
            ])
    ])

    @Test(
        "a version belongs to its name, or stands for it",
        arguments: [
            ("The load of PostgreSQL 17.5 is 6.031 ms.", 0), ("The load of PostgreSQL 17.5 is 7.146 ms.", 1),
            ("17.5 processed 990 requests.", 0),
        ])
    func versions(text: String, errors: Int) {
        let found = Sample.findings(text, Self.servers)
        #expect(found.count == errors && found.allSatisfy { $0.hasPrefix("error G04") }, "\(found)")
    }

    @Test("a cell that has a name with its version says no number")
    func cells() {
        let text = "| Server | Load (ms) |\n|---|---:|\n| MariaDB 11.4 | 9.414 |\n| PostgreSQL 16.9 | 7.146 |\n"
        #expect(Sample.findings(text, Self.servers) == [])
    }

    @Test("what stands in brackets with its number belongs to it")
    func brackets() {
        let facts = Sample.facts([
            Sample.table(
                "t.csv", key: "tool",
                [("find", ["median_s": 20.02, "min_s": 19.86, "max_s": 20.15]), ("fd", ["median_s": 0.87])])
        ])
        #expect(Sample.findings("It needs 20 s (median 20.02 s, from 19.86 s to 20.15 s).", facts) == [])
        let wrong = Sample.findings("It needs 20 s (median 20.15 s, minimum 19.86 s, maximum 20.15 s).", facts)
        #expect(wrong.first?.hasPrefix("error G04 20.15 s") == true, "\(wrong)")
    }

    @Test(
        "what is counted is told apart",
        arguments: [
            ("It ran at 37.3 requests/s.", 0), ("It ran at 27.1 requests/s.", 1), ("It had 27.1 failures/s.", 0),
        ])
    func counted(text: String, errors: Int) {
        let facts = Sample.facts([
            Sample.table("t.csv", key: "route", [("all", ["requests/s": 37.3048, "failures/s": 27.126])])
        ])
        #expect(Sample.findings(text, facts).count { $0.hasPrefix("error G04") } == errors)
    }

    @Test("the tests of llama-bench have the names of its tables")
    func tests() {
        func row(_ device: String, _ prompt: Int, _ generated: Int, _ rate: Double, _ line: Int) -> Fact {
            Sample.fact(
                [
                    FactLabel(.text, name: "device", text: device),
                    FactLabel(.key, name: "n_prompt", text: "\(prompt)"),
                    FactLabel(.key, name: "n_gen", text: "\(generated)"),
                ], "avg_tokens_per_s", rate, "bench.csv", line)
        }
        let facts = Sample.facts([
            [
                row("lark", 512, 0, 2376.1, 2), row("lark", 0, 128, 36.14, 3), row("wren", 512, 0, 1987.4, 4),
                row("wren", 0, 128, 21.35, 5), row("finch", 512, 0, 3120.8, 6), row("finch", 0, 128, 48.92, 7),
            ]
        ])
        let table = "| Device | pp512 (tokens/s) | tg128 (tokens/s) |\n|---|---:|---:|\n| lark | 2376.1 | 36.14 |\n"
        #expect(Sample.findings(table + "| wren | 1987.4 | 21.35 |\n| finch | 3120.8 | 48.92 |\n", facts) == [])
        let wrong = Sample.findings(table + "| wren | 1987.4 | 48.92 |\n| finch | 3120.8 | 48.92 |\n", facts)
        #expect(wrong == ["error G04 48.92"])
    }

    @Test("a header of numbers says which, not how much")
    func headers() {
        let text = "| Boat | 4k | 16k |\n|---|---:|---:|\n| one | 71.2 | 64.5 |\n| two | 91.8 | 81.2 |\n"
        #expect(Sample.findings(text, Sample.ferries).allSatisfy { !$0.contains("4k") && !$0.contains("16k") })
    }
}
