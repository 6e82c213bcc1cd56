public import GateCore

/// Everything that was measured of one call. Times are nanoseconds; moments are of the monotonic clock
/// (CLOCK_MONOTONIC), offsets count from ``sentNs``, or from ``beganNs`` where nothing was sent.
public struct CallRecord: Sendable, Equatable {
    /// 0 for the first call of a run.
    public let number: Int
    /// The request's.
    public let tag: Int
    public let outcome: ExchangeOutcome
    /// The HTTP status; 0 where there was no answer.
    public let status: Int
    /// The moment that the schedule named.
    public let scheduledNs: Int64
    /// When the call was begun: after this come name lookup and connection.
    public let beganNs: Int64
    /// Connected and about to write the request; nil where it did not come to that.
    public let sentNs: Int64?
    public let connection: ConnectionTimes
    /// The arrival of each piece that is not empty, of every channel.
    public let stamps: AnswerStamps
    /// Offset of the end marker, else of the end of the stream.
    public let endNs: Int64
    public let lag: ReadLag
    /// What stamped the content.
    public let clock: ArrivalClock
    /// How exact the stamps are; see `StreamTiming.clockUncertaintyNs`.
    public let clockUncertaintyNs: Int64
    /// Bytes of the answer's body.
    public let bodyBytes: Int
    /// How long the server asked to wait before the next attempt; nil where it did not.
    public let retryAfterSeconds: Double?
    public let server: ServerFigures
    /// True where durations of the server were left out of ``server``, as they are longer than the call.
    public var serverTimesRefused = false
    /// The pieces, one for each stamp; nil where the request does not keep text.
    public let pieces: [Piece]?

    /// One piece of an answer.
    public struct Piece: Sendable, Equatable {
        /// Empty for a part of a tool call or a refusal.
        public let text: String
        public let isThinking: Bool
    }
}

/// How long a connection took, in nanoseconds; outside of all offsets. All 0 for a connection that was there already.
public struct ConnectionTimes: Sendable, Equatable {
    public let nameLookupNs: Int64
    /// From the end of the name lookup to the connection.
    public let connectNs: Int64
    /// 0 without TLS.
    public let tlsNs: Int64

    public init(nameLookupNs: Int64 = 0, connectNs: Int64 = 0, tlsNs: Int64 = 0) {
        self.nameLookupNs = nameLookupNs
        self.connectNs = connectNs
        self.tlsNs = tlsNs
    }

    public var totalNs: Int64 { nameLookupNs + connectNs + tlsNs }
}

extension CallRecord {
    /// The record as a session keeps it.
    public var timing: StreamTiming {
        var timing = StreamTiming(
            connectNs: Nanoseconds(connection.totalNs), firstThinkingNs: stamps.firstThinking.map(Nanoseconds.init),
            thinkingNs: stamps.firstThinking.map { _ in Nanoseconds(stamps.thinkingNs) },
            thinkingArrivals: stamps.thinkingPieces > 0 ? stamps.thinkingPieces : nil,
            firstContentNs: stamps.firstContent.map(Nanoseconds.init),
            lastContentNs: stamps.lastContent.map(Nanoseconds.init),
            endNs: Nanoseconds(endNs), arrivals: stamps.arrivals.count, coalesced: stamps.coalesced, clock: clock,
            clockUncertaintyNs: Nanoseconds(clockUncertaintyNs), longestLagNs: Nanoseconds(lag.longestNs),
            degraded: gapTrust.isDegraded, textBytes: stamps.textBytes, firstReadArrivals: stamps.firstReadPieces,
            firstReadBytes: stamps.firstReadBytes)
        if outcome.isValid, pace.isDegraded { timing.throughputDegraded = true }
        if serverTimesRefused { timing.serverTimesRefused = true }
        return timing
    }

    /// Which of the figures of its gaps this call has.
    public var gapTrust: InterTokenTrust {
        InterTokenTrust(
            arrivals: stamps.arrivals.count, coalesced: stamps.coalesced, uncertaintyNs: Double(clockUncertaintyNs),
            medianGapNs: OrderStatistics.quantile(stamps.arrivals.gaps.map(Double.init), 0.5))
    }

    /// True where coalescing or the clock has spoilt gaps between the tokens, so that not all figures of them are known.
    public var isDegraded: Bool { gapTrust.isDegraded }

    /// The throughput of the call, and whether it has one.
    public var pace: TokenPace {
        TokenPace(
            firstNs: stamps.arrivals.first.map(Nanoseconds.init), lastNs: stamps.arrivals.last.map(Nanoseconds.init),
            arrivals: stamps.arrivals.count, firstReadArrivals: stamps.firstReadPieces,
            firstReadBytes: stamps.firstReadBytes, textBytes: stamps.textBytes,
            tokens: TokenPace.seenTokens(server, thinkingArrivals: stamps.thinkingPieces))
    }

    /// The metrics of one call in base units; empty for an invalid one.
    public var measurements: Measurements {
        guard outcome.isValid else { return [:] }
        return CallMetrics.measure(
            timing: timing, arrivals: stamps.arrivals.map { Nanoseconds($0) }, server: server)
    }
}
