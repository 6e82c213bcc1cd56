public import GateCore
public import GateStream

/// Takes the calls of a window one by one and keeps of each what its figures need, which is little.
public struct WindowRecorder: Sendable {
    private let limits: [LoadLimit]
    private var ttft = Distribution(resolution: 1e-9)
    private var ttftAny = Distribution(resolution: 1e-9)
    private var thinking = Distribution(resolution: 1e-9)
    private var thinkingTokens = Distribution(resolution: 1)
    private var itl = Distribution(resolution: 1e-9)
    private var e2e = Distribution(resolution: 1e-9)
    private var throughput = Distribution(resolution: 1e-6)
    private var errors: [InvalidCall.Kind: (count: Int, firstDetail: String)] = [:]
    private var cacheStates: Set<PromptCacheState> = []
    private var longestLoadSeconds: Double?
    private var firstSentNs = Int64.max
    private var lastEndNs = Int64.min
    private var latestStartNs: Int64 = 0
    private var tokens = 0
    /// Over the answers whose tokens the server counted.
    private var counted = (bytes: 0, tokens: 0)
    private var cacheHits = 0
    private var withoutPace = 0
    private var uncounted = 0
    private var arrivals = 0
    private var coalesced = 0
    private var isStampedByKernel = true
    private var weighedUncertaintyNs = 0.0
    private var largestUncertaintyNs: Int64 = 0
    public private(set) var requests = 0
    public private(set) var completed = 0
    /// Valid requests within every limit of single requests.
    public private(set) var good = 0

    public init(limits: [LoadLimit]) { self.limits = limits }

    public var invalid: Int { requests - completed }

    public mutating func add(_ record: CallRecord, cache: PromptCacheState = .unknown) {
        requests += 1
        let origin = record.sentNs ?? record.beganNs
        firstSentNs = min(firstSentNs, origin)
        lastEndNs = max(lastEndNs, origin + record.endNs)
        latestStartNs = max(latestStartNs, record.beganNs - record.scheduledNs)
        if case .invalid(let reason) = record.outcome {
            errors[reason.kind, default: (0, reason.detail)].count += 1
            return
        }
        completed += 1
        cacheStates.insert(cache)
        if cache == .hit { cacheHits += 1 }
        let stamps = record.stamps
        arrivals += stamps.arrivals.count
        coalesced += stamps.coalesced
        if record.clock != .kernelReceive { isStampedByKernel = false }
        weighedUncertaintyNs += Double(record.clockUncertaintyNs) * Double(stamps.arrivals.count)
        largestUncertaintyNs = max(largestUncertaintyNs, record.clockUncertaintyNs)
        if let load = record.server.loadSeconds { longestLoadSeconds = max(longestLoadSeconds ?? 0, load) }
        // Where the server does not count, a piece of content stands for a token, and that is said.
        if record.server.tokens == nil { uncounted += 1 }
        tokens = tokens.adding(clamping: record.server.tokens ?? stamps.arrivals.count)
        if let own = record.server.tokens {
            counted = (counted.bytes + stamps.textBytes, counted.tokens.adding(clamping: own))
        }
        let gaps = stamps.arrivals.gaps
        if let first = stamps.firstContent { ttft.record(Double(first) / 1e9) }
        add(thinking: record.measurements)
        for gap in gaps { itl.record(Double(gap) / 1e9) }
        e2e.record(Double(record.endNs) / 1e9)
        let pace = record.pace
        if let own = pace.throughput { throughput.record(own) }
        if pace.isDegraded { withoutPace += 1 }
        if isGood(record, gaps: gaps) { good += 1 }
    }

    private mutating func add(thinking values: Measurements) {
        if let first = values["ttft.any"] { ttftAny.record(first) }
        if let seconds = values["thinking"] { thinking.record(seconds) }
        if let count = values["thinking_tokens"] { thinkingTokens.record(count) }
    }

