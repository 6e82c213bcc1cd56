extension Scenario {
    /// Those that the rule was designed on.
    static func ofTheDesign(_ real: RealRuns?) -> [Scenario] {
        var list = [
            Scenario(name: "LN3", words: "lognormal, 3 %", noise: .lognormal(0.03)),
            Scenario(name: "LN8", words: "lognormal, 8 %", noise: .lognormal(0.08)),
            Scenario(name: "HT3", words: "3 %, and 5 % of the runs 1.5 to 4 times as long", noise: .outliers(0.03)),
            Scenario(
                name: "AR3", words: "3 %, neighbours correlated by 0.5", noise: .autoregressive(0.03, correlation: 0.5)),
            Scenario(
                name: "SESS2", words: "3 %, jobs differ by 2 %", noise: .lognormal(0.03), sessions: .normal(0.02)),
            Scenario(
                name: "SESS2_1b", words: "the same, a baseline of one session", noise: .lognormal(0.03),
                sessions: .normal(0.02), baselineSessions: 1),
            Scenario(
                name: "SESS6", words: "3 %, jobs differ by 6 %", noise: .lognormal(0.03), sessions: .normal(0.06)),
            Scenario(
                name: "SESS2_HT", words: "HT3, jobs differ by 2 %", noise: .outliers(0.03), sessions: .normal(0.02)),
        ]
        if let real {
            list += [
                Scenario(name: "REAL", words: "residuals of real runs", noise: .real(real.residuals), hit: [0, 1]),
                Scenario(
                    name: "REAL_S", words: "the same, with offsets of real jobs", noise: .real(real.residuals),
                    sessions: .real(real.offsets), hit: [0, 1]),
            ]
        }
        return list.map { scenario in
            var scenario = scenario
            scenario.isOfTheDesign = true
            return scenario
        }
    }

    /// Those that it was not.
    static let others = [
        Scenario(name: "T3", words: "Student's t of 3 degrees, 3 %", noise: .studentTails(0.03)),
        Scenario(name: "SKEW", words: "exponential delays of 5 %", noise: .skewed(0.05)),
        Scenario(name: "TWO", words: "every fifth run 15 % slower", noise: .twoLevels(0.15)),
        Scenario(name: "DRIFT", words: "10 % slower from first to last run", noise: .drift(0.10)),
        Scenario(name: "PERIODIC", words: "every 4 to 8 runs one or two 20 % slower", noise: .periodic(0.20)),
        Scenario(name: "HALFWAY", words: "20 % slower from some run on", noise: .slowsDown(0.20)),
        Scenario(name: "COUNTS", words: "half of the metrics counts of 6 on average", noise: .counts(mean: 6)),
        Scenario(name: "TIES", words: "3 %, measured in steps of 5 %", noise: .ties(step: 0.05)),
        Scenario(name: "ALIKE", words: "3 %, metrics correlated by 0.95", noise: .lognormal(0.03, correlation: 0.95)),
        Scenario(name: "APART", words: "3 %, metrics independent", noise: .lognormal(0.03, correlation: 0)),
    ]
}
