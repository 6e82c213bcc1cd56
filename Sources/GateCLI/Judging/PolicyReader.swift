internal import GateCore
internal import GateJSON
internal import GateVerdict

/// The policy of a case. Every key may be left out.
enum PolicyReader {
    /// Without a policy every metric gates whose better direction is known.
    static let standard = Demands(Policy(others: .gate))

    static func read(_ value: JSONValue) throws(CaseError) -> Demands {
        if value.isNull { return standard }
        let members = try CaseMembers(value, "policy", ["alpha", "metrics", "runs", "pairs", "strict"])
        var metrics: [MetricPolicy] = []
        if let object = members["metrics"], !object.isNull {
            guard let object = object.object else {
                throw CaseError(place: "policy.metrics", problem: "expected an object, by metric")
            }
            for (name, demands) in object { metrics.append(try metric(name, demands)) }
        }
        var policy = Policy(metrics: metrics, others: metrics.isEmpty ? .gate : .inform)
        if let value = members["alpha"] {
            guard let number = value.double, number > 0, number < 1 else {
                throw CaseError(place: "policy.alpha", problem: "expected a number between 0 and 1")
            }
            policy.alpha = number
        }
        if let value = members["strict"] {
            guard let bool = value.bool else {
                throw CaseError(place: "policy.strict", problem: "expected true or false")
            }
            policy.isStrict = bool
        }
        if let pairs = try count(members, "pairs", ConvictionRule.fewestPairs...1000) { policy.pairs = pairs }
        return Demands(policy, runs: try count(members, "runs", 1...1000) ?? Demands.usualRuns)
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

    private static func metric(_ name: String, _ value: JSONValue) throws(CaseError) -> MetricPolicy {
        let place = "policy.metrics.\(name)"
        let members = try CaseMembers(value, place, ["direction", "tolerance", "max", "min", "gate"])
        let (min, max) = (try limit(members, "min", place), try limit(members, "max", place))
        if let min, let max, min > max {
            throw CaseError(place: place, problem: "min is greater than max; nothing could lie between them")
        }
        let metric = MetricPolicy(
            metric: MetricID(rawValue: name), direction: try direction(members["direction"], place),
            role: try role(members["gate"], place), tolerance: try tolerance(members["tolerance"], place),
            budget: min == nil && max == nil ? nil : Budget(min: min, max: max))
        let better = metric.direction ?? MetricCatalogue.metric(metric.metric)?.direction
        if better == .higherIsBetter, let share = metric.tolerance?.share, share >= 1 {
            throw CaseError(
                place: "\(place).tolerance",
                problem: "expected less than 1: what is better when it is higher cannot fall by all of it")
        }
        return metric
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
    private static func tolerance(_ value: JSONValue?, _ place: String) throws(CaseError) -> Tolerance? {
        guard let value, !value.isNull else { return nil }
        let place = "\(place).tolerance"
        if let share = value.double, share >= 0 { return .relative(share: share) }
        guard value.object != nil else {
            throw CaseError(
                place: place,
                problem: "expected a number of at least 0 (0.05 for 5 %), or {\"relative\": 0.05, \"absolute\": 0.1}")
        }
        let members = try CaseMembers(value, place, ["relative", "absolute"])
        let (share, absolute) = (try limit(members, "relative", place), try limit(members, "absolute", place))
        guard share != nil || absolute != nil, share ?? 0 >= 0, absolute ?? 0 >= 0 else {
            throw CaseError(place: place, problem: "expected relative, absolute, or both, of at least 0")
        }
        guard let share else { return absolute.map(Tolerance.absolute) }
        return absolute.map { .larger(share: share, absolute: $0) } ?? .relative(share: share)
    }

    private static func limit(_ members: CaseMembers, _ key: String, _ place: String) throws(CaseError) -> Double? {
        guard let value = members[key], !value.isNull else { return nil }
        guard let number = value.double else {
            throw CaseError(place: "\(place).\(key)", problem: "expected a number")
        }
        return number
    }

    private static func role(_ value: JSONValue?, _ place: String) throws(CaseError) -> MetricRole? {
        guard let value, !value.isNull else { return nil }
        if let isGate = value.bool { return isGate ? .gate : .info }
        guard let role = value.string.flatMap(MetricRole.init) else {
            throw CaseError(place: "\(place).gate", problem: "expected true or false (\"gate\" or \"info\")")
        }
        return role
    }
}
