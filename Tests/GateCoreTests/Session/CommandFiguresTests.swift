import TestSupport
import Testing

@testable import GateCore

@Suite("Figures of a command") struct CommandFiguresTests {
    private let refused = ExchangeOutcome.invalid(InvalidCall(.httpStatus, "500"))

    private func figures(_ calls: [Exchange]) -> [StageFigures] { Fixtures.commandRun(1, calls: calls).stageFigures }

    @Test("a stage with several calls has one value: what adds up is added, what does not is their median")
    func oneValue() throws {
        let stages = figures([
            Fixtures.asked(1, stage: "plan", ttft: 0.1, tokens: 10), Fixtures.asked(2, stage: "write", tokens: 50),
            Fixtures.asked(3, stage: "plan", ttft: 0.5, tokens: 30),
            Fixtures.asked(4, stage: "plan", ttft: 0.2, tokens: 5),
        ])
        #expect(stages.map(\.stage) == ["plan", "write"])
        let plan = try #require(stages.first?.measurements)
        #expect(plan["ttft"] == 0.2)
        #expect(plan["tokens"] == 45)
        #expect(plan["prompt_tokens"] == 300)
        #expect(plan["total"].map { abs($0 - 3.8) < 1e-9 } == true)
        #expect(plan["throughput"] == 40)
    }

    @Test("a sample has one value a run, however many calls each made")
    func oneValueARun() {
        let session = Fixtures.commandSession([
            Fixtures.commandRun(1, calls: [Fixtures.asked(1), Fixtures.asked(2)]),
            Fixtures.commandRun(2, calls: (1...9).map { Fixtures.asked($0, ttft: 0.5) }),
        ])
        let samples = session.samples()
        #expect(samples[CheckID(stage: .calls, metric: "ttft")]?.values == [0.25, 0.5])
        #expect(samples[CheckID(stage: .calls, metric: "tokens")]?.values == [40, 180])
        #expect(samples[CheckID(stage: .run, metric: "calls")]?.values == [2, 9])
    }

    @Test("a failed call is in no figure, and a cold one makes the whole stage cold")
    func failedAndCold() {
        let stages = figures([
            Fixtures.asked(1, ttft: 0.1), Fixtures.asked(2, outcome: refused),
            Fixtures.asked(3, ttft: 0.3, modelState: .cold),
        ])
        #expect(stages.map(\.modelState) == [.cold])
        #expect(stages.first?.measurements["ttft"] == 0.2)
        #expect(stages.first?.measurements["tokens"] == 40)
    }

    @Test("tokens that one answer does not count make the sum unknown; embeddings have none to count")
    func unknownSum() {
        let unknown = figures([Fixtures.asked(1), Fixtures.asked(2, tokens: nil)])
        #expect(unknown.first?.measurements["tokens"] == nil)
        let embedding = Fixtures.asked(2, promptTokens: nil, tokens: nil, isGeneration: false)
        #expect(figures([Fixtures.asked(1), embedding]).first?.measurements["tokens"] == 20)
    }

    @Test("a run that failed has no figures, is not complete, and leaves no samples")
    func failedRun() {
        let failure = RunFailure(
            .exitCode, "the command ended with exit status 1", lastLines: ["Traceback", "KeyError"])
        let run = Fixtures.commandRun(1, calls: [Fixtures.asked(1)], failure: failure)
        #expect(!run.isComplete && run.stageFigures.isEmpty)
        #expect(Fixtures.commandSession([run]).samples().isEmpty)
        #expect(!Fixtures.commandSession([run]).hasMeasured)
        #expect(failure.words == "the command ended with exit status 1; its last lines: Traceback | KeyError")
        // A call that it made again by itself makes no run invalid.
        #expect(Fixtures.commandRun(1, calls: [Fixtures.asked(1, outcome: refused), Fixtures.asked(2)]).isComplete)
    }

