import GateCore
import TestSupport
import Testing

@testable import GateVerdict

@Suite("The cost of a command") struct CostTests {
    private static let check = CheckID(stage: .run, metric: "cost")

    private static let prices = [
        ModelPrice(model: "emb", prompt: 1000, completion: 0),
        ModelPrice(model: "smollm2:135m", prompt: 1, completion: 2),
    ]

    /// Three runs of a generation and an embedding.
    private func session(_ embedding: String, counted: Bool = true, prices: [ModelPrice] = prices) -> Session {
        let calls = [
            Fixtures.asked(1),
            Fixtures.asked(
                2, promptTokens: counted ? 50 : nil, tokens: nil, model: embedding, isGeneration: false),
        ]
        var command = CommandConfiguration(run: ["agent"])
        command.prices = prices
        return Fixtures.commandSession((1...3).map { Fixtures.commandRun($0, calls: calls) }, command).priced(
            by: prices)
    }

    private func judged(_ session: Session, against baseline: Session) -> Verdict? {
        GateVerdict.Judge.judge(session: session, against: .baseline(Fixtures.baseline(baseline)), policy: Policy())
            .verdicts.first { $0.check == Self.check && $0.demand == .tolerance }
    }

    @Test("that leaves out a model which the baseline did not call is no improvement")
    func unpriced() throws {
        let verdict = try #require(judged(session("emb-large"), against: session("emb")))
        #expect(verdict.outcome == .missing)
        #expect(verdict.explanation.hasPrefix("run/cost leaves out emb-large, which has no price"))
        #expect(judged(session("emb"), against: session("emb"))?.outcome == .pass)
    }

    @Test("that leaves out what the baseline left out as well is compared")
    func leftOutBoth() {
        #expect(judged(session("other"), against: session("other"))?.outcome == .pass)
        // Its price was taken away.
        let generation = [Self.prices[1]]
        #expect(judged(session("emb", prices: generation), against: session("emb"))?.outcome == .missing)
    }

    @Test("that leaves out tokens which nobody counted is no improvement where the model is new")
    func uncounted() throws {
        let prices = Self.prices + [ModelPrice(model: "emb-large", prompt: 1000, completion: 0)]
        let new = session("emb-large", counted: false, prices: prices)
        #expect(new.modelsNotCounted == ["emb-large"] && new.modelsLeftOutOfCost == [])
        let verdict = try #require(judged(new, against: session("emb")))
        #expect(verdict.outcome == .missing)
        #expect(verdict.explanation == "run/cost leaves out emb-large, whose tokens the server does not say")
        let same = session("emb", counted: false)
        #expect(judged(same, against: same)?.outcome == .pass)
    }

    private func budgeted(_ session: Session, _ most: Double, against baseline: Session? = nil) -> Verdict? {
        let policy = Policy(metrics: [MetricPolicy(metric: "cost", stage: .run, budget: Budget(max: most))])
        return GateVerdict.Judge.judge(
            session: session, against: baseline.map { .baseline(Fixtures.baseline($0)) } ?? .nothing,
            policy: policy
        ).verdicts.first { $0.check == Self.check && $0.demand == .budget }
    }

    @Test("keeps to no budget by what it leaves out, unless the baseline left that out as well")
    func budgets() throws {
        let verdict = try #require(budgeted(session("emb-large"), 1))
        #expect(verdict.outcome == .missing)
        #expect(verdict.explanation == "run/cost leaves out emb-large, which has no price")
        #expect(budgeted(session("emb-large"), 1, against: session("emb-large"))?.outcome == .pass)
        #expect(budgeted(session("emb-large"), 1, against: session("emb"))?.outcome == .missing)
        #expect(budgeted(session("emb"), 1)?.outcome == .pass)
        // Beyond it, whatever is left out.
        #expect(budgeted(session("emb-large"), 0.000_000_1)?.outcome == .budgetExceeded)
        let free = Self.prices + [ModelPrice(model: "emb-large", prompt: 0, completion: 0)]
        for counted in [true, false] {
            #expect(budgeted(session("emb-large", counted: counted, prices: free), 1)?.outcome == .pass)
        }
    }
}
