internal import GateDigest
internal import Glibc

/// The file `chimera-gate.yml`.
package enum ConfigurationFile {
    package static let defaultName = "chimera-gate.yml"
    /// Bytes. A hundred times what a long persona needs.
    package static let largest = 1 << 20

    /// Reads the file of that path.
    package static func load(_ path: String) throws(ConfigurationError) -> ConfigurationDraft {
        guard let draft = try draft(of: path, isOptional: false) else { return ConfigurationDraft() }
        return draft
    }

    /// Reads `chimera-gate.yml` in the current folder; without one everything is left to flags and defaults.
    package static func loadDefault() throws(ConfigurationError) -> ConfigurationDraft {
        try draft(of: defaultName, isOptional: true) ?? ConfigurationDraft()
    }

    /// Reads the text of a file. `path` is what errors name.
    package static func parse(_ bytes: [UInt8], path: String) throws(ConfigurationError) -> ConfigurationDraft {
        var problems: [ConfigurationProblem] = []
        do throws(ConfigurationProblem) {
            let root = try ConfigurationNode(yaml: text(of: bytes, path: path), path: path)
            if var draft = draft(of: root, path: path, &problems), problems.isEmpty {
                draft.digest = SHA256.hash(bytes)
                return draft
            }
        } catch {
            problems.append(error)
        }
        throw ConfigurationError(problems)
    }

    /// What a file says as far as it can be read, every problem reported; nil where no part of it can.
    static func read(_ bytes: [UInt8], path: String, _ problems: inout [ConfigurationProblem]) -> ConfigurationDraft? {
        do throws(ConfigurationProblem) {
            let root = try ConfigurationNode(yaml: text(of: bytes, path: path), path: path, &problems)
            var values: [ConfigurationProblem] = []
            let draft = draft(of: root, path: path, &values)
            // What was passed over has no value to look at.
            problems += values.filter { value in !problems.contains { $0.origin == value.origin } }
            return draft
        } catch {
            problems.append(error)
            return nil
        }
    }

    private static func draft(
        of root: ConfigurationNode, path: String, _ problems: inout [ConfigurationProblem]
    ) -> ConfigurationDraft? {
        var draft = ConfigurationSection.file.read(root, "", &problems)
        draft?.path = path
        if let place = draft?.origin(of: "name"), draft?.workloadNames.isEmpty == false {
            problems.append(
                ConfigurationProblem(
                    origin: place, key: "name",
                    message: "each of several workloads has the name below 'workloads:'; remove it"))
        }
        return draft
    }

    /// The bytes of a file.
    package static func bytes(of path: String) throws(ConfigurationError) -> [UInt8] {
        try contents(of: path, isOptional: false) ?? []
    }

    private static func text(of bytes: [UInt8], path: String) throws(ConfigurationProblem) -> String {
        let content = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
        if let text = String(validating: content, as: UTF8.self) { return text }
        let lines = content.split(separator: 0x0a, omittingEmptySubsequences: false)
        let line = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
        let column = String(decoding: lines[line], as: UTF8.self).unicodeScalars.prefix { $0 != "\u{fffd}" }.count
        throw ConfigurationProblem(
            origin: .file(path: path, line: line + 1, column: column + 1), key: "",
            message: "found bytes that are not UTF-8; save the file as UTF-8")
    }

    /// Decodes the file; nil where it does not exist and need not.
    private static func draft(of path: String, isOptional: Bool) throws(ConfigurationError) -> ConfigurationDraft? {
        try contents(of: path, isOptional: isOptional).map { bytes throws(ConfigurationError) in
            try parse(bytes, path: path)
        }
    }

    private static func contents(
        of path: String, isOptional: Bool
    ) throws(ConfigurationError) -> [UInt8]? {
        func unreadable(_ reason: String, _ cause: ConfigurationError.Cause = .other) -> ConfigurationError {
            .unreadable(path: path, reason: reason, cause: cause)
        }
        // Not blocking: a FIFO without a writer would hold us for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            switch errno {
            case ENOENT where isOptional: return nil
            case ENOENT, ENOTDIR: throw unreadable("there is no such configuration file", .absent)
            case EACCES: throw unreadable("the configuration file may not be read; check its permissions", .permission)
            case let code: throw unreadable("the configuration file cannot be opened (error \(code))")
            }
        }
        defer { close(descriptor) }
        var status = stat()
        _ = fstat(descriptor, &status)
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        // `--config <(…)`: what stands at the other end has it open already.
        case S_IFIFO where !isOptional: _ = fcntl(descriptor, F_SETFL, O_RDONLY)
        case S_IFDIR: throw unreadable("this is a folder; name the configuration file in it")
        default: throw unreadable("this is not a regular file")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count <= largest {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable("the configuration file cannot be read (error \(errno))") }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
        throw unreadable("the configuration file is larger than \(largest) bytes, the most that is read")
    }
}
