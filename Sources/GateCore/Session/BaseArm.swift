/// One of the two sides of a session that measures a base beside what is to be judged.
public enum Arm: String, Codable, Sendable, CaseIterable {
    /// What is compared with.
    case base
    /// What is judged.
    case head

    public var other: Arm { self == .base ? .head : .base }
}

/// Which configuration and corpus an arm measures.
public struct ArmRevision: Codable, Sendable, Equatable {
    /// A commit in hexadecimal; where no commit holds exactly what was measured, `sha256:` and the digest of
    /// configuration and corpus, behind the commit and a `+` where there is one. Not empty.
    public let id: String
    /// As the user named it: `origin/main`, `base.yml`; nil for the working tree.
    public let name: String?

    public init(id: String, name: String? = nil) {
        self.id = id
        self.name = name
    }
}

/// The second arm of a session, and how both were measured: with it, the runs of the session are of two arms, and the
/// session's own server, model, corpus and configuration are the head's.
public struct BaseArm: Codable, Sendable, Equatable {
    /// Why no more pairs were made.
    public enum End: String, Codable, Sendable, CaseIterable {
        /// The screen against the stored baseline found nothing suspicious: there are no pairs.
        case screened
        /// The pairs decided.
        case decided
        /// As many pairs as the rule has, or as were asked for.
        case exhausted
        /// Every further call would have failed like the last one.
        case stopped
    }

    public let revision: ArmRevision
    public let headRevision: ArmRevision
    /// 16 hexadecimal digits, derived from both revisions: it gives the order within each pair.
    public let seed: String
    public let server: ServerIdentity
    /// As ``Session/model``.
    public var model: ModelIdentity
    public let corpus: CorpusIdentity
    /// Everything that was configured for the base, defaults filled in. Its policy is the one in force.
    public let configuration: Configuration
    /// Seconds from spawn to ready, at least 0, where chimera-gate started the base's server itself.
    public var serverStarts: [Double]
    /// What the screen against the stored baseline found suspicious, one sentence each; nil where there was none.
    public var screenFlags: [String]?
    /// Nil as long as the session is being measured, and for ever where it was interrupted.
    public var end: End?

    public init(
        revision: ArmRevision, headRevision: ArmRevision, seed: String, server: ServerIdentity, model: ModelIdentity,
        corpus: CorpusIdentity, configuration: Configuration, serverStarts: [Double], screenFlags: [String]? = nil,
        end: End? = nil
    ) {
        self.revision = revision
        self.headRevision = headRevision
        self.seed = seed
        self.server = server
        self.model = model
        self.corpus = corpus
        self.configuration = configuration
        self.serverStarts = serverStarts
        self.screenFlags = screenFlags
        self.end = end
    }
}

/// Which arm goes first in each pair: a fair coin for every pair, fixed by the seed, so that nobody can choose the order
/// and everybody can check it.
public struct PairOrder: Sendable, Equatable {
    private let seed: UInt64

    /// - Parameter seed: 16 hexadecimal digits; nil for anything else.
    public init?(seed: String) {
        guard seed.utf8.count == 16, let number = UInt64(seed, radix: 16) else { return nil }
        self.seed = number
    }

    /// - Parameter pair: 1 for the first.
    public func first(ofPair pair: Int) -> Arm {
        var random = SplitMix64(seed: seed)
        var coin: UInt64 = 0
        for _ in 0..<max(1, pair) { coin = random.next() }
        return coin >> 63 == 0 ? .base : .head
    }
}
