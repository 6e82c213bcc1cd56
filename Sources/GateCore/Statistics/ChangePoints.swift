/// Where the level of a series of logarithms changed.
///
/// Values are clipped to a running median, so that single spikes are no change; then the segmentation with the least
/// squares plus a penalty for each change is found (PELT: Killick, Fearnhead and Eckley, "Optimal detection of
/// changepoints with a linear computational cost", 2012), and changes that are small or that Welch's test does not bear out
/// are dropped, the least certain first. Quadratic where changes are few: cut a series off at some thousand points.
public struct ChangePoints: Sendable, Equatable {
    /// Noise as told from neighbouring values.
    public let sigma: Double
    /// The penalty of a change.
    public let penalty: Double
    /// First indices of segments as PELT has them, ascending.
    public let candidates: [Int]
    /// Those that are left, ascending.
    public let changes: [Int]

    /// - Parameters:
    ///   - penaltyFactor: of σ² ln n.
    ///   - shortestSegment: at least 2.
    ///   - clip: in σ, around the running median.
    ///   - window: of the running median, odd.
    ///   - alpha: of Welch's test, divided by the number of candidates.
    ///   - smallest: difference of medians.
    public init(
        _ values: [Double], penaltyFactor: Double = 5, shortestSegment: Int = 5, clip: Double = 3.5, window: Int = 11,
        alpha: Double = 0.001, smallest: Double = 0.03
    ) {
        let steps = zip(values.dropFirst(), values).map(-)
        sigma = (MedianAbsoluteDeviation.standardDeviation(steps) ?? 0) / 2.0.squareRoot()
        penalty = penaltyFactor * sigma * sigma * log(Double(max(1, values.count)))
        let clipped = ChangePoints.clipped(values, window: window, by: clip * sigma)
        candidates = ChangePoints.segment(clipped, penalty: penalty, shortest: max(2, shortestSegment))
        changes = ChangePoints.prune(clipped, candidates, alpha: alpha, smallest: smallest)
    }

    private static func clipped(_ values: [Double], window: Int, by distance: Double) -> [Double] {
        values.indices.map { index in
            let reach = window / 2
            let near = values[max(0, index - reach)...min(values.count - 1, index + reach)]
            let median = OrderStatistics.median(Array(near)) ?? values[index]
            return min(max(values[index], median - distance), median + distance)
        }
    }

    private static func segment(_ values: [Double], penalty: Double, shortest: Int) -> [Int] {
        guard values.count >= 2 * shortest else { return [] }
        var sums = [0.0]
        var squares = [0.0]
        for value in values {
            sums.append(sums[sums.count - 1] + value)
            squares.append(squares[squares.count - 1] + value * value)
        }
        func cost(_ start: Int, _ end: Int) -> Double {
            let sum = sums[end] - sums[start]
            return squares[end] - squares[start] - sum * sum / Double(end - start)
        }
        var best = [Double](repeating: .infinity, count: values.count + 1)
        var last = [Int](repeating: 0, count: values.count + 1)
        best[0] = -penalty
        var starts: [Int] = []
        for end in shortest...values.count {
            starts.append(end - shortest)
            starts.removeAll { $0 > 0 && $0 < shortest }
            var costs: [Double] = []
            for start in starts {
                let total = best[start] + cost(start, end)
                costs.append(total)
                if total + penalty < best[end] { (best[end], last[end]) = (total + penalty, start) }
            }
            // A start that is worse now by more than a change costs will never be better.
            starts = zip(starts, costs).filter { $0.1 <= best[end] }.map(\.0)
        }
        var found: [Int] = []
        var end = values.count
        while last[end] > 0 {
            found.append(last[end])
            end = last[end]
        }
        return found.reversed()
    }

    private static func prune(_ values: [Double], _ candidates: [Int], alpha: Double, smallest: Double) -> [Int] {
        var changes = candidates
        while !changes.isEmpty {
            let bounds = [0] + changes + [values.count]
            let judged = changes.indices.map { index -> (p: Double, isSmall: Bool) in
                let before = Array(values[bounds[index]..<bounds[index + 1]])
                let after = Array(values[bounds[index + 1]..<bounds[index + 2]])
                let difference = (OrderStatistics.median(after) ?? 0) - (OrderStatistics.median(before) ?? 0)
                let upward = TwoSampleT.welch(baseline: before, candidate: after)?.pGreater ?? (difference == 0 ? 1 : 0)
                return (2 * min(upward, 1 - upward), abs(difference) < smallest)
            }
            let doubtful = judged.indices.filter { judged[$0].p > alpha / Double(changes.count) || judged[$0].isSmall }
            guard let worst = doubtful.max(by: { judged[$0].p < judged[$1].p }) else { break }
            changes.remove(at: worst)
        }
        return changes
    }
}
