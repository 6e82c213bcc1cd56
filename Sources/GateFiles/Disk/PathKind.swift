import Glibc

/// What lies at a path; a symbolic link is `other`, wherever it points.
public enum PathKind: Sendable {
    /// Also where a folder on the way may not be searched: see ``refuseHidden(_:)``.
    case nothing
    case file
    case folder
    case other

    public static func of(_ path: String) -> PathKind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .nothing }
        return switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        default: .other
        }
    }

    /// Throws where a folder on the way may not be searched, so that nobody can say whether anything is there.
    public static func refuseHidden(_ path: String) throws(FileError) {
        var status = stat()
        if lstat(path, &status) != 0, errno == EACCES { throw FileError(errno: EACCES, "read", path: path) }
    }
}
