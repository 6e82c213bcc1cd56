import GateCore
import GateVerdict

/// Cases for tests: short to write, and with noise that is the same everywhere.
enum Cases {
    static func demands(
        _ names: [MetricID] = ["ttft"], alpha: Double = 0.01, tolerance: Tolerance = Policy.usualTolerance,
        direction: Direction? = .lowerIsBetter, budget: Budget? = nil, isGate: Bool = true, isStrict: Bool = false,
        runs: Int = Demands.usualRuns
    ) -> Demands {
        let metrics = names.map {
            MetricPolicy(
                metric: $0, direction: direction, role: isGate ? .gate : .info, tolerance: tolerance, budget: budget)
        }
        return Demands(Policy(metrics: metrics, alpha: alpha, others: .inform, isStrict: isStrict), runs: runs)
    }

    /// Base 1, head as given.
    static func pairs(_ ratios: [Double], metric: String = "ttft") -> [RunPair] {
        ratios.map { RunPair(base: [metric: 1], head: [metric: $0]) }
    }

    /// Noise of ±2 % around a value, the same for all.
    static func series(_ value: Double, count: Int = 5) -> [Double] {
        (0..<count).map { value * (1 + [0, 0.01, -0.01, 0.02, -0.02][$0 % 5]) }
    }

    /// Sessions whose medians differ by ±1 % around a value.
    static func sessions(_ value: Double, count: Int, metric: String = "ttft") -> [SessionValues] {
        (0..<count).map { SessionValues([metric: series(value * (1 + [0, 0.01, -0.01][$0 % 3]))]) }
    }

    static func candidate(_ values: [Double], metric: String = "ttft") -> SessionValues {
        SessionValues([metric: values])
    }
}
