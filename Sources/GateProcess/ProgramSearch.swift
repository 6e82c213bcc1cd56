internal import Glibc

/// From a program's name to the file that is run, by the rules of the shell's PATH.
enum ProgramSearch {
    /// The path of the program. A name with a slash is taken as it is; any other is looked up in `path`'s folders, where
    /// an empty entry is the current folder.
    static func locate(_ program: String, path: String) throws(ProcessError) -> String {
        if program.contains("/") {
            if let reason = obstacle(program) { throw reason }
            return program
        }
        var firstObstacle: ProcessError?
        for folder in path.split(separator: ":", omittingEmptySubsequences: false) {
            let candidate = (folder.isEmpty ? "." : folder) + "/" + program
            guard let reason = obstacle(candidate) else { return candidate }
            if case .notExecutable = reason, firstObstacle == nil { firstObstacle = reason }
        }
        throw firstObstacle ?? .programNotFound(program)
    }

    /// Why the file cannot be run; nil where it can.
    private static func obstacle(_ path: String) -> ProcessError? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            return errno == ENOENT || errno == ENOTDIR
                ? .programNotFound(path) : .notExecutable(path, reason: SystemError.text(errno))
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            return .notExecutable(path, reason: "it is not a regular file")
        }
        guard access(path, X_OK) == 0 else {
            return .notExecutable(path, reason: "\(SystemError.text(errno)); make it executable with chmod +x")
        }
        return nil
    }
}

/// The system's words for an error number.
enum SystemError {
    static func text(_ code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
