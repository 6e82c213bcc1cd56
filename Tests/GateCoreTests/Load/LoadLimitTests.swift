import GateCore
import Testing

@Suite struct `Limits of a load` {
    @Test("a limit is a maximum where less is better, else a minimum")
    func direction() {
        #expect(LoadLimit(metric: "ttft", value: 0.5).allows(0.5))
        #expect(!LoadLimit(metric: "ttft", value: 0.5).allows(0.501))
        #expect(LoadLimit(metric: "throughput", value: 20).allows(21))
        #expect(!LoadLimit(metric: "throughput", value: 20).allows(19))
        #expect(LoadLimit(metric: "e2e", value: 10).allows(9))
    }

    @Test("what was not measured keeps no limit")
    func absent() { #expect(!LoadLimit(metric: "ttft", value: 0.5).allows(nil)) }

    @Test("every metric that may be limited is of one request or of the window, and has an owner")
    func names() {
        for name in LoadLimit.ofRequest + LoadLimit.ofWindow {
            #expect(LoadLimit.metric(named: name) != nil, "\(name)")
        }
        #expect(Set(LoadLimit.ofRequest).isDisjoint(with: LoadLimit.ofWindow))
        #expect(LoadLimit.metric(named: "tokens") == nil)
        #expect(LoadLimit.metric(named: "goodput") == nil)
    }

    @Test("a load is described in one line")
    func words() {
        let open = LoadConfiguration(
            concurrency: nil, openLoop: OpenLoop(rate: 8, arrivals: .poisson, seed: 7), extent: .seconds(30))
        #expect(open.words == "at 8.00 req/s (poisson, seed 7), 30.0 s")
        let ramp = LoadConfiguration(concurrency: nil, extent: .requests(1), rampLimit: 64)
        #expect(ramp.words == "ramp up to 64 in flight, 1 request")
    }
}
