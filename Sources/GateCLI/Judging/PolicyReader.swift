internal import GateCore
internal import GateJSON
internal import GateVerdict

/// The policy of a case. Every key may be left out.
enum PolicyReader {
    /// Without a policy every metric gates whose better direction is known.
    static let standard = CasePolicy(others: .gate)

    static func read(_ value: JSONValue) throws(CaseError) -> CasePolicy {
        if value.isNull { return standard }
        let members = try CaseMembers(value, "policy", ["alpha", "metrics", "runs", "pairs", "strict"])
        var metrics: [String: MetricRule] = [:]
        if let object = members["metrics"], !object.isNull {
            guard let object = object.object else {
                throw CaseError(place: "policy.metrics", problem: "expected an object, by metric")
            }
            for (name, demands) in object { metrics[name] = try rule(of: name, demands) }
        }
        return CasePolicy(
            rule: try convictionRule(members), metrics: metrics, others: metrics.isEmpty ? .gate : .inform)
    }

    private static func convictionRule(_ members: CaseMembers) throws(CaseError) -> ConvictionRule {
        var alpha = 0.01
        if let value = members["alpha"] {
            guard let number = value.double, number > 0, number < 1 else {
                throw CaseError(place: "policy.alpha", problem: "expected a number between 0 and 1")
            }
            alpha = number
        }
        var isStrict = false
        if let value = members["strict"] {
            guard let bool = value.bool else {
                throw CaseError(place: "policy.strict", problem: "expected true or false")
            }
            isStrict = bool
        }
        return ConvictionRule(
            alpha: alpha,
            maximumPairs: try count(members, "pairs", ConvictionRule.fewestPairs...1000)
                ?? ConvictionRule().maximumPairs,
            screenRuns: try count(members, "runs", 1...1000) ?? ConvictionRule().screenRuns, isStrict: isStrict)
    }

    private static func count(
        _ members: CaseMembers, _ key: String, _ range: ClosedRange<Int>
    ) throws(CaseError) -> Int? {
        guard let value = members[key] else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw CaseError(
                place: "policy.\(key)",
                problem: "expected a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    // MARK: - One metric

    private static func rule(of name: String, _ value: JSONValue) throws(CaseError) -> MetricRule {
        let place = "policy.metrics.\(name)"
        let members = try CaseMembers(value, place, ["direction", "tolerance", "max", "min", "gate"])
        let known = MetricCatalogue.metric(MetricID(rawValue: name))
        let (min, max) = (try limit(members, "min", place), try limit(members, "max", place))
        if let min, let max, min > max {
            throw CaseError(place: place, problem: "min is greater than max; nothing could lie between them")
        }
        let better = try direction(members["direction"], place) ?? known?.direction
        let tolerance = try tolerance(members["tolerance"], place) ?? .standard
        if better == .higherIsBetter, let relative = tolerance.relative, relative >= 1 {
            throw CaseError(
                place: "\(place).tolerance",
                problem: "expected less than 1: what is better when it is higher cannot fall by all of it")
        }
        return MetricRule(
            direction: better, tolerance: tolerance,
            budget: min == nil && max == nil ? nil : Budget(min: min, max: max),
            isGate: try isGate(members["gate"], place) ?? true,
            isDuration: known?.unit == .seconds && better != .higherIsBetter, length: known?.growsWith?.rawValue)
    }

    private static let directions: [String: Direction] = [
        "lower": .lowerIsBetter, "lower_is_better": .lowerIsBetter, "higher": .higherIsBetter,
        "higher_is_better": .higherIsBetter,
    ]

    private static func direction(_ value: JSONValue?, _ place: String) throws(CaseError) -> Direction? {
        guard let value, !value.isNull else { return nil }
        guard let direction = value.string.flatMap({ directions[$0] }) else {
            throw CaseError(
                place: "\(place).direction", problem: "expected \"lower\" or \"higher\": which one is better")
        }
        return direction
    }

    /// A number is relative, 0.05 for 5 %.
    private static func tolerance(_ value: JSONValue?, _ place: String) throws(CaseError) -> AllowedWorsening? {
        guard let value, !value.isNull else { return nil }
        let place = "\(place).tolerance"
        if let relative = value.double, relative >= 0 { return AllowedWorsening(relative: relative) }
        guard value.object != nil else {
            throw CaseError(
                place: place,
                problem: "expected a number of at least 0 (0.05 for 5 %), or {\"relative\": 0.05, \"absolute\": 0.1}")
        }
        let members = try CaseMembers(value, place, ["relative", "absolute"])
        let limits = (try limit(members, "relative", place), try limit(members, "absolute", place))
        guard limits.0 != nil || limits.1 != nil, limits.0 ?? 0 >= 0, limits.1 ?? 0 >= 0 else {
            throw CaseError(place: place, problem: "expected relative, absolute, or both, of at least 0")
        }
        return AllowedWorsening(relative: limits.0, absolute: limits.1)
    }

    private static func limit(_ members: CaseMembers, _ key: String, _ place: String) throws(CaseError) -> Double? {
        guard let value = members[key], !value.isNull else { return nil }
        guard let number = value.double else {
            throw CaseError(place: "\(place).\(key)", problem: "expected a number")
        }
        return number
    }

    private static func isGate(_ value: JSONValue?, _ place: String) throws(CaseError) -> Bool? {
        guard let value, !value.isNull else { return nil }
        switch (value.bool, value.string) {
        case (let isGate?, _): return isGate
        case (_, "gate"): return true
        case (_, "info"): return false
        default:
            throw CaseError(place: "\(place).gate", problem: "expected true or false (\"gate\" or \"info\")")
        }
    }
}
