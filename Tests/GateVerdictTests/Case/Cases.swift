import GateCore
import GateVerdict

/// Cases for tests: short to write, and with noise that is the same everywhere.
enum Cases {
    static func policy(
        _ names: [String] = ["ttft"], alpha: Double = 0.01, tolerance: AllowedWorsening = .standard,
        direction: Direction? = .lowerIsBetter, budget: Budget? = nil, isGate: Bool = true, isDuration: Bool = false,
        isStrict: Bool = false
    ) -> CasePolicy {
        let rule = MetricRule(
            direction: direction, tolerance: tolerance, budget: budget, isGate: isGate, isDuration: isDuration)
        return CasePolicy(
            rule: ConvictionRule(alpha: alpha, isStrict: isStrict),
            metrics: Dictionary(uniqueKeysWithValues: names.map { ($0, rule) }))
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
