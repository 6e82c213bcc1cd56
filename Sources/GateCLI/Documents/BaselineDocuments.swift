import GateBaselines
import GateCore
import GateVerdict

/// `baseline list --format json`.
struct BaselineListDocument: Encodable {
    struct Entry: Encodable {
        let workload: String
        let machineClass: String
        let file: String
        /// Nil, as all that follows, for a file that cannot be read.
        var sessions: Int?
        var measuredAt: UTCTime?
        var approvedBy: String?
        var reason: String?
        var sequence: Int?
        var epoch: Int?
        /// Why it cannot be read.
        var problem: String?

        init(_ entry: BaselineListing.Entry, problem: String) {
            self.init(entry)
            self.problem = problem
        }

        init(_ entry: BaselineListing.Entry, _ baseline: Baseline) {
            self.init(entry)
            sessions = baseline.sessions.count
            measuredAt = baseline.sessions.map(\.measuredAt).max()
            approvedBy = baseline.sessions.last?.approval.approvedBy
            reason = baseline.sessions.last?.approval.reason
            sequence = baseline.history?.sequence
            epoch = baseline.history?.epoch
        }

        private init(_ entry: BaselineListing.Entry) {
            workload = entry.workload.rawValue
            machineClass = entry.machineClass
            file = entry.file
        }
    }

    let schema = "baseline-list"
    let version = 1
    let baselines: [Entry]
}

/// `baseline diff --format json`.
struct BaselineDiffDocument: Encodable {
    struct Check: Encodable {
        let check: CheckDocument
        /// Nil where it has none.
        let before: SampleSummary?
        let after: SampleSummary?
    }

    let schema = "baseline-diff"
    let version = 1
    let addedSessions: [String]
    let removedSessions: [String]
    let keptSessions: [String]
    let differences: [Difference]
    let checks: [Check]

    init(_ was: Baseline, _ now: Baseline) {
        let (old, new) = (was.sessions.map(\.sessionId), now.sessions.map(\.sessionId))
        addedSessions = new.filter { !old.contains($0) }
        removedSessions = old.filter { !new.contains($0) }
        keptSessions = new.filter(old.contains)
        differences = Differences.list(from: was, to: now)
        checks = Set(was.checks + now.checks).sorted().compactMap { check in
            CheckDocument(check).map {
                Check(
                    check: $0, before: SampleSummary(was.values(of: check)), after: SampleSummary(now.values(of: check))
                )
            }
        }
    }
}

/// `baseline verify --format json`.
struct BaselineVerifyDocument: Encodable {
    struct Problem: Encodable {
        let message: String
        let status: Int32
    }

    struct Entry: Encodable {
        let file: String
        /// Empty for one that is as it was approved.
        let problems: [Problem]
    }

    let schema = "baseline-verify"
    let version = 1
    /// False outside of git, where nobody sees an older file that was put back.
    let followsCommits: Bool
    let baselines: [Entry]
}

/// What `approve`, `append`, `record`, `sign`, `prune` and `expire` changed, as `--format json` tells it.
struct BaselineChangeDocument: Encodable {
    /// A session that was approved.
    struct Approved: Encodable {
        struct Limit: Encodable {
            let check: CheckDocument
            /// Nil for none.
            let before: Double?
            let after: Double?
        }

        struct LeftOutRun: Encodable {
            let run: Int
            let reason: String
        }

        let sessionId: String
        let workload: String
        let machineClass: String
        /// Nil where nothing was written.
        let file: String?
        let effect: String
        /// Why what was approved before was replaced; nil where it was not.
        let replaces: String?
        let overrides: [ApprovalDoubt]
        /// Those that move.
        let limits: [Limit]
        let leftOutRuns: [LeftOutRun]
    }

    /// A file of which sessions were dropped.
    struct Dropped: Encodable {
        let file: String
        let dropped: Int
        let kept: Int
    }

    /// A file of which sessions were signed.
    struct Signed: Encodable {
        let file: String
        let signed: Int
    }

    let schema = "baseline-change"
    let version = 1
    /// False for a dry run, and where nothing was to change.
    let isWritten: Bool
    var approved: [Approved] = []
    var dropped: [Dropped] = []
    /// Nil for another command than `sign`.
    var signed: [Signed]?
    /// Why nothing was approved; nil where something was.
    var reason: String?
}
