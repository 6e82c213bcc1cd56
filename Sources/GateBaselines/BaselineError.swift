public import GateCore
public import GateFiles
public import GateVerdict

/// Why a baseline cannot be used or a session cannot become one.
public enum BaselineError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A machine class that cannot be a file's name.
    case badName(String)
    /// The file is a symbolic link, a folder, a device, or far too large.
    case unusable(FileError)
    /// A folder on the way to the file is a symbolic link or no folder.
    case notAFolder(String)
    case malformed(FormatError)
    /// Version control left both sides of a merge in the file; the line is the first of its markers, counted from 1.
    case conflicted(file: String, line: Int)
    /// The file is for another workload or machine class than its place says.
    case misplaced(file: String, key: String, found: String, expected: String)
    /// The file says what no approved session can say.
    case impossible(file: String, detail: String)
    /// The file does not say any more what chimera-gate wrote: its content has another hash.
    case edited(file: String, stated: String, found: String)
    /// An approved session is signed by nobody whose key is listed.
    case unsigned(file: String, sessionId: String, reason: String)
    /// The session must not become a baseline.
    case notApprovable(sessionId: String, reason: String)
    /// Something speaks against the session that nobody has said by name to be no matter.
    case doubtful(sessionId: String, doubts: [ApprovalDoubt: String])
    /// There is no such baseline.
    case nothingApproved(String)
    /// Nobody would know why this was approved.
    case noReason

    /// What happened and where.
    public var message: String {
        switch self {
        case .badName(let name):
            "'\(name)' cannot be the name of a workload or a machine class: it may only have \(SafeName.rule)"
        case .unusable(let error): error.message
        case .notAFolder(let path): "'\(path)' is not a folder of its own"
        case .malformed(let error): error.message
        case .conflicted(let file, let line): "'\(file)' holds a merge conflict, from line \(line) on"
        case .misplaced(let file, let key, let found, let expected):
            "'\(file)' is in the wrong place: its \(key) is '\(found)', its path says '\(expected)'"
        case .impossible(let file, let detail): "'\(file)': \(detail)"
        case .edited(let file, let stated, let found):
            "'\(file)' is not what was approved: it states the content \(stated.prefix(19))… and has \(found.prefix(19))…"
        case .unsigned(let file, let id, let reason):
            "'\(file)' does not count as approved: of session \(id), \(reason)"
        case .notApprovable(let id, let reason): "session \(id) cannot become a baseline: \(reason)"
        case .doubtful(let id, let doubts):
            "session \(id) cannot become a baseline: "
                + ApprovalDoubt.allCases.compactMap { doubts[$0] }.joined(separator: "; ")
        case .nothingApproved(let place): "nothing is approved for \(place)"
        case .noReason: "an approval needs a reason"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .badName: "Set name or machine_class in the configuration, or --name or --machine-class, to such a name."
        case .unusable, .notAFolder:
            "Baselines are regular files of at most \(BaselineStore.maximumBytes >> 20) MiB in regular folders, with no links:"
                + " put there the file that was approved."
        case .malformed(let error):
            if case .newerVersion = error {
                "Use that version of chimera-gate: this one neither reads nor replaces the file."
            } else {
                BaselineError.restore
            }
        case .conflicted:
            "Take one side (git checkout --ours or --theirs), commit it, and approve once more what the other side had."
        case .misplaced, .impossible: BaselineError.restore
        case .edited:
            "It was edited by hand or merged line by line: find out by whom (git log -p), and restore the file that was"
                + " approved."
        case .unsigned:
            "Have somebody look at it whose key approval_keys lists, and sign it: chimera-gate baseline sign --key FILE."
        case .notApprovable: "Mend what spoilt it, run again, and approve that session."
        case .doubtful(_, let doubts):
            "Mend that and measure again; or say by name that it is to be approved all the same, which is kept in the"
                + " baseline: "
                + ApprovalDoubt.allCases.filter { doubts[$0] != nil }.map { "--allow \($0.rawValue)" }
                .joined(separator: " ") + "."
        case .nothingApproved: "Approve a session: chimera-gate baseline approve --reason \"…\"."
        case .noReason: "Say why this is the new measure: --reason \"…\"."
        }
    }

    private static let restore =
        "Restore the file from version control; where nothing of it is worth keeping, remove it and approve a session:"
        + " chimera-gate baseline approve --reason \"…\"."

    public var description: String { "\(message). \(remedy)" }

    /// For the reports of a check that could not compare.
    public var failure: JudgementFailure {
        var kind = JudgementFailure.Kind.baselineInvalid
        switch self {
        case .edited, .unsigned: kind = .baselineUntrusted
        default: break
        }
        return JudgementFailure(kind, message: message, remedy: remedy)
    }
}
