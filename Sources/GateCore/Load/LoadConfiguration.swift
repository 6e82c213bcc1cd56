/// How the gaps between the arrivals of an open loop are drawn.
public enum ArrivalPattern: String, Codable, Sendable, CaseIterable {
    /// Every 1/rate seconds.
    case constant
    /// Independent exponential gaps with a mean of 1/rate seconds: a Poisson process.
    case poisson
}

/// Arrivals at a rate, whatever the server makes of them.
public struct OpenLoop: Codable, Sendable, Equatable {
    /// Requests per second, greater than 0.
    public var rate: Double
    public var arrivals: ArrivalPattern
    /// The same seed gives the same arrivals; at least 0.
    public var seed: Int

    public init(rate: Double, arrivals: ArrivalPattern, seed: Int) {
        self.rate = rate
        self.arrivals = arrivals
        self.seed = seed
    }
}

/// When a window stops starting requests; the ones in flight are always waited for.
public enum LoadExtent: Sendable, Equatable {
    /// So many requests, at least 1.
    case requests(Int)
    /// Seconds since the window began, greater than 0.
    case seconds(Double)
}

/// A workload of many requests.
public struct LoadConfiguration: Codable, Sendable, Equatable {
    /// Requests that may be in flight together; nil for an open loop without such a cap. At least 1.
    public var concurrency: Int?
    /// nil for a closed loop: a request starts when another one ends.
    public var openLoop: OpenLoop?
    public var extent: LoadExtent
    /// The highest concurrency that a ramp tries; nil where there is no ramp. At least 1.
    public var rampLimit: Int?
    /// What requests, or the whole window, must stay within.
    public var limits: [LoadLimit]

    public init(
        concurrency: Int?, openLoop: OpenLoop? = nil, extent: LoadExtent, rampLimit: Int? = nil,
        limits: [LoadLimit] = []
    ) {
        self.concurrency = concurrency
        self.openLoop = openLoop
        self.extent = extent
        self.rampLimit = rampLimit
        self.limits = limits
    }
}

extension LoadExtent: Codable {
    private enum Keys: String, CodingKey { case requests, seconds }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Keys.self)
        if let requests = try container.decodeIfPresent(Int.self, forKey: .requests) {
            self = .requests(requests)
        } else {
            self = .seconds(try container.decode(Double.self, forKey: .seconds))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        switch self {
        case .requests(let count): try container.encode(count, forKey: .requests)
        case .seconds(let seconds): try container.encode(seconds, forKey: .seconds)
        }
    }
}

extension LoadConfiguration {
    /// `16 in flight, 64 requests`, `at 8.00 req/s (poisson, seed 7), 30.0 s`
    public var words: String {
        var parts: [String] = []
        if let rampLimit { parts.append("ramp up to \(rampLimit) in flight") }
        if let openLoop {
            let rate = DisplayFormat.value(openLoop.rate, unit: .requestsPerSecond)
            let seed = openLoop.arrivals == .poisson ? ", seed \(openLoop.seed)" : ""
            parts.append("at \(rate) (\(openLoop.arrivals.rawValue)\(seed))")
        }
        if let concurrency, rampLimit == nil {
            parts.append(openLoop == nil ? "\(concurrency) in flight" : "at most \(concurrency) in flight")
        }
        switch extent {
        case .requests(let count): parts.append("\(count) request\(count == 1 ? "" : "s")")
        case .seconds(let seconds): parts.append(DisplayFormat.seconds(seconds))
        }
        return parts.joined(separator: ", ")
    }
}