    @Test("what the server did to a failed run comes before its last lines, of which mere markers are left out")
    func failedByCall() {
        let calls = [Fixtures.asked(1), Fixtures.asked(2, outcome: refused)]
        var failure = RunFailure(
            .exitCode, "the command ended with exit status 1",
            lastLines: ["    raise Error", "    ~~~~^^^^^", "Error: 503", "    ^^^^^"],
            call: FailedCall(unansweredOf: calls, isTimeLimit: false))
        #expect(
            failure.words
                == "call 2 (calls) got no valid answer: 500; the command ended with exit"
                + " status 1; its last lines:     raise Error | Error: 503")
        #expect(failure.remedy == "Mend the server, or what stands before it")
        failure.call = FailedCall(number: 1, stage: "plan", reason: InvalidCall(.notRecorded, "HTTP 404: not recorded"))
        #expect(failure.remedy.hasPrefix("Record the command again"))
        // The command made it again, and was answered.
        let again = [Fixtures.asked(1, outcome: refused), Fixtures.asked(1)]
        #expect(FailedCall(unansweredOf: again, isTimeLimit: false) == nil)
        let left = [Fixtures.asked(1, outcome: .invalid(InvalidCall(.cancelled, "nobody waited for the end")))]
        #expect(FailedCall(unansweredOf: left, isTimeLimit: false) == nil)
        let hung = FailedCall(unansweredOf: left, isTimeLimit: true)
        #expect(hung?.reason.kind == .cancelled)
        #expect(hung?.reason.detail.hasSuffix("when the time limit ended the command") == true)
    }

    @Test("calls, tokens and cost of a run")
    func ofRun() throws {
        var command = CommandConfiguration(run: ["agent"])
        command.prices = [ModelPrice(model: "smollm2:135m", prompt: 0.5, completion: 2)]
        let values = Measurements(
            ofCommand: command,
            calls: [
                Fixtures.asked(1), Fixtures.asked(2, outcome: refused),
                Fixtures.asked(3, promptTokens: 300, tokens: 80),
            ],
            wall: 3, outsideModel: 0.5, cpuSeconds: 0.25, peakBytes: 2_097_152)
        #expect(values["calls"] == 3 && values["calls_failed"] == 1)
        #expect(values["prompt_tokens_sum"] == 400 && values["tokens_sum"] == 100)
        let cost = try #require(values["cost"])
        #expect(abs(cost - 0.0004) < 1e-12)
        #expect(DisplayFormat.value(cost, unit: .cost) == "0.000400")
        #expect(values["peak_memory"].map { DisplayFormat.value($0, unit: .bytes) } == "2.0 MiB")
        #expect(values["wall"] == 3 && values["outside_model"] == 0.5 && values["cpu"] == 0.25)
    }

    @Test("the prompts of embeddings that are counted are in the sums, and what has no price is named")
    func embeddings() throws {
        var command = CommandConfiguration(run: ["agent"])
        command.prices = [
            ModelPrice(model: "smollm2:135m", prompt: 1, completion: 2),
            ModelPrice(model: "emb", prompt: 3, completion: 0),
        ]
        func embedding(_ model: String) -> Exchange {
            Fixtures.asked(2, promptTokens: 50, tokens: nil, model: model, isGeneration: false)
        }
        func values(_ model: String) -> Measurements {
            Measurements(
                ofCommand: command,
                calls: [Fixtures.asked(1), embedding(model)],
                wall: 1, outsideModel: 0, cpuSeconds: nil, peakBytes: nil)
        }
        #expect(values("emb")["prompt_tokens_sum"] == 150 && values("emb")["tokens_sum"] == 20)
        let (priced, unpriced) = (try #require(values("emb")["cost"]), try #require(values("other")["cost"]))
        #expect(abs(priced - 0.00029) < 1e-12 && abs(unpriced - 0.00014) < 1e-12)
        let session = Fixtures.commandSession(
            [Fixtures.commandRun(1, calls: [Fixtures.asked(1), embedding("other")])],
            command)
        #expect(session.modelsLeftOutOfCost == ["other"] && session.modelsWithoutPrice == [])
    }

    @Test("the cost by the prices of another revision is by those, and by its own of models that those do not know")
    func otherPrices() throws {
        var command = CommandConfiguration(run: ["agent"])
        let new = ModelPrice(model: "new", prompt: 5, completion: 5)
        command.prices = [new, ModelPrice(model: "smollm2:135m", prompt: 0, completion: 0)]
        let calls = [Fixtures.asked(1), Fixtures.asked(2, model: "new")]
        let base = Fixtures.commandRun(2, calls: calls, arm: .base, pair: 1)
        let session = Fixtures.commandSession([Fixtures.commandRun(1, calls: calls), base], command)
        let prices = [
            ModelPrice(model: "old", prompt: 1, completion: 1),
            ModelPrice(model: "smollm2:135m", prompt: 1, completion: 2),
        ]
        let priced = session.priced(by: prices)
        // 100 and 20 tokens: 140 by the other prices, 600 by its own.
        let cost = try #require(priced.runs[0].measurements["cost"])
        #expect(abs(cost - 0.00074) < 1e-12)
        #expect(priced.runs[1] == base)
        #expect(priced.configuration.command?.prices.map(\.model) == ["new", "old", "smollm2:135m"])
        #expect(priced.configuration.command?.prices.price(of: "smollm2:135m") == prices[1])
        #expect(priced.configuration.command?.prices.price(of: "new") == new)
        #expect(session.priced(by: []).configuration == session.configuration)
        #expect(session.modelsCalled == ["new", "smollm2:135m"])
    }

    @Test("a call that the command cancelled is counted, and is no failed one")
    func cancelled() {
        let cancelled = Fixtures.asked(2, outcome: .invalid(InvalidCall(.cancelled, "nobody waited for the end")))
        let calls = [Fixtures.asked(1), cancelled]
        let values = Measurements(
            ofCommand: CommandConfiguration(run: ["agent"]), calls: calls, wall: 1, outsideModel: 0, cpuSeconds: nil,
            peakBytes: nil)
        #expect(values["calls"] == 2 && values["calls_failed"] == 0 && values["tokens_sum"] == 20)
        let session = Fixtures.commandSession([Fixtures.commandRun(1, calls: calls)])
        #expect(session.callCounts() == CallCounts(all: 2, invalid: 0))
    }

    @Test("there is no cost where a model that was called has no price, and it is said which")
    func noPrice() {
        var command = CommandConfiguration(run: ["agent"])
        command.prices = [ModelPrice(model: "smollm2:135m", prompt: 0.5, completion: 2)]
        let calls = [Fixtures.asked(1), Fixtures.asked(2, model: "other")]
        let values = Measurements(
            ofCommand: command, calls: calls, wall: 1, outsideModel: 0, cpuSeconds: nil, peakBytes: nil)
        #expect(values["cost"] == nil && values["cpu"] == nil)
        #expect(
            Fixtures.commandSession([Fixtures.commandRun(1, calls: calls)], command).modelsWithoutPrice == ["other"])
        #expect(Fixtures.commandSession([Fixtures.commandRun(1, calls: calls)]).modelsWithoutPrice == [])
    }

    @Test("what was asked is kept by stage, and a prompt only where all runs agree on it")
    func asked() throws {
        let same = String(repeating: "1", count: 64)
        let runs = [1, 2].map { index in
            Fixtures.commandRun(
                index,
                calls: [
                    Fixtures.asked(1, prompt: same, options: [RequestOption(name: "temperature", value: "0")]),
                    Fixtures.asked(2, prompt: String(repeating: "\(index)f", count: 32), model: "large"),
                ])
        }
        let work = try #require(Fixtures.commandSession(runs).asked(by: .head))
        #expect(work.calls == [2, 2])
        let stage = try #require(work.stages.first)
        #expect(work.stages.count == 1 && stage.name == .calls)
        #expect(stage.models == ["large", "smollm2:135m"])
        #expect(stage.options == ["none", "temperature 0"])
        #expect(stage.prompts == ["1111111111111111", ""])
        #expect(Fixtures.session().asked(by: .head) == nil)
    }
}
