import Glibc

/// What lies at a path; a symbolic link is `other`, wherever it points.
public enum PathKind: Sendable {
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
}
