import GateCore
import Testing

@testable import GateLint

/// What a sentence says in plain words about a small table, each true one beside one that is wrong.
@Suite("Forms that drawn schemas taught")
struct DrawnSchemaTests {
    /// Four caches, with metrics in percent, in watts and at a percentile.
    private static let caches = Sample.facts([
        Sample.table(
            "caches.csv", key: "cache",
            [
                ("nadir", ["hit_rate_pct": 94.9, "idle_power_w": 98.8, "p95_load_ms": 26.4, "evictions": 1200]),
                ("zenit", ["hit_rate_pct": 15.8, "idle_power_w": 312.7, "p95_load_ms": 120.4, "evictions": 300]),
                ("apsis", ["hit_rate_pct": 57.9, "idle_power_w": 154.1, "p95_load_ms": 61.8, "evictions": 2100]),
                ("lunar", ["hit_rate_pct": 31.4, "idle_power_w": 49.1, "p95_load_ms": 75.2, "evictions": 400]),
            ])
    ])

    private static func findings(_ text: String) -> [String] { Sample.findings(text, caches) }

    // MARK: - Shares

    @Test("a share of a total is that of the sum over all names")
    func shares() {
        for text in [
            "apsis accounts for 52.5 % of the total evictions.", "The share of nadir in the evictions is 30 %.",
            "Of the evictions of all caches, apsis contributes 53 %.", "10 % of the total evictions falls to lunar.",
        ] {
            #expect(Self.findings(text) == [], "\(text)")
        }
        #expect(
            Self.findings("apsis accounts for 41.5 % of the total evictions.") == ["error I02 41.5 %"])
        #expect(Self.findings("The share of nadir in the evictions is 21 %.") == ["error I02 21 %"])
        #expect(Self.findings("22 % of the total evictions falls to lunar.") == ["error I02 22 %"])
    }

    @Test("shares are none of rates and of what else cannot be summed")
    func noShares() {
        #expect(Self.findings("apsis accounts for a hit rate of 41.5 %.").allSatisfy { !$0.contains("I02") })
        #expect(Self.findings("On apsis the loads account for 41.5 % of the time.") == [])
    }

    @Test("a share under a condition is that of the rows under it")
    func sharesUnderConditions() {
        let known = Sample.servers
        // 4121 + 6362 + 5626 requests at one client.
        #expect(Sample.findings("With 1 client, oak accounts for 39 % of the total requests.", known) == [])
        #expect(
            Sample.findings("With 1 client, oak accounts for 28 % of the total requests.", known) == ["error I02 28 %"])
    }

    // MARK: - Superlatives

    @Test("no other one has less than that which has the least")
    func noOther() {
        #expect(Self.findings("No other of the caches has a lower idle power than lunar.") == [])
        #expect(
            Self.findings("No other of the caches has a lower idle power than nadir.") == [
                "error I03 No other of the caches has a lower idle power than nadir"
            ])
        #expect(
            Self.findings("No other of the caches has a higher idle power than lunar.") == [
                "error I03 No other of the caches has a higher idle power than lunar"
            ])
    }

    @Test("the second is not the first")
    func ranks() {
        #expect(Self.findings("apsis has the second highest idle power.") == [])
        #expect(
            Self.findings("zenit has the second highest idle power.") == [
                "error I03 zenit has the second highest"
            ])
    }

    // MARK: - Comparisons

    @Test("a rate may be a share, and a number in front of a percentile is no bound")
    func comparisons() {
        #expect(Self.findings("nadir has a higher hit rate than zenit.") == [])
        #expect(
            Self.findings("nadir has a lower hit rate than zenit.") == [
                "error I03 nadir has a lower hit rate than zenit"
            ])
        #expect(Self.findings("zenit has a higher 95th percentile of the load than nadir.") == [])
        #expect(
            Self.findings("zenit has a lower 95th percentile of the load than nadir.") == [
                "error I03 zenit has a lower 95th percentile of the load than nadir"
            ])
    }

    @Test("two numbers in one bracket are held against the comparison before them, too")
    func bracketed() {
        #expect(Self.findings("nadir loads faster than apsis (26.4 ms against 61.8 ms).") == [])
        #expect(Self.findings("nadir loads faster than apsis (61.8 ms against 26.4 ms).").count == 1)
    }

    @Test("one of several is a bound of none in particular")
    func oneOf() {
        #expect(Self.findings("One of the four caches has an idle power below 60 W.") == [])
        #expect(
            Sample.findings(
                "## nadir\n\nOne of the four caches has an idle power below 60 W.", Self.caches) == [])
    }

    @Test("percentages that something rises from and to are values, and no changes")
    func ways() {
        let rows = [(1, 10.7), (20, 24.3)]
        let known = Sample.facts([
            rows.enumerated().map { index, row in
                let labels = [
                    FactLabel(.text, name: "tenant", text: "lumen"), FactLabel(.key, name: "epoch", text: "\(row.0)"),
                ]
                return Sample.fact(labels, "discount_pct", row.1, "tenants.csv", index + 2)
            }
        ])
        let text = "Going from epoch 1 to epoch 20, the discount of lumen rises from 10.7 % to"
        #expect(Sample.findings("\(text) 24.3 %.", known) == [])
        #expect(Sample.findings("Going from epoch 1 to epoch 20, the discount of lumen rises by 127 %.", known) == [])
        #expect(
            Sample.findings("Going from epoch 1 to epoch 20, the discount of lumen rises by 172 %.", known) == [
                "error I02 172 %"
            ])
    }

    // MARK: - Over all

    @Test("a total in any unit and a mean in percent are those of as many as are named")
    func totals() {
        #expect(Self.findings("Together the four caches have a total idle power of 614.7 W.") == [])
        #expect(
            Self.findings("Together the four caches have a total idle power of 164.7 W.") == ["error G04 164.7 W"])
        #expect(Self.findings("Averaged over the four caches, the hit rate is 50.0 %.") == [])
        #expect(Self.findings("Averaged over the four caches, the hit rate is 65.0 %.") == ["error G04 65.0 %"])
        // Of three of them it may be right.
        #expect(
            !Self.findings("Averaged over the three caches, the hit rate is 65.0 %.").contains { $0.contains("G04") })
    }
}
