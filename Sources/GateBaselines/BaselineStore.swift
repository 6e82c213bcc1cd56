public import GateCore
import GateDigest
import GateFiles
public import GateVerdict

/// A baseline as it was read, with the digest of its file.
public typealias StoredBaseline = (baseline: Baseline, reference: BaselineReference)

/// What is to be approved in place of what is.
struct BaselineChange {
    /// Without its place in the history.
    let baseline: Baseline
    /// Why the sessions before say nothing of these; nil where they belong together.
    var epochReason: String?
    /// Writes the file in the form of now, also where its sessions stay.
    var isRewrite = false
}

/// The approved baselines in a folder: `Baselines/<workload>/<machine-class>.json`, canonical JSON, so that version
/// control shows what changed.
public struct BaselineStore: Sendable {
    /// `Baselines`, unless the user names another.
    public static let defaultDirectory = "Baselines"
    /// A larger file is refused. Bytes.
    public static let maximumBytes = 64 << 20

    /// As the user gave it.
    public let directory: String

    public init(directory: String = BaselineStore.defaultDirectory) {
        self.directory = directory
    }

    /// The path of a baseline, whether it is there or not.
    public func file(workload: WorkloadName, machineClass: String) throws -> String {
        for name in [machineClass, workload.rawValue] where !SafeName.isValid(name) {
            throw BaselineError.badName(name)
        }
        return "\(directory)/\(workload.rawValue)/\(machineClass).json"
    }

    /// What is approved for a workload on a machine class; nil where nothing is. Throws ``BaselineError`` where the
    /// file cannot be a baseline, ``GateFiles/FileError`` where it cannot be read.
    public func read(workload: WorkloadName, machineClass: String) throws -> StoredBaseline? {
        let file = try file(workload: workload, machineClass: machineClass)
        try PathKind.refuseHidden(file)
        try refuseLinks(to: workload)
        guard PathKind.of(file) != .nothing else { return nil }
        let bytes: [UInt8]
        do {
            bytes = try RegularFile.read(file, limit: BaselineStore.maximumBytes)
        } catch  where error.kind == .unsuitable {
            throw BaselineError.unusable(error)
        }
        return try decode(bytes, file: file, workload: workload, machineClass: machineClass)
    }

    /// What is approved for the workload of a session on its machine class.
    public func read(for session: Session) throws -> StoredBaseline? {
        try read(workload: session.workloadName, machineClass: session.machineClass)
    }

    public func read(_ entry: BaselineListing.Entry) throws -> StoredBaseline? {
        try read(workload: entry.workload, machineClass: entry.machineClass)
    }

    /// A baseline whose bytes are not those of the file that is there: another revision's.
    public func decode(
        _ bytes: [UInt8], file: String, workload: WorkloadName, machineClass: String
    ) throws -> StoredBaseline {
        let baseline = try BaselineFile.decode(bytes, file: file, workload: workload, machineClass: machineClass)
        return (baseline, try reference(to: baseline, bytes: bytes, file: file))
    }

    /// Approves a session: adds it to the baseline of its workload and machine class where it is one more of the same, else
    /// puts it in place of what was approved before (``Approving``).
    ///
    /// - Parameters:
    ///   - announce: told what will be written, before it is; may throw to leave everything as it is.
    ///   - sign: the session with its signature, where approvals are signed.
    /// - Returns: the reference to what was written, and what became of the sessions that were there.
    ///   Throws ``BaselineError`` where the file that is there cannot be read, and leaves it as it is.
    @discardableResult
    public func approve(
        _ session: Session, _ request: ApprovalRequest,
        announce: (ApprovalProposal) throws -> Void = { _ in },
        sign: ((ApprovedSession, Baseline) throws -> ApprovedSession)? = nil
    ) throws -> (reference: BaselineReference, effect: ApprovalEffect) {
        guard request.approval.reason.contains(where: { !$0.isWhitespace }) else { throw BaselineError.noReason }
        let changed = try change(workload: session.workloadName, machineClass: session.machineClass) { existing in
            let proposal = try Approving(existing: existing, session: session, request: request).proposal()
            try announce(proposal)
            let after = try sign.map { sign in
                try proposal.after.signed(by: sign) { $0.sessionId == session.id }
            }
            return (
                BaselineChange(baseline: after ?? proposal.after, epochReason: proposal.effect.epochReason),
                proposal.effect
            )
        }
        guard let reference = changed.reference else {
            throw BaselineError.impossible(file: directory, detail: "'sessions' is empty")
        }
        return (reference, changed.outcome)
    }

