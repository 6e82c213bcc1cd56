import GateCore
import TestSupport
import Testing

@Suite struct Samples {
    private func call(load: Double, ttft: Double = 0.2) -> Exchange {
        let base = Fixtures.call(.analysis, ttft: ttft)
        return Exchange(
            id: base.id, stage: base.stage, attempt: 1, outcome: base.outcome, modelState: .warm, cache: .defeated,
            prompt: base.prompt, timing: base.timing, server: ServerFigures(loadSeconds: load),
            measurements: base.measurements)
    }

    private func session(loads: [Double]) -> Session {
        var session = Fixtures.session(
            runs: loads.enumerated().map { Fixtures.run($0 + 1, calls: [call(load: $1, ttft: $1)]) })
        session.classifyModelStates()
        return session
    }

    @Test(
        "a call is cold by its load duration, not by its position",
        arguments: [
            ([5.0, 0.2, 0.25], [true, false, false]), ([0.2, 5.0, 0.25], [false, true, false]),
            ([0.2, 0.25, 0.21], [false, false, false]), ([5.0, 6.0], [true, true]), ([0.5, 1.2], [false, false]),
            ([0.5, 1.6], [false, true]), ([5.0], [true]),
        ])
    func cold(loads: [Double], expected: [Bool]) {
        let states = session(loads: loads).runs.map { $0.stages[0].exchanges[0].modelState == .cold }
        #expect(states == expected)
    }

    @Test("cold and warm calls are two samples")
    func populations() {
        let samples = session(loads: [5, 0.2, 0.3]).samples()
        #expect(samples[CheckID(stage: .analysis, metric: "ttft")]?.values == [0.2, 0.3])
        #expect(samples[CheckID(stage: .analysis, metric: "ttft", modelState: .cold)]?.values == [5])
    }

    @Test("invalid calls and warm-up runs are never averaged")
    func excluded() {
        let broken = Fixtures.call(.analysis, outcome: .invalid(InvalidCall(.cutStream, "cut")))
        let session = Fixtures.session(runs: [
            Fixtures.run(1, calls: [Fixtures.call(.analysis, ttft: 9)], isWarmup: true),
            Fixtures.run(2, calls: [broken]), Fixtures.run(3, calls: [Fixtures.call(.analysis, ttft: 0.3)]),
        ])
        #expect(session.samples()[CheckID(stage: .analysis, metric: "ttft")]?.values == [0.3])
        #expect(session.samples()[CheckID(stage: .run, metric: "workflow")]?.values.count == 1)
        #expect(session.invalidExchanges.map(\.run) == [2])
    }

    @Test("the load of a server that we started belongs to the run and is cold")
    func serverStart() {
        let samples = Fixtures.session().samples()
        #expect(samples[CheckID(stage: .run, metric: "model_load", modelState: .cold)]?.values == [1.25])
    }

    @Test("loads of the model are a sample of their own, and never mixed with starts or calls")
    func modelLoads() {
        var session = session(loads: [0.2, 0.25, 0.3])
        session.modelLoads = [4.6, 6.5].map { ModelLoad(loadSeconds: $0, callSeconds: $0 + 0.1) }
        let samples = session.samples()
        #expect(samples[CheckID(stage: .run, metric: "model_load", modelState: .cold)]?.values == [4.6, 6.5])
        #expect(samples[CheckID(stage: .run, metric: "model_load")] == nil)
        #expect(samples[CheckID(stage: .analysis, metric: "ttft")]?.values == [0.2, 0.25, 0.3])
        #expect(samples[CheckID(stage: .analysis, metric: "ttft", modelState: .cold)] == nil)
    }
}
