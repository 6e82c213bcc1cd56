import Foundation

/// How the runs of one job differ from each other although nothing changed. Costs, of which 1 is the usual one.
enum Noise: Sendable {
    /// Lognormal of this standard deviation, the metrics correlated.
    case lognormal(Double, correlation: Double = 0.5)
    /// As lognormal, 5 % of the runs 1.5 to 4 times as long.
    case outliers(Double)
    /// Each run depends on the one before, by this correlation.
    case autoregressive(Double, correlation: Double)
    /// Student's t of three degrees of freedom: neither normal nor tame.
    case studentTails(Double)
    /// An exponential delay, of this mean, that only ever slows down.
    case skewed(Double)
    /// One run in five is slower by this much.
    case twoLevels(Double)
    /// The machine gets slower by this much from the first to the last run.
    case drift(Double)
    /// Every sixth run or so is disturbed by something that has a period of its own.
    case periodic(Double)
    /// From some run on everything is slower by this much.
    case slowsDown(Double)
    /// Half of the metrics are small counts, zeros among them.
    case counts(mean: Double)
    /// Measured by a clock of this coarseness.
    case ties(step: Double)
    /// Residuals of real runs, drawn with replacement.
    case real([[Double]])

    static let metrics = 8

    /// The runs of one job in the order of time: run by run, metric by metric.
    func job(runs: Int, _ random: inout Random) -> [[Double]] {
        switch self {
        case .lognormal(let deviation, let correlation):
            return normal(runs, deviation, correlation, &random).map { $0.map(exp) }
        case .outliers(let deviation):
            return normal(runs, deviation, 0.5, &random).map { run in
                guard random.unit() < 0.05 else { return run.map(exp) }
                return run.map { exp($0) * (1.5 + 2.5 * random.unit()) }
            }
        case .autoregressive(let deviation, let correlation):
            return autoregressive(runs, deviation, correlation, &random)
        case .studentTails(let deviation):
            return (0..<runs).map { _ in (0..<Noise.metrics).map { _ in exp(deviation * random.student3()) } }
        case .skewed(let mean):
            return (0..<runs).map { _ in
                let common = -log(1 - random.unit())
                return (0..<Noise.metrics).map { _ in 1 + mean * (common - log(1 - random.unit())) / 2 }
            }
        case .twoLevels(let step):
            return normal(runs, 0.01, 0.5, &random).map { run in
                let level = random.unit() < 0.2 ? log(1 + step) : 0
                return run.map { exp($0 + level) }
            }
        case .drift(let whole):
            return shifted(runs, &random) { run in log(1 + whole) * Double(run) / Double(max(1, runs - 1)) }
        case .periodic(let disturbance):
            let (period, phase) = (4 + 4 * random.unit(), random.unit())
            return shifted(runs, &random) { run in
                let place = (Double(run) / period + phase).truncatingRemainder(dividingBy: 1)
                return place < 0.2 ? log(1 + disturbance) : 0
            }
        case .slowsDown(let step):
            let begin = random.index(below: runs)
            return shifted(runs, &random) { run in run >= begin ? log(1 + step) : 0 }
        case .counts(let mean):
            return normal(runs, 0.03, 0.5, &random).map { run in
                run.enumerated().map { $0.offset < Noise.metrics / 2 ? exp($0.element) : random.poisson(mean) }
            }
        case .ties(let step):
            return normal(runs, 0.03, 0.5, &random).map { run in run.map { (exp($0) / step).rounded() * step } }
        case .real(let rows):
            return (0..<runs).map { _ in rows[random.index(below: rows.count)].map(exp) }
        }
    }

    private func normal(
        _ runs: Int, _ deviation: Double, _ correlation: Double, _ random: inout Random
    ) -> [[Double]] {
        (0..<runs).map { _ in random.normals(Noise.metrics, correlation: correlation).map { deviation * $0 } }
    }

    private func autoregressive(
        _ runs: Int, _ deviation: Double, _ correlation: Double, _ random: inout Random
    ) -> [[Double]] {
        let fresh = normal(runs, deviation, 0.5, &random)
        var last = [Double](repeating: 0, count: Noise.metrics)
        return fresh.enumerated().map { index, run in
            let share = index == 0 ? 1 : (1 - correlation * correlation).squareRoot()
            last = zip(last, run).map { (index == 0 ? 0 : correlation) * $0 + share * $1 }
            return last.map(exp)
        }
    }

    /// Lognormal of 3 % around a level that changes with time.
    private func shifted(_ runs: Int, _ random: inout Random, _ level: (Int) -> Double) -> [[Double]] {
        normal(runs, 0.03, 0.5, &random).enumerated().map { index, run in run.map { exp($0 + level(index)) } }
    }
}
