import GateCore
import Testing

@testable import GateSettings

@Suite("Several workloads in one file") struct SeveralWorkloadsTests {
    private func draft(_ text: String) throws -> ConfigurationDraft {
        try ConfigurationFile.parse(Array(text.utf8), path: "g.yml")
    }

    private func problems(_ text: String) -> [String] {
        ConfigurationFaults(of: Array(text.utf8), path: "g.yml", environment: [:], day: "2026-11-25").problems
            .map(\.description)
    }

    private func configuration(_ text: String, _ name: String) throws -> Configuration {
        try draft(text).named(name).resolved(environment: [:])
    }

    private static let two = "agent: {model: m}\nalpha: 0.02\nworkloads:\n  one: {runs: 3}\n  two: {pairs: 12}\n"

    @Test("each shares alpha with the others, whichever of them a call measures") func alpha() throws {
        for name in ["one", "two"] {
            let policy = try configuration(Self.two, name).policy
            #expect(policy.alpha == 0.02 && policy.workloads == 2)
            #expect(policy.alphaOfOneWorkload == 0.01)
        }
        let flags = ConfigurationFlags(["name": "two"])
        #expect(try draft(Self.two).policy(flags: flags, fallback: Policy()).workloads == 2)
        #expect(try configuration("agent: {model: m}\nworkloads: {one: {runs: 3}}", "one").policy.workloads == nil)
        #expect(try draft("agent: {model: m}").resolved(environment: [:]).policy.workloads == nil)
    }

    @Test("alpha and name stand above them only") func above() {
        let alpha = problems("agent: {model: m}\nworkloads: {one: {alpha: 0.05}, two: {runs: 1}}")
        #expect(alpha.count == 1 && alpha[0].contains("workloads.one: unknown key 'alpha'"), "\(alpha)")
        let name = problems("name: x\n" + Self.two)
        #expect(name == ["g.yml:1:7: name: each of several workloads has the name below 'workloads:'; remove it"])
    }

    @Test("a fault of one is named by its path, a fault of all once, by what stands above") func paths() {
        let one = problems(
            "agent: {model: m, num_ctx: 512}\nworkloads:\n  a: {agent: {max_tokens: 600}}\n  b: {runs: 2}")
        #expect(one.count == 1 && one[0].hasPrefix("g.yml:3:27: workloads.a.agent.max_tokens: 600 tokens"), "\(one)")
        let all = problems("agent: {model: m, num_ctx: 5, max_tokens: 6}\nworkloads: {a: {runs: 1}, b: {runs: 2}}")
        #expect(all.count == 1 && all[0].contains(": agent.max_tokens: 6 tokens"), "\(all)")
        let nameless = problems("runs: 2\nworkloads:\n  a: {agent: {model: m}}\n  b: {runs: 2}")
        #expect(
            nameless.count == 1 && nameless[0].hasPrefix("g.yml:4:3: workloads.b.agent.model: no model"), "\(nameless)")
    }

    @Test("what stands above is for those on which it has an effect; what is said of one must have one") func shared() {
        let above = "agent: {model: m, max_tokens: 60}\ncommand: {run: a}\n"
        #expect(problems(above + "workloads: {own: {workload: command}, other: {runs: 2}}") == [])
        let own = problems(
            above
                + "workloads: {own: {workload: command, agent: {seed: 1}}, other: {prices: {m: {prompt: 1, completion: 1}}}}"
        )
        #expect(own.count == 2, "\(own)")
        #expect(
            own.contains { $0.contains("workloads.own.agent.seed: has no effect with 'workload: command'") }, "\(own)")
        #expect(
            own.contains { $0.contains("workloads.other.prices: has an effect with 'workload: command' only") },
            "\(own)")
    }
}
