/// The requests of a window that ended badly for one reason.
public struct LoadErrors: Codable, Sendable, Equatable {
    public let kind: InvalidCall.Kind
    /// So many. At least 1.
    public let count: Int
    /// What the server or the network said the first time.
    public let firstDetail: String

    public init(kind: InvalidCall.Kind, count: Int, firstDetail: String) {
        self.kind = kind
        self.count = count
        self.firstDetail = firstDetail
    }
}

/// One concurrency that a ramp tried.
public struct RampStep: Codable, Sendable, Equatable {
    /// Requests in flight. At least 1.
    public let concurrency: Int
    /// True when it kept the limits.
    public let isWithinLimits: Bool
    /// Requests within every limit / requests; 0...1.
    public let goodShare: Double

    public init(concurrency: Int, isWithinLimits: Bool, goodShare: Double) {
        self.concurrency = concurrency
        self.isWithinLimits = isWithinLimits
        self.goodShare = goodShare
    }
}

/// What stamped the content of a window's valid answers, and how exactly.
public struct WindowClock: Codable, Sendable, Equatable {
    /// The kernel's times where all of the content has them.
    public let kind: ArrivalClock
    /// Over the answers, each weighed by its pieces of content.
    public let meanUncertaintyNs: Nanoseconds
    /// Of the least exact answer.
    public let largestUncertaintyNs: Nanoseconds

    public init(kind: ArrivalClock, meanUncertaintyNs: Nanoseconds, largestUncertaintyNs: Nanoseconds) {
        self.kind = kind
        self.meanUncertaintyNs = meanUncertaintyNs
        self.largestUncertaintyNs = largestUncertaintyNs
    }
}

/// Many requests, from the first that was sent to the end of the last: what a run of the workload `load` measures.
public struct LoadWindow: Codable, Sendable, Equatable {
    /// Requests that were made, whatever became of them.
    public let requests: Int
    /// Requests with a valid answer: the only ones of which there are latencies.
    public let completed: Int
    /// The others by kind, most frequent first.
    public let errors: [LoadErrors]
    /// From the first request to the last end.
    public let wallSeconds: Double
    /// The most that were in flight together.
    public let peakConcurrency: Int
    /// Pieces of content that arrived in valid answers.
    public let arrivals: Int
    /// Pieces that came in the same read as the piece before them, so that their gap is not known.
    public let coalesced: Int
    /// How long after its planned moment a request left, at worst; 0 in a closed loop.
    public let latestStartNs: Nanoseconds
    /// States of the prompt cache that were seen, sorted.
    public let cacheStates: [PromptCacheState]
    /// The server's longest time to have the model ready; nil where it says nothing of it.
    public let longestLoadSeconds: Double?
    /// The metrics of ``MetricCatalogue/window`` in base units.
    public var measurements: Measurements
    /// The concurrencies that were tried, in order; empty without a ramp.
    public var ramp: [RampStep]
    /// nil without a valid answer, and in sessions of before it was kept.
    public let clock: WindowClock?
    /// Valid requests of whose prompt a part came out of the server's cache; nil in sessions of before it was counted.
    public let cacheHits: Int?
    /// Valid requests whose throughput the arrivals cannot show; nil in sessions of before it was counted.
    public let withoutThroughput: Int?

    public init(
        requests: Int, completed: Int, errors: [LoadErrors], wallSeconds: Double, peakConcurrency: Int, arrivals: Int,
        coalesced: Int, latestStartNs: Nanoseconds, cacheStates: [PromptCacheState], longestLoadSeconds: Double?,
        measurements: Measurements, ramp: [RampStep] = [], clock: WindowClock? = nil,
        cacheHits: Int? = nil, withoutThroughput: Int? = nil
    ) {
        self.requests = requests
        self.completed = completed
        self.errors = errors
        self.wallSeconds = wallSeconds
        self.peakConcurrency = peakConcurrency
        self.arrivals = arrivals
        self.coalesced = coalesced
        self.latestStartNs = latestStartNs
        self.cacheStates = cacheStates
        self.longestLoadSeconds = longestLoadSeconds
        self.measurements = measurements
        self.ramp = ramp
        self.clock = clock
        self.cacheHits = cacheHits
        self.withoutThroughput = withoutThroughput
    }

    /// Requests without a valid answer.
    public var invalid: Int { requests - completed }

    /// Cold where one of the requests had to load the model: it slowed the others down too.
    public var modelState: ModelState { (longestLoadSeconds ?? 0) > Session.shortestColdLoad ? .cold : .warm }

    /// Coalesced arrivals / gaps; 0...1.
    public var coalescedShare: Double { gapTrust.coalescedShare }

    /// Which of the figures of the gaps are the server's.
    public var gapTrust: InterTokenTrust {
        InterTokenTrust(
            // The first arrival of each answer has no gap before it.
            arrivals: arrivals - max(0, completed - 1), coalesced: coalesced,
            uncertaintyNs: Double(clock?.meanUncertaintyNs.count ?? 0),
            medianGapNs: measurements["itl.p50"].map { $0 * 1e9 })
    }

    /// What has spoilt this inter-token figure, in words; nil where nothing has, and for every other metric.
    public func gapDoubt(of metric: MetricID) -> String? {
        guard let quantile = metric.interTokenQuantile, !gapTrust.knows(quantile) else { return nil }
        guard gapTrust.isExact else {
            let exactness = DisplayFormat.value(clock?.meanUncertaintyNs.seconds ?? 0, unit: .seconds)
            return "arrivals are known to \(exactness) only, more than a hundredth of a gap"
        }
        let share = DisplayFormat.percent(coalescedShare)
        return "\(share) of the arrivals came in one read with the one before"
    }

    /// The inter-token figures that are not known, in the order of the catalogue.
    public var unknownGapFigures: [MetricID] {
        ["itl.p50", "itl.p90", "itl.p99", "itl.max"].filter { gapDoubt(of: $0) != nil }
    }
}