    private func isGood(_ record: CallRecord, gaps: [Int64]) -> Bool {
        limits.allSatisfy { limit in
            guard limit.isOfRequest else { return true }
            let seconds = { (q: Double) in OrderStatistics.quantile(gaps.map { Double($0) / 1e9 }, q) }
            // An answer of a single piece has no gap that could be too long.
            if limit.metric.rawValue.hasPrefix("itl."), gaps.isEmpty { return true }
            return switch limit.metric {
            case "ttft": limit.allows(record.stamps.firstContent.map { Double($0) / 1e9 })
            case "e2e": limit.allows(Double(record.endNs) / 1e9)
            case "throughput": limit.allows(record.pace.throughput)
            case "itl.p50": limit.allows(seconds(0.5))
            case "itl.p99": limit.allows(seconds(0.99))
            default: limit.allows(seconds(1))
            }
        }
    }

    // MARK: - Figures

    /// First request sent to last end, in seconds; 0 where nothing was sent.
    public var wallSeconds: Double { requests == 0 ? 0 : Double(max(0, lastEndNs - firstSentNs)) / 1e9 }

    /// The window as it is kept.
    public func window(peakConcurrency: Int) -> LoadWindow {
        LoadWindow(
            requests: requests, completed: completed,
            errors: errors.map { LoadErrors(kind: $0.key, count: $0.value.count, firstDetail: $0.value.firstDetail) }
                .sorted { ($1.count, $0.kind.rawValue) < ($0.count, $1.kind.rawValue) },
            wallSeconds: wallSeconds, peakConcurrency: peakConcurrency, arrivals: arrivals, coalesced: coalesced,
            latestStartNs: Nanoseconds(latestStartNs),
            cacheStates: cacheStates.sorted { $0.rawValue < $1.rawValue }, longestLoadSeconds: longestLoadSeconds,
            measurements: measurements, clock: clock, cacheHits: cacheHits, withoutThroughput: withoutPace)
    }

    private var clock: WindowClock? {
        guard arrivals > 0 else { return nil }
        return WindowClock(
            kind: isStampedByKernel ? .kernelReceive : .monotonicRead,
            meanUncertaintyNs: Nanoseconds(Int64(clamping: weighedUncertaintyNs / Double(arrivals))),
            largestUncertaintyNs: Nanoseconds(largestUncertaintyNs))
    }

    /// Valid requests whose tokens the server did not count.
    public var uncountedRequests: Int { uncounted }

    private var measurements: Measurements {
        var values = Measurements()
        let distributions = [
            ("ttft", ttft), ("ttft.any", ttftAny), ("thinking", thinking), ("thinking_tokens", thinkingTokens),
            ("itl", itl), ("e2e", e2e), ("throughput", throughput),
        ]
        for (name, distribution) in distributions {
            for (suffix, q) in [("p50", 0.5), ("p90", 0.9), ("p99", 0.99)] {
                values[MetricID(rawValue: "\(name).\(suffix)")] = distribution.quantile(q)
            }
            values[MetricID(rawValue: "\(name).max")] = distribution.max
        }
        if wallSeconds > 0 {
            values["output_throughput"] = Double(tokens) / wallSeconds
            values["requests_per_second"] = Double(completed) / wallSeconds
            if limits.contains(where: \.isOfRequest) { values["goodput"] = Double(good) / wallSeconds }
        }
        if counted.tokens > 0, counted.bytes > 0 {
            values["bytes_per_token"] = Double(counted.bytes) / Double(counted.tokens)
        }
        if requests > 0 { values["error_share"] = Double(invalid) / Double(requests) }
        return values
    }
}

extension LoadWindow {
    /// This share of all requests, the ones without a valid answer included, must be within every limit of single
    /// requests for the window to keep them: the 99th percentile, as latency objectives are usually stated.
    public static let leastGoodShare = 0.99

    /// Whether the window keeps the limits: those of single requests by the share of good ones, the others by itself.
    public func keeps(_ limits: [LoadLimit], good: Int) -> Bool {
        guard requests > 0, Double(good) >= LoadWindow.leastGoodShare * Double(requests) else { return false }
        return limits.allSatisfy { $0.isOfRequest || $0.allows(measurements[$0.metric]) }
    }
}
