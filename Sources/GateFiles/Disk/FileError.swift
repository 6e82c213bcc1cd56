import Glibc

/// What went wrong with a file or folder: where, why, and what to do about it.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        /// A file or folder cannot be made here (exit code 73).
        case cannotCreate
        /// The disk is full, broken or in use by another process (exit code 74).
        case inputOutput
        /// This user may not (exit code 77).
        case permission
        /// It is not there (exit code 65).
        case missing
        /// It is there and cannot be what it should be: a symbolic link, a folder, a device, too large (exit code 65).
        case unsuitable
    }

    public let kind: Kind
    /// What was tried: `write`, `read`, `make the folder`.
    public let action: String
    public let path: String
    /// What the system said.
    public let reason: String
    public let remedy: String

    public init(_ kind: Kind, _ action: String, path: String, reason: String, remedy: String) {
        self.kind = kind
        self.action = action
        self.path = path
        self.reason = reason
        self.remedy = remedy
    }

    /// What happened, without what to do.
    public var message: String { "cannot \(action) '\(path)': \(reason)" }
    public var description: String { "\(message). \(remedy)" }
}

extension FileError {
    /// From the number that a system call left in `errno`.
    init(errno number: CInt, _ action: String, path: String) {
        let kind = Kind(errno: number, action: action)
        // What the system says of it ("too many levels of symbolic links") is true of O_NOFOLLOW only in a roundabout way.
        let reason = number == ELOOP ? "it is a symbolic link" : String(cString: strerror(number))
        self.init(kind, action, path: path, reason: reason, remedy: kind.remedy(errno: number))
    }
}

extension FileError.Kind {
    fileprivate init(errno number: CInt, action: String) {
        self =
            switch number {
            case EACCES, EPERM, EROFS: .permission
            case ENOENT where action == "read": .missing
            case ELOOP, ENXIO: .unsuitable
            case ENOENT, ENOTDIR, EISDIR, EEXIST, ENAMETOOLONG, ENOTEMPTY: .cannotCreate
            default: .inputOutput
            }
    }

    fileprivate func remedy(errno number: CInt) -> String {
        switch (self, number) {
        case (_, EROFS): "The file system is read-only: choose another place."
        case (_, ENOSPC), (_, EDQUOT): "Free some space and try again; what was there before is unchanged."
        case (_, ENAMETOOLONG): "Choose a shorter name."
        case (.permission, _): "Allow this user to use it, or choose another place."
        case (.missing, _): "Check the path."
        case (.cannotCreate, _): "Check that its folder exists and that nothing else has its name."
        case (.unsuitable, _): "Name a regular file; symbolic links are not followed."
        case (.inputOutput, _): "Look after the disk and try again; what was there before is unchanged."
        }
    }
}
