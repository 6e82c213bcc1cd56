import Foundation
import GateCore
import GateVerdict
import TestSupport
import Testing

/// The gate's promise by a small simulation; `ci/benchmarks/judgement` makes the large one, on the same scenarios.
@Suite struct PromiseTests {
    private func convicted(_ scenario: Scenario, change: Double, repetitions: Int) -> Int {
        (0..<repetitions).count { repetition in
            let draw = scenario.draw(
                repetition, change: change, screenRuns: Demands.usualRuns, pairs: Policy.defaultPairs, seed: 7)
            return CaseJudge.judge(draw.judgementCase()).overall == .regression
        }
    }

    @Test("nothing changed: hardly ever an alarm", arguments: ["LN8", "T3", "HALFWAY", "COUNTS"])
    func alarms(name: String) throws {
        let scenario = try #require((Scenario.ofTheDesign(nil) + Scenario.others).first { $0.name == name })
        // Of 15 with a chance of 1 % each, more than 2 come once in 2,500 times.
        #expect(convicted(scenario, change: 0, repetitions: 15) <= 2)
    }

    @Test("10 % worse is caught among outliers and between jobs that differ", arguments: ["HT3", "SESS2_1b"])
    func power(name: String) throws {
        let scenario = try #require(Scenario.ofTheDesign(nil).first { $0.name == name })
        #expect(convicted(scenario, change: 0.1, repetitions: 10) >= 8)
    }

    @Test("the noise of 120 calls that we measured neither alarms nor hides what takes three times as long")
    func ownRuns() throws {
        let real = try RealRuns(SharedData.own.appending(path: "real-runs.csv"))
        #expect(real.residuals.count == 120)
        let scenario = try #require(Scenario.ofTheDesign(real).first { $0.name == "REAL" })
        #expect(convicted(scenario, change: 0, repetitions: 15) <= 2)
        #expect(convicted(scenario, change: 2, repetitions: 10) >= 7)
    }

    @Test(
        "the noise of real runs neither alarms nor hides 10 %",
        .enabled(if: SharedData.isPresent, "needs ../shared"))
    func realRuns() throws {
        let real = try RealRuns(SharedData.url("data/real-runs.csv"))
        #expect(real.residuals.count > 300)
        #expect(!real.offsets.isEmpty)
        let scenario = try #require(Scenario.ofTheDesign(real).last)
        #expect(convicted(scenario, change: 0, repetitions: 15) <= 2)
        #expect(convicted(scenario, change: 0.1, repetitions: 10) >= 7)
    }
}
