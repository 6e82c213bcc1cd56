import Foundation
import TestSupport
import Testing

@testable import GateCore
@testable import GateVerdict

/// Reference values that scipy and numpy computed: those of the project (`Golden/statistics.py` makes them), and more that
/// may lie beside it.
enum GoldenValues: String, CaseIterable, CustomTestStringConvertible {
    case ofTheProject, besideTheProject

    static var present: [GoldenValues] { SharedData.isPresent ? allCases : [.ofTheProject] }

    var testDescription: String { rawValue }

    private var file: URL {
        switch self {
        case .ofTheProject: SharedData.packageRoot.appending(path: "Tests/GateVerdictTests/Golden/statistics.json")
        case .besideTheProject: SharedData.url("data/statistics-golden.json")
        }
    }

    struct Case {
        let id: String
        let input: [String: Any]
        let expected: [String: Any]

        func number(_ key: String) throws -> Double { try #require((input[key] as? NSNumber)?.doubleValue) }
        func whole(_ key: String) throws -> Int { try #require((input[key] as? NSNumber)?.intValue) }
        func numbers(_ key: String) throws -> [Double] { try #require(input[key] as? [Double]) }

        func expect(_ actual: Double?, _ key: String, times factor: Double = 1, _ location: SourceLocation) throws {
            let value = factor * (try #require((expected[key] as? NSNumber)?.doubleValue))
            expect(actual, value, key, location)
        }

        func expect(_ actual: Double?, _ value: Double, _ key: String, _ location: SourceLocation) {
            let isNear = actual.map { abs($0 - value) <= 1e-9 * max(1, abs(value)) } ?? false
            #expect(isNear, "\(id), \(key): \(actual ?? .nan), not \(value)", sourceLocation: location)
        }
    }

    /// Cases of a kind; those of the project have every kind but one.
    func cases(_ kind: String) throws -> [Case] {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let cases = try #require(root["cases"] as? [[String: Any]]).filter { $0["kind"] as? String == kind }
        if self == .ofTheProject { try #require(!cases.isEmpty) }
        return try cases.map {
            Case(
                id: try #require($0["id"] as? String), input: try #require($0["input"] as? [String: Any]),
                expected: try #require($0["expected"] as? [String: Any]))
        }
    }
}

/// Every test that a verdict is made by, against the reference.
@Suite("Statistics against reference values") struct GoldenStatisticsTests {
    typealias Case = GoldenValues.Case

    private func expect(
        _ actual: Double?, _ key: String, of golden: Case, times factor: Double = 1,
        _ location: SourceLocation = #_sourceLocation
    ) throws {
        try golden.expect(actual, key, times: factor, location)
    }

    @Test("summaries", arguments: GoldenValues.present)
    func summaries(values: GoldenValues) throws {
        for golden in try values.cases("summary") {
            let x = try golden.numbers("x")
            try expect(OrderStatistics.median(x), "median", of: golden)
            try expect(HodgesLehmann.estimate(x), "hl", of: golden)
            try expect(OrderStatistics.quantile(x, 0.25), "q25", of: golden)
            try expect(OrderStatistics.quantile(x, 0.75), "q75", of: golden)
            try expect(OrderStatistics.quantile(x, 0.95), "p95", of: golden)
            let median = try #require(OrderStatistics.median(x))
            let deviation = MedianAbsoluteDeviation.standardDeviation(ofDeviations: x.map { abs($0 - median) })
            if values == .ofTheProject {
                try expect(deviation, "deviation", of: golden)
            } else {
                // That reference rounds the factor to four decimals.
                try expect(deviation, "mad_sd", of: golden, times: MedianAbsoluteDeviation.normalFactor / 1.4826)
            }
        }
    }

    @Test("rank test of reports, with ties and without", arguments: GoldenValues.present)
    func ranks(values: GoldenValues) throws {
        let kind = values == .ofTheProject ? ("rank_test", "p_greater") : ("two_sample_log", "mwu_p_greater_exact")
        for golden in try values.cases(kind.0) {
            let p = RankTest.probabilityOfLarger(
                try golden.numbers("candidate"), than: try golden.numbers("baseline"))
            try expect(p, kind.1, of: golden)
        }
    }

    @Test("Student's t", arguments: GoldenValues.present)
    func studentT(values: GoldenValues) throws {
        for golden in try values.cases("student_t") {
            try expect(
                StudentT.upperTail(try golden.number("t"), degrees: try golden.number("df")), "sf", of: golden)
        }
        for golden in try values.cases("student_t_quantile") {
            try expect(StudentT.quantile(try golden.number("p"), degrees: try golden.number("df")), "q", of: golden)
        }
    }

    @Test("the chi-squared distribution", arguments: GoldenValues.present)
    func chiSquared(values: GoldenValues) throws {
        for golden in try values.cases("chi_squared_quantile") {
            let (p, degrees) = (try golden.number("p"), try golden.number("df"))
            let quantile = ChiSquared.quantile(p, degrees: degrees)
            try expect(quantile, "q", of: golden)
            #expect(abs(ChiSquared.lowerTail(quantile, degrees: degrees) - p) < 1e-11)
        }
    }

    @Test("multiplicity", arguments: GoldenValues.present)
    func multiplicity(values: GoldenValues) throws {
        for golden in try values.cases("multiplicity") {
            let expected = try #require(golden.expected["holm"] as? [Double])
            for (actual, value) in zip(Multiplicity.holm(try golden.numbers("p")), expected) {
                golden.expect(actual, value, "holm", #_sourceLocation)
            }
        }
    }

    @Test("sign flips", arguments: GoldenValues.present)
    func signFlips(values: GoldenValues) throws {
        for golden in try values.cases("signflip_maxT") {
            let pairs = try #require(golden.input["log_ratios"] as? [[Double]])
            let differences = try #require(pairs.first).indices.map { metric in pairs.map { $0[metric] } }
            let columns = differences.map { SignFlipTest.weights($0) }
            let weights = try #require(golden.expected["W"] as? [[Double]])
            #expect(weights.indices.allSatisfy { row in columns.map { $0[row] } == weights[row] }, "\(golden.id)")
            let expected = try ["T", "p_unadjusted", "p_maxT", "hl"].map {
                try #require(golden.expected[$0] as? [Double])
            }
            let adjusted = SignFlipTest.adjustedP(columns)
            for metric in columns.indices {
                golden.expect(SignFlipTest.statistic(columns[metric]), expected[0][metric], "T", #_sourceLocation)
                golden.expect(
                    SignFlipTest.adjustedP([columns[metric]])[0], expected[1][metric], "p alone", #_sourceLocation)
                golden.expect(adjusted[metric], expected[2][metric], "p together", #_sourceLocation)
                golden.expect(
                    HodgesLehmann.estimate(differences[metric]), expected[3][metric], "hl", #_sourceLocation)
            }
        }
    }

    @Test("signs and counts", arguments: GoldenValues.present)
    func counts(values: GoldenValues) throws {
        for golden in try values.cases("sign_test") {
            try expect(
                SignTest.p(atLeast: try golden.whole("positive"), of: try golden.whole("n")), "p_greater", of: golden)
        }
        for golden in try values.cases("fisher_exact") {
            let table = try #require(golden.input["table"] as? [[Int]])
            let p = FisherExact.pCandidateFailsMore(
                baseline: (table[0][0], table[0][1]), candidate: (table[1][0], table[1][1]))
            try expect(p, "p_cand_more_failures", of: golden)
        }
    }

    @Test("the interval of a rate")
    func interval() throws {
        for golden in try GoldenValues.ofTheProject.cases("binomial_interval") {
            let interval = BinomialInterval(
                successes: try golden.whole("successes"), trials: try golden.whole("trials"))
            try expect(interval.lower, "lower", of: golden)
            try expect(interval.upper, "upper", of: golden)
        }
    }

    @Test("sessions", arguments: GoldenValues.present)
    func sessions(values: GoldenValues) throws {
        for golden in try values.cases("session_moderated_t") {
            let weight = try golden.number("d0")
            let deviation = try golden.number("tau0")
            let test = SessionModeratedT(
                medians: try golden.numbers("session_medians_log"),
                candidate: try golden.number("candidate_median_log"),
                withinDeviation: try golden.number("within_sd_log"),
                runs: SessionModeratedT.Runs(
                    ofSession: try golden.number("n_per_session"), ofCandidate: try golden.number("n_candidate")),
                belief: SessionModeratedT.Belief(
                    variance: deviation * deviation, weight: weight, degrees: weight))
            try expect(test.mean, "mean_sessions", of: golden)
            try expect(test.priorVariance, "prior_var", of: golden)
            try expect(test.posteriorVariance, "post_var", of: golden)
            try expect(test.standardError, "se", of: golden)
            try expect(test.degrees, "df", of: golden)
            try expect(test.t, "t", of: golden)
            try expect(test.pGreater, "p_greater", of: golden)
            #expect(abs(test.pLess + test.pGreater - 1) < 1e-12)
        }
    }

    /// What a verdict says is what this test says: the sample of the judgement is put into it as it is.
    @Test("a verdict's p-value is the session-moderated test's")
    func verdictsUseIt() throws {
        let sessions = [
            [1.0, 1.02, 0.99], [1.04, 1.05, 1.06], [0.97, 0.98, 1.0], [1.01, 1.0, 1.02], [1.03, 1.02, 1.0],
        ]
        let candidate = [1.1, 1.12, 1.13]
        let verdict = CaseJudge.judge(
            JudgementCase(
                demands: Cases.demands(), baseline: sessions.map { SessionValues(["ttft": $0]) },
                candidate: SessionValues(["ttft": candidate])))
        let medians = sessions.compactMap { OrderStatistics.median($0.map { Foundation.log($0) }) }
        let deviations = (sessions + [candidate]).flatMap { group -> [Double] in
            let logs = group.map { Foundation.log($0) }
            return logs.map { abs($0 - (OrderStatistics.median(logs) ?? 0)) }
        }
        let within = MedianAbsoluteDeviation.standardDeviation(ofDeviations: deviations) * (18.0 / 12).squareRoot()
        // Of one metric alone nothing is pooled, so that the sessions speak for themselves.
        let test = SessionModeratedT(
            medians: medians, candidate: Foundation.log(1.12), withinDeviation: within,
            runs: SessionModeratedT.Runs(ofSession: 3, ofCandidate: 3),
            belief: SessionModeratedT.Belief(variance: 0, weight: 0, degrees: 0))
        let p = try #require(verdict["ttft"]?.p)
        #expect(abs(p - test.pGreater) < 1e-12)
    }
}
