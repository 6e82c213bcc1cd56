import Foundation
import GateCore
import TestSupport
import Testing

/// Every primitive against values that scipy and numpy computed.
@Suite("Statistics against reference values")
struct GoldenStatisticsTests {
    private typealias Object = [String: Any]

    private static func cases(_ kind: String) throws -> [(id: String, input: Object, expected: Object)] {
        let cases = try SharedData.versions("statistics-golden.json").flatMap { file in
            let root = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? Object)
            return try #require(root["cases"] as? [Object]).filter { $0["kind"] as? String == kind }
        }
        try #require(!cases.isEmpty)
        return try cases.map {
            (
                try #require($0["id"] as? String), try #require($0["input"] as? Object),
                try #require($0["expected"] as? Object)
            )
        }
    }

    private func numbers(_ value: Any?) throws -> [Double] { try #require(value as? [Double]) }
    private func number(_ value: Any?) throws -> Double { try #require((value as? NSNumber)?.doubleValue) }
    private func whole(_ value: Any?) throws -> Int { try #require((value as? NSNumber)?.intValue) }

    private func expect(
        _ actual: Double?, _ expected: Any?, _ id: String, _ location: SourceLocation = #_sourceLocation
    ) throws {
        guard !(expected is NSNull) else {
            #expect(actual == nil, "\(id)", sourceLocation: location)
            return
        }
        let value = try number(expected)
        let actual = try #require(actual, "\(id)", sourceLocation: location)
        #expect(
            abs(actual - value) <= 1e-9 * max(1, abs(value)), "\(id): \(actual), not \(value)",
            sourceLocation: location)
    }

    @Test("summaries")
    func summaries() throws {
        for (id, input, expected) in try Self.cases("summary") {
            let x = try numbers(input["x"])
            try expect(OrderStatistics.median(x), expected["median"], id)
            try expect(Moments.mean(x), expected["mean"], id)
            try expect(Moments.standardDeviation(x), expected["sd"], id)
            try expect(MedianAbsoluteDeviation.standardDeviation(x), expected["mad_sd"], id)
            try expect(HodgesLehmann.estimate(x), expected["hl"], id)
            try expect(OrderStatistics.quantile(x, 0.25), expected["q25"], id)
            try expect(OrderStatistics.quantile(x, 0.75), expected["q75"], id)
            try expect(OrderStatistics.quantile(x, 0.95), expected["p95"], id)
        }
    }

    @Test("two samples")
    func twoSamples() throws {
        for (id, input, expected) in try Self.cases("two_sample_log") {
            let baseline = try numbers(input["baseline"]).map { Foundation.log($0) }
            let candidate = try numbers(input["candidate"]).map { Foundation.log($0) }
            try expect(HodgesLehmann.shift(from: baseline, to: candidate), expected["log_ratio_hl"], id)
            let welch = TwoSampleT.welch(baseline: baseline, candidate: candidate)
            try expect(welch?.t, expected["welch_t"], id)
            try expect(welch?.degrees, expected["welch_df"], id)
            try expect(welch?.pGreater, expected["welch_p_greater"], id)
            try expect(welch?.lowerBound(), expected["welch_lcb95"], id)
            let rank = MannWhitney(baseline: baseline, candidate: candidate)
            #expect(rank?.isExact == true)
            try expect(rank?.u, expected["mwu_U"], id)
            try expect(rank?.pGreater, expected["mwu_p_greater_exact"], id)
            try expect(rank?.pTwoSided, expected["mwu_p_two_exact"], id)
            // The reference has none where a fifth of a side is less than one value.
            guard expected["yuen_t"] != nil else { continue }
            let yuen = TwoSampleT.yuen(baseline: baseline, candidate: candidate)
            try expect(yuen?.t, expected["yuen_t"], id)
            try expect(yuen?.degrees, expected["yuen_df"], id)
            try expect(yuen?.pGreater, expected["yuen_p_greater"], id)
        }
    }

    @Test("Student's t")
    func studentT() throws {
        for (id, input, expected) in try Self.cases("student_t") {
            let tail = StudentT.upperTail(try number(input["t"]), degrees: try number(input["df"]))
            try expect(tail, expected["sf"], id)
            try expect(1 - tail, expected["cdf"], id)
        }
        for (id, input, expected) in try Self.cases("student_t_quantile") {
            try expect(
                StudentT.quantile(try number(input["p"]), degrees: try number(input["df"])), expected["q"], id)
        }
    }

    @Test("multiplicity")
    func multiplicity() throws {
        for (id, input, expected) in try Self.cases("multiplicity") {
            let p = try numbers(input["p"])
            for (actual, value) in zip(Multiplicity.holm(p), try numbers(expected["holm"])) {
                try expect(actual, value, id)
            }
            for (actual, value) in zip(Multiplicity.benjaminiHochberg(p), try numbers(expected["bh"])) {
                try expect(actual, value, id)
            }
        }
    }

    @Test("sign flips")
    func signFlips() throws {
        for (id, input, expected) in try Self.cases("signflip_maxT") {
            let pairs = try #require(input["log_ratios"] as? [[Double]])
            let differences = try #require(pairs.first).indices.map { metric in pairs.map { $0[metric] } }
            let columns = differences.map { SignFlipTest.weights($0) }
            let weights = try #require(expected["W"] as? [[Double]])
            #expect(weights.indices.allSatisfy { row in columns.map { $0[row] } == weights[row] }, "\(id)")
            let (t, alone) = (try numbers(expected["T"]), try numbers(expected["p_unadjusted"]))
            let (together, location) = (try numbers(expected["p_maxT"]), try numbers(expected["hl"]))
            let adjusted = SignFlipTest.adjustedP(columns)
            for metric in columns.indices {
                try expect(SignFlipTest.statistic(columns[metric]), t[metric], id)
                try expect(SignFlipTest.p(columns[metric]), alone[metric], id)
                try expect(adjusted[metric], together[metric], id)
                try expect(HodgesLehmann.estimate(differences[metric]), location[metric], id)
            }
        }
    }

    @Test("signs, ranks and counts")
    func counts() throws {
        for (id, input, expected) in try Self.cases("signed_rank") {
            let test = SignedRank(try numbers(input["d"]))
            try expect(test?.positiveRanks, expected["W_plus"], id)
            try expect(test?.pGreater, expected["p_greater_exact"], id)
            try expect(HodgesLehmann.estimate(try numbers(input["d"])), expected["hl"], id)
        }
        for (id, input, expected) in try Self.cases("sign_test") {
            try expect(
                SignTest.p(atLeast: try whole(input["positive"]), of: try whole(input["n"])), expected["p_greater"], id)
        }
        for (id, input, expected) in try Self.cases("fisher_exact") {
            let table = try #require(input["table"] as? [[Int]])
            try expect(
                FisherExact.pCandidateFailsMore(
                    baseline: (table[0][0], table[0][1]), candidate: (table[1][0], table[1][1])),
                expected["p_cand_more_failures"], id)
        }
    }

    @Test("sessions", .enabled(if: SharedData.isPresent, "needs ../shared"))
    func sessions() throws {
        for (id, input, expected) in try Self.cases("session_moderated_t") {
            let test = SessionModeratedT(
                sessionMedians: try numbers(input["session_medians_log"]),
                candidateMedian: try number(input["candidate_median_log"]),
                withinDeviation: try number(input["within_sd_log"]), runs: try whole(input["n_per_session"]),
                candidateRuns: try whole(input["n_candidate"]), priorDegrees: try number(input["d0"]),
                priorDeviation: try number(input["tau0"]))
            try expect(test.mean, expected["mean_sessions"], id)
            try expect(test.priorVariance, expected["prior_var"], id)
            try expect(test.posteriorVariance, expected["post_var"], id)
            try expect(test.standardError, expected["se"], id)
            try expect(test.degrees, expected["df"], id)
            try expect(test.t, expected["t"], id)
            try expect(test.pGreater, expected["p_greater"], id)
        }
    }

    @Test("betting, creep and change points", .enabled(if: SharedData.isPresent, "needs ../shared"))
    func series() throws {
        for (id, input, expected) in try Self.cases("e_process") {
            let capital = BettingProcess.capital(try numbers(input["d"]), stakes: try numbers(input["grid"]))
            for (actual, value) in zip(capital, try numbers(expected["e"])) { try expect(actual, value, id) }
        }
        for (id, input, expected) in try Self.cases("creep") {
            let creep = Creep(try numbers(input["x_log"]))
            try expect(creep?.slope, expected["theil_sen_slope"], id)
            try expect(creep?.s, expected["mann_kendall_S"], id)
            try expect(creep?.variance, expected["var"], id)
            try expect(creep?.z, expected["z"], id)
            try expect(creep?.pGreater, expected["p_greater"], id)
            try expect(creep?.tau, expected["kendall_tau"], id)
        }
        for (id, input, expected) in try Self.cases("change_points") {
            let found = ChangePoints(try numbers(input["x_log"]))
            try expect(found.sigma, expected["sigma"], id)
            try expect(found.penalty, expected["beta"], id)
            #expect(found.candidates == expected["pelt"] as? [Int], "\(id)")
            #expect(found.changes == expected["final"] as? [Int], "\(id)")
        }
    }
}
