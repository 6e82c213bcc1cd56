import GateCore
import GateFiles
import Glibc

/// Looks for the report that a command writes, before and after its run: one of before is none of this run.
struct ReportSearch {
    /// As configured: absolute, or below one of the folders.
    let pattern: String
    /// Absolute; the command's own folder, and the one that it was given for its output.
    let folders: [String]

    /// What tells one state of a file from another.
    struct Stamp: Equatable {
        let file: UInt64
        let bytes: Int64
        let changedNs: Int64
        let modifiedNs: Int64
    }

    enum Found: Equatable {
        /// Written in this run; the latest of several, and how many others there are.
        case fresh(String, others: Int)
        /// What is there is none: `a symbolic link`, `a folder`.
        case unsuitable(String, kind: String)
        /// There, and as it was before.
        case stale(String, modified: UTCTime)
        case nothing
    }

    /// Every regular file that the pattern names.
    func files() -> [String: Stamp] {
        var stamps: [String: Stamp] = [:]
        for path in paths { stamps[path] = ReportSearch.stamp(of: path) }
        return stamps
    }

    /// Everything that the pattern names.
    private var paths: [String] {
        let patterns = pattern.hasPrefix("/") ? [pattern] : folders.map { "\(ReportSearch.escaped($0))/\(pattern)" }
        return patterns.flatMap(ReportSearch.paths)
    }

    private var unsuitable: Found? {
        paths.lazy.compactMap { path in
            switch PathKind.of(path) {
            case .folder: .unsuitable(path, kind: "a folder")
            case .other: .unsuitable(path, kind: "a symbolic link or a device")
            case .file, .nothing: nil
            }
        }.first
    }

    /// - Parameter before: what ``files()`` found before the run.
    func found(before: [String: Stamp]) -> Found {
        let now = files()
        let latest = { (files: [String: Stamp]) in
            files.max { ($0.value.modifiedNs, $0.key) < ($1.value.modifiedNs, $1.key) }
        }
        let written = now.filter { before[$0.key] != $0.value }
        if let fresh = latest(written) { return .fresh(fresh.key, others: written.count - 1) }
        guard let stale = latest(now) else { return unsuitable ?? .nothing }
        return .stale(stale.key, modified: UTCTime(unixSeconds: stale.value.modifiedNs / 1_000_000_000))
    }

    private static func paths(_ pattern: String) -> [String] {
        var result = glob_t()
        defer { globfree(&result) }
        guard glob(pattern, 0, nil, &result) == 0, let list = result.gl_pathv else { return [] }
        return (0..<Int(clamping: result.gl_pathc)).compactMap { index in list[index].map { String(cString: $0) } }
    }

    private static func stamp(of path: String) -> Stamp? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        func nanoseconds(_ time: timespec) -> Int64 { Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec) }
        return Stamp(
            file: UInt64(clamping: status.st_ino), bytes: Int64(status.st_size), changedNs: nanoseconds(status.st_ctim),
            modifiedNs: nanoseconds(status.st_mtim))
    }

    /// A folder's name means itself, whatever characters it has.
    private static func escaped(_ folder: String) -> String {
        folder.reduce(into: "") { text, character in
            if "*?[]\\".contains(character) { text.append("\\") }
            text.append(character)
        }
    }
}
