import GateCore
import Testing

@testable import GateLint

/// What tells which one, where or of how many something is said, and says nothing of it itself.
@Suite("Words that only tell what is meant accuse nobody")
struct AsideTests {
    private static let tiles = Sample.facts([
        Sample.table(
            "tiles.csv", key: "tile",
            [
                ("oak", ["latency_ms": 4.39, "score": 68.61]), ("elm", ["latency_ms": 6.72, "score": 26.46]),
                ("yew", ["latency_ms": 5.05, "score": 24.11]),
            ])
    ])

    private static let steps = Sample.facts([
        [(100, 958.4), (200, 1012.7), (300, 1005.2)].enumerated().map { index, row in
            Sample.fact(
                [FactLabel(.file, text: "run"), FactLabel(.key, name: "step", text: "\(row.0)")], "throughput", row.1,
                "run.csv", index + 2)
        }
    ])

    private func findings(_ text: String, _ facts: ReportFacts = tiles) -> [String] { Sample.findings(text, facts) }

    @Test("a comparison before a noun names, behind a verb it compares")
    func attributes() {
        #expect(findings("oak takes 4.39 ms against 6.72 ms for the larger tile.") == [])
        #expect(findings("At 4.39 ms oak has a lower latency_ms than elm.") == [])
        #expect(findings("At 4.39 ms oak has a higher latency_ms than elm.") != [])
    }

    @Test("a preposition compares with what stands directly behind it")
    func prepositions() {
        #expect(findings("oak has a score of 68.61 under strict score matching, elm 26.46.") == [])
        #expect(findings("The latency_ms of elm is below that of oak.") != [])
    }

    @Test("what is left out leaves others the first and the last")
    func exclusions() {
        let lowest = "The throughput was lowest at step 300"
        #expect(findings("\(lowest).", Self.steps) != [])
        for rest in ["once step 100 is left out", "without the first step", "excluding the warm-up"] {
            #expect(findings("\(lowest) \(rest).", Self.steps) == [], "\(rest)")
        }
    }

    @Test("so many epochs after which something was are no metric of it")
    func occasions() {
        let facts = Sample.facts([
            [(0.5, 1.3117), (1, 1.2204), (2, 1.2066)].enumerated().flatMap { index, row in
                ["epoch": row.0, "eval_loss": row.1].sorted { $0.key < $1.key }.map { metric, value in
                    Sample.fact([FactLabel(.file, text: "state")], metric, value, "state.json", index + 2)
                }
            }
        ])
        #expect(findings("The eval_loss went from 1.3117 to 1.2204 after one epoch.", facts) == [])
        #expect(findings("The eval_loss went from 1.3117 to 1.7253 after one epoch.", facts) != [])
    }

    @Test("a code that the data counts is a metric where it is called one")
    func codes() {
        let facts = Sample.facts([
            [("200", 33_194.0), ("503", 561), ("rate", 612.5)].map { metric, value in
                Sample.fact(
                    [FactLabel(.file, text: "load"), FactLabel(.text, name: "target", text: "search")], metric, value,
                    "load.csv", 2)
            }
        ])
        let errors = findings("From 200 to 600 requests/s the search grows slower.", facts).filter {
            $0.hasPrefix("error")
        }
        #expect(errors == [])
        #expect(findings("Of the search 516 ended with status 503.", facts) != [])
        #expect(findings("Of the search 561 ended with status 503.", facts) == [])
    }

    @Test("a word that the data has itself is no other word of it")
    func ownWords() {
        let facts = Sample.facts([
            [16, 64].map { threads in
                Sample.fact(
                    [
                        FactLabel(.file, text: "engines"), FactLabel(.text, name: "engine", text: "lava"),
                        FactLabel(.key, name: "threads", text: "\(threads)"),
                    ], "tps", Double(threads) * 41.7, "engines.csv", threads)
            },
            [Sample.fact([FactLabel(.file, text: "lava_log")], "thds", 16, "lava_log.txt", 1)],
        ])
        #expect(findings("With 64 threads lava reaches 2,668.8 tps.", facts) == [])
        #expect(findings("With 64 threads lava reaches 667.2 tps.", facts) != [])
    }
}

