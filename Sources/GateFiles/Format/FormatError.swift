/// Why a file is not what chimera-gate writes: which file, where in it, and what to do (exit code 65).
public enum FormatError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The text is no JSON at all.
    case notJSON(file: String, detail: String)
    /// A value is missing, of the wrong type or impossible; the place is a path like `runs[0].stages[1].agent`.
    case wrongValue(file: String, place: String, detail: String)
    case newerVersion(file: String, found: Int, supported: Int)
    case unknownVersion(file: String, found: Int, supported: Int)
    /// A value of ours cannot be written; nothing was.
    case cannotEncode(place: String, detail: String)

    /// What happened and where.
    public var message: String {
        switch self {
        case .notJSON(let file, let detail): "'\(file)' is not JSON: \(detail)"
        case .wrongValue(let file, "", let detail): "'\(file)': \(detail)"
        case .wrongValue(let file, let place, let detail): "'\(file)': '\(place)' \(detail)"
        case .newerVersion(let file, let found, let supported):
            "'\(file)' was written by a newer version: its format_version is \(found), this program reads \(supported)"
        case .unknownVersion(let file, let found, let supported):
            "'\(file)' has format_version \(found), which never existed; this program reads \(supported)"
        case .cannotEncode(let place, let detail): "cannot write '\(place)' as JSON: \(detail)"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch self {
        case .notJSON, .wrongValue, .unknownVersion:
            "The file was damaged or edited by hand: restore it, or have chimera-gate write it anew."
        case .newerVersion: "Use that version of chimera-gate, or have this one write the file anew."
        case .cannotEncode: "This is a defect of chimera-gate: please report it."
        }
    }

    public var description: String { "\(message). \(remedy)" }
}
