public import GateCore

/// What a change does to a file of baselines, as both sides of it tell.
public enum Succession: Sendable, Equatable, CustomStringConvertible {
    /// The base does not have the file.
    case new
    /// The change takes it away.
    case removed
    /// It cannot be read any more.
    case unreadable(String)
    /// It does not say what chimera-gate wrote.
    case edited
    /// An older file takes the place of a newer one; both by their number.
    case putBack(to: Int, from: Int)
    /// It was written after another file than the base's.
    case parted
    /// It follows the base's file: so many sessions are new, and so many gone.
    case follows(added: Int, removed: Int)

    public var description: String {
        switch self {
        case .new: "it is new"
        case .removed: "it is removed"
        case .unreadable(let reason): "it cannot be read: \(reason)"
        case .edited: "it was edited by hand"
        case .putBack(let number, let before):
            "an older file is put back: number \(number), where \(before) is approved"
        case .parted: "it does not follow the approved file: both were written after another one"
        case .follows(let added, let removed): "approved sessions: \(added) added, \(removed) removed"
        }
    }

    /// True where nobody can have approved it as it is.
    public var isUntrusted: Bool {
        switch self {
        case .edited, .putBack: true
        case .new, .removed, .unreadable, .parted, .follows: false
        }
    }
}

extension BaselineStore {
    /// What becomes of an approved file.
    ///
    /// - Parameters:
    ///   - before: what is approved; nil where nothing is.
    ///   - bytes: what takes its place; nil where it is gone.
    public func succession(
        of before: Baseline?, by bytes: [UInt8]?, file: String, workload: WorkloadName, machineClass: String
    ) -> Succession {
        guard let bytes else { return .removed }
        let now: Baseline
        do {
            now = try decode(bytes, file: file, workload: workload, machineClass: machineClass).baseline
        } catch BaselineError.edited {
            return .edited
        } catch {
            return .unreadable((error as? BaselineError)?.message ?? "\(error)")
        }
        guard let before else { return .new }
        return Succession(from: before, to: now)
    }
}

extension Succession {
    /// - Parameters:
    ///   - before: what is approved.
    ///   - now: what takes its place.
    public init(from before: Baseline, to now: Baseline) {
        let ids = (before: Set(before.sessions.map(\.sessionId)), now: Set(now.sessions.map(\.sessionId)))
        let change = Succession.follows(
            added: ids.now.subtracting(ids.before).count, removed: ids.before.subtracting(ids.now).count)
        switch (before.history, now.history) {
        case (let was?, let history?) where history.sequence < was.sequence:
            self = .putBack(to: history.sequence, from: was.sequence)
        case (let was?, let history?)
        where history.content != was.content
            && (history.sequence == was.sequence
                || history.sequence == was.sequence + 1 && history.parent != was.content):
            self = .parted
        // Versions before this one had no number.
        case (let was?, nil): self = .putBack(to: 0, from: was.sequence)
        default: self = change
        }
    }
}
