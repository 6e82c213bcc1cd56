import Glibc

/// The folder in which the program was started.
public enum WorkingFolder {
    /// Absolute; `.` where it was removed meanwhile.
    public static var path: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }
}