    /// Signs the sessions that none of these keys signed.
    ///
    /// - Returns: how many that were.
    public func sign(
        workload: WorkloadName, machineClass: String, keys: [ApprovalKey],
        by sign: (ApprovedSession, Baseline) throws -> ApprovedSession
    ) throws -> Int {
        try change(workload: workload, machineClass: machineClass) { existing in
            guard let existing else { throw BaselineError.nothingApproved("\(workload) on \(machineClass)") }
            let unsigned = Set(ApprovalProof.objections(to: existing, keys: keys).map(\.session))
            let baseline = try existing.signed(by: sign) { unsigned.contains($0.sessionId) }
            return (BaselineChange(baseline: baseline), unsigned.count)
        }.outcome
    }

    /// Keeps a part of the sessions; a file in which none is left is removed.
    ///
    /// - Returns: how many sessions there were, and how many are left.
    public func keep(
        workload: WorkloadName, machineClass: String, isDryRun: Bool, _ keep: ([ApprovedSession]) -> [ApprovedSession]
    ) throws -> (before: Int, after: Int) {
        let counts = try change(workload: workload, machineClass: machineClass) { existing in
            guard let existing else { throw BaselineError.nothingApproved("\(workload) on \(machineClass)") }
            let kept = keep(existing.sessions)
            let baseline = Baseline(
                name: existing.name, workload: existing.workload, machineClass: machineClass,
                sessions: isDryRun ? existing.sessions : kept)
            return (BaselineChange(baseline: baseline), (existing.sessions.count, kept.count))
        }.outcome
        return (before: counts.0, after: counts.1)
    }

    /// Replaces what is approved for a workload on a machine class, as a whole or not at all, while no other process does.
    ///
    /// - Parameter decide: from what is approved, nil where nothing is, to what is to be. Where that is the same, nothing is
    ///   written.
    /// - Returns: the reference to what is approved now, nil where nothing is any more, and what `decide` had to say.
    func change<Outcome>(
        workload: WorkloadName, machineClass: String,
        _ decide: (Baseline?) throws -> (change: BaselineChange, outcome: Outcome)
    ) throws -> (reference: BaselineReference?, outcome: Outcome) {
        let file = try file(workload: workload, machineClass: machineClass)
        let folder = Folder.parent(of: file)
        let isNew = (store: PathKind.of(directory) == .nothing, folder: PathKind.of(folder) == .nothing)
        // What is refused leaves nothing behind.
        defer {
            if isNew.folder { try? Folder.removeIfEmpty(folder) }
            if isNew.store { try? Folder.removeIfEmpty(directory) }
        }
        try Folder.make(directory)
        try refuseLinks(to: workload)
        try Folder.make(folder)
        let lock = try FolderLock(folder)
        return try withExtendedLifetime(lock) {
            // What cannot be read may be worth more than what would take its place.
            let existing = try read(workload: workload, machineClass: machineClass)
            let (change, outcome) = try decide(existing?.baseline)
            if let existing, !change.isRewrite, existing.baseline.sessions == change.baseline.sessions {
                return (existing.reference, outcome)
            }
            guard !change.baseline.sessions.isEmpty else {
                try Folder.removeFile(file)
                return (nil, outcome)
            }
            let baseline = try BaselineSeal.seal(
                change.baseline,
                after: existing, epochReason: change.epochReason)
            let bytes = try CanonicalJSON.encodeForReview(baseline)
            // A file that the next check would refuse is not written at all.
            _ = try BaselineFile.decode(bytes, file: file, workload: workload, machineClass: machineClass)
            try AtomicFile.write(bytes, to: file, readsBack: true)
            return (try reference(to: baseline, bytes: bytes, file: file), outcome)
        }
    }

    /// A link in place of the workload's folder would lead out of what version control reviews.
    private func refuseLinks(to workload: WorkloadName) throws {
        let folder = "\(directory)/\(workload.rawValue)"
        guard [.folder, .nothing].contains(PathKind.of(folder)) else { throw BaselineError.notAFolder(folder) }
    }

    private func reference(to baseline: Baseline, bytes: [UInt8], file: String) throws -> BaselineReference {
        guard let approval = baseline.sessions.last?.approval else {
            throw BaselineError.impossible(file: file, detail: "'sessions' is empty")
        }
        return BaselineReference(id: "sha256:\(SHA256.hash(bytes))", file: file, approval: approval.signed(nil))
    }
}

extension Baseline {
    /// The same with signatures on the chosen sessions, without its place in the history.
    fileprivate func signed(
        by sign: (ApprovedSession, Baseline) throws -> ApprovedSession, where isChosen: (ApprovedSession) -> Bool
    ) rethrows -> Baseline {
        Baseline(
            name: name, workload: workload, machineClass: machineClass,
            sessions: try sessions.map { isChosen($0) ? try sign($0, self) : $0 })
    }
}
