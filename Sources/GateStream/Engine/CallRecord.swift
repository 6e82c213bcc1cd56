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
    /// The arrival of each piece of content that is not empty.
    public let content: TokenStamps
    /// Offset of the first piece of thinking; nil where there is none.
    public let firstThinkingNs: Int64?
    /// Offset of the end marker, else of the end of the stream.
    public let endNs: Int64
    /// Pieces of content that came in the same read as the piece before them, so that their gap is not known.
    public let coalesced: Int
    public let lag: ReadLag
    /// What stamped the content.
    public let clock: ArrivalClock
    /// How exact the stamps are; see `StreamTiming.clockUncertaintyNs`.
    public let clockUncertaintyNs: Int64
    /// Bytes of the answer's body.
    public let bodyBytes: Int
    public let server: ServerFigures
    /// The pieces of content, one for each stamp; nil where the request does not keep text.
    public let pieces: [String]?
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
        StreamTiming(
            connectNs: Nanoseconds(connection.totalNs), firstThinkingNs: firstThinkingNs.map(Nanoseconds.init),
            firstContentNs: content.first.map(Nanoseconds.init), lastContentNs: content.last.map(Nanoseconds.init),
            endNs: Nanoseconds(endNs), arrivals: content.count, coalesced: coalesced, clock: clock,
            clockUncertaintyNs: Nanoseconds(clockUncertaintyNs), longestLagNs: Nanoseconds(lag.longestNs),
            degraded: isDegraded)
    }

    /// True where coalescing or the clock has spoilt the gaps between the tokens, so that they must not be judged.
    public var isDegraded: Bool {
        InterTokenTrust.isDegraded(
            arrivals: content.count, coalesced: coalesced, uncertaintyNs: clockUncertaintyNs,
            medianGapNs: OrderStatistics.quantile(content.gaps.map(Double.init), 0.5))
    }

    /// The metrics of one call in base units; empty for an invalid one.
    public var measurements: Measurements {
        guard outcome.isValid else { return [:] }
        return CallMetrics.measure(timing: timing, arrivals: content.map { Nanoseconds($0) }, server: server)
    }
}
