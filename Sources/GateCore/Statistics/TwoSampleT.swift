/// Compares the means of two samples whose variances may differ; both samples are thought to be independent runs of
/// roughly normal values, which sessions on different machines are not.
public struct TwoSampleT: Sendable, Equatable {
    /// Candidate minus baseline.
    public let difference: Double
    public let standardError: Double
    public let t: Double
    public let degrees: Double

    /// Probability of such a difference or a larger one if there is none.
    public var pGreater: Double { StudentT.upperTail(t, degrees: degrees) }

    /// The one-sided lower bound of the difference.
    public func lowerBound(confidence: Double = 0.95) -> Double {
        difference - StudentT.quantile(confidence, degrees: degrees) * standardError
    }

    /// Welch's test ("The generalization of Student's problem when several different population variances are involved",
    /// 1947); nil below two values on a side or where no value differs from another.
    public static func welch(baseline: [Double], candidate: [Double]) -> TwoSampleT? {
        TwoSampleT(TrimmedMean(baseline, trimming: 0), TrimmedMean(candidate, trimming: 0))
    }

    /// Yuen's test of means without the outermost fifth on each side ("The two-sample trimmed t for unequal population
    /// variances", 1974); nil as Welch's.
    public static func yuen(baseline: [Double], candidate: [Double], trimming: Double = 0.2) -> TwoSampleT? {
        TwoSampleT(TrimmedMean(baseline, trimming: trimming), TrimmedMean(candidate, trimming: trimming))
    }

    private init?(_ baseline: TrimmedMean?, _ candidate: TrimmedMean?) {
        guard let baseline, let candidate else { return nil }
        let sum = baseline.variance + candidate.variance
        guard sum > 0 else { return nil }
        difference = candidate.mean - baseline.mean
        standardError = sum.squareRoot()
        t = difference / standardError
        let parts = [baseline, candidate].reduce(0) { $0 + $1.variance * $1.variance / Double($1.kept - 1) }
        degrees = sum * sum / parts
    }
}

/// A mean without its outermost values, and the variance of that mean.
private struct TrimmedMean {
    let mean: Double
    /// Of the mean, not of the values.
    let variance: Double
    let kept: Int

    init?(_ values: [Double], trimming: Double) {
        let cut = Int(clamping: trimming * Double(values.count))
        kept = values.count - 2 * cut
        guard kept > 1 else { return nil }
        let sorted = values.sorted()
        let inner = sorted[cut..<(sorted.count - cut)]
        mean = inner.reduce(0, +) / Double(kept)
        let winsorised = sorted.map { min(max($0, sorted[cut]), sorted[sorted.count - 1 - cut]) }
        let squares = (Moments.variance(winsorised) ?? 0) * Double(values.count - 1)
        variance = squares / (Double(kept) * Double(kept - 1))
    }
}