@Suite("Units, sizes and files that others than the data's are said of")
struct OtherThingsTests {
    private static let ferries = Sample.facts([
        Sample.table(
            "ferries.csv", key: "ferry",
            [
                ("aurora", ["load_ms": 214.7, "wait_s": 33.81]), ("borealis", ["load_ms": 163.2, "wait_s": 214.7]),
                ("parse/twitter", ["load_ms": 431.2, "wait_s": 216.4, "size_gb": 107.4]),
            ])
    ])

    private func findings(_ text: String) -> [String] { Sample.findings(text, Self.ferries) }

    @Test("a unit mistaken is told although another owner has the number in it")
    func units() {
        #expect(findings("aurora takes 214.7 s to load.") != [])
        #expect(findings("borealis has a wait of 214.7 s.") == [])
    }

    @Test("files far larger than all of the data together are others")
    func sizes() {
        #expect(
            !findings("The weights file is larger than the two files together (11.9 GiB).").contains {
                $0.contains("G03")
            })
        #expect(findings("The three files have 9.3 KB in total.") != [])
    }

    @Test("a unit is that of the part, too")
    func parts() {
        let facts = Sample.facts([
            [Sample.fact([FactLabel(.file, text: "net")], "rate_gbps", 23.5, "net.csv", 2)]
        ])
        #expect(Sample.findings("It carries 23.5 of 25 Gbit/s.", facts) == ["warning G01 25 Gbit/s"])
    }

    @Test("a rate follows from what was said to be done in what time, as exactly as that was said")
    func rates() {
        func isTold(_ rate: String) -> Bool {
            findings("parse/twitter reads 107.4 GB in 3.6 minutes, or \(rate).").contains { $0.hasSuffix(rate) }
        }
        #expect(!isTold("500 MB per second"))
        #expect(isTold("300 MB per second"))
    }

    @Test("what rows are called may be a file, a namespace is none, and all else is invented")
    func files() {
        #expect(findings("`twitter.json` is parsed in 431.2 ms, by System.Text.Json.") == [])
        #expect(findings("`tallinn.json` is parsed in 431.2 ms.").contains { $0.contains("E01") })
    }

    private static let engines = Sample.facts([
        [("lava", 1385.1, 415_525.0, 2.41), ("moss", 1686.0, 311_816.0, 3.07)].enumerated().flatMap { index, row in
            [("tps", row.1), ("transactions", row.2), ("loss", row.3)].map { metric, value in
                Sample.fact(
                    [FactLabel(.file, text: "engines"), FactLabel(.text, name: "engine", text: row.0)], metric, value,
                    "engines.csv", index + 2)
            }
        }
    ])

    private func ofEngines(_ text: String) -> [String] { Sample.findings(text, Self.engines) }

    @Test("so many per second are the rate of them, and no count")
    func perSecond() {
        #expect(ofEngines("moss completes more transactions per second than lava.") == [])
        #expect(ofEngines("lava completes more transactions per second than moss.") != [])
        #expect(ofEngines("lava completes more transactions than moss.") == [])
    }

    @Test("one every so long is the inverse of a rate")
    func inverse() {
        #expect(ofEngines("lava has 1385.1 tps, one every 0.722 ms.") == [])
        #expect(ofEngines("lava has 1385.1 tps, one every 0.522 ms.") != [])
    }

    @Test("of both each has its own, and of two units the one before need not be meant")
    func each() {
        let text = "It is the slowest of both, with 1385.1 tps on lava and 1686.0 tps on moss."
        #expect(ofEngines(text) == [])
        let units = "lava completed 415,525 transactions or 1385.1 tps; moss 311,816 and 1686.0."
        #expect(ofEngines(units) == [])
    }

    @Test("percentages of a list follow each from a pair of its own")
    func lists() {
        let text = "lava takes 1385.1 and moss 1686.0 tps, so the gain is 36 %, 53 % and 60 %."
        #expect(ofEngines(text).filter { $0.contains("I02") } == [])
    }

    @Test("a literal of code is no name")
    func literals() { #expect(ofEngines("moss writes `false` beside 1686.0 tps.") == []) }
}
