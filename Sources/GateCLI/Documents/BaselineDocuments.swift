import GateBaselines
import GateCore
import GateVerdict

/// What is approved: `baseline list --format json`.
struct BaselineListDocument: Encodable {
    /// A file of baselines.
    struct Entry: Encodable {
        /// The workload's name.
        let workload: String
        /// The machine class.
        let machineClass: String
        /// Where it is.
        let file: String
        /// How many are approved, at least 1; nil, as all that follows, for a file that cannot be read.
        var sessions: Int?
        /// When the latest was measured, in UTC.
        var measuredAt: UTCTime?
        /// Who approved the latest.
        var approvedBy: String?
        /// Why.
        var reason: String?
        /// The number of the file.
        var sequence: Int?
        /// How often a new measure began.
        var epoch: Int?
        /// Why the file cannot be read; all else is left out then.
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
    /// By workload and machine class.
    let baselines: [Entry]
}

/// How two baselines differ: `baseline diff --format json`.
struct BaselineDiffDocument: Encodable {
    /// A check of either.
    struct Check: Encodable {
        let check: CheckDocument
        /// Of the values, in the unit of the check; nil where it has none.
        let before: SampleSummary?
        let after: SampleSummary?
    }

    let schema = "baseline-diff"
    let version = 1
    /// Sessions that only the second has.
    let addedSessions: [String]
    /// Sessions that only the first has.
    let removedSessions: [String]
    /// Sessions of both.
    let keptSessions: [String]
    /// In what the latest sessions were measured on otherwise.
    let differences: [Difference]
    /// In the order of the work.
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

/// Whether baselines are what was approved: `baseline verify --format json`.
struct BaselineVerifyDocument: Encodable {
    /// What is wrong with a file.
    struct Problem: Encodable {
        /// What is wrong.
        let message: String
        /// The exit status that it asks for.
        let status: Int32
    }

    /// A file of baselines.
    struct Entry: Encodable {
        /// Where it is.
        let file: String
        /// Empty for one that is as it was approved.
        let problems: [Problem]
    }

    let schema = "baseline-verify"
    let version = 1
    /// False outside of git, where nobody sees an older file that was put back.
    let followsCommits: Bool
    /// By workload and machine class.
    let baselines: [Entry]
}

/// What a command changed in baselines: `approve`, `append`, `record`, `sign`, `prune` or `expire` with `--format json`.
struct BaselineChangeDocument: Encodable {
    /// A session that was approved.
    struct Approved: Encodable {
        /// A limit, median and tolerance, that moves.
        struct Limit: Encodable {
            let check: CheckDocument
            /// Nil for none.
            let before: Double?
            /// Nil for none.
            let after: Double?
        }

        enum Effect: String, Encodable, CaseIterable {
            case first, again, added, replaced, stepped
        }

        /// A run that did not become a part of it.
        struct LeftOutRun: Encodable {
            /// The run's number.
            let run: Int
            /// Why.
            let reason: String
        }

        /// The session's name.
        let sessionId: String
        /// The workload's name.
        let workload: String
        /// The machine class.
        let machineClass: String
        /// The file of baselines; nil where nothing was written.
        let file: String?
        /// What becomes of the sessions that were approved before; nil where it was not worked out.
        let effect: Effect?
        /// Why what was approved before was replaced; nil where it was not.
        let replaces: String?
        /// What spoke against it and was allowed by name.
        let overrides: [ApprovalDoubt]
        /// Limits that move.
        let limits: [Limit]
        /// Runs that did not become a part of it.
        let leftOutRuns: [LeftOutRun]
    }

    /// A file of which sessions were dropped.
    struct Dropped: Encodable {
        /// Where it is.
        let file: String
        /// How many sessions were dropped.
        let dropped: Int
        /// How many are left.
        let kept: Int
    }

    /// A file of which sessions were signed.
    struct Signed: Encodable {
        /// Where it is.
        let file: String
        /// How many sessions were signed.
        let signed: Int
    }

    let schema = "baseline-change"
    let version = 1
    /// False for a dry run, and where nothing was to change.
    let isWritten: Bool
    /// The sessions that were approved.
    var approved: [Approved] = []
    /// Files of which sessions were dropped.
    var dropped: [Dropped] = []
    /// Files whose sessions were signed; nil for another command than `sign`.
    var signed: [Signed]?
    /// Why nothing was approved; nil where something was.
    var reason: String?
}
