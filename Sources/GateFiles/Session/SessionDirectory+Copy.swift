extension SessionDirectory {
    /// Bytes of one file beside a session at most.
    private static let maximumCopiedBytes = 1 << 30

    /// Takes over what another session directory holds, file by file: regular files of names that are ours, nothing else. The
    /// session comes last, so that it is never there without its runs.
    ///
    /// - Parameters:
    ///   - path: of a session directory of another job.
    ///   - other: where it is to be; made where it is missing.
    @discardableResult
    public static func copy(from path: String, to other: String) throws -> SessionDirectory {
        let source = try open(at: path)
        _ = try source.session()
        let target = try create(at: other)
        let runs = source.path(of: runsName)
        if PathKind.of(runs) == .folder {
            for run in try Folder.names(in: runs) where isRunFolder(run) {
                let folder = "\(runsName)/\(run)"
                guard PathKind.of(source.path(of: folder)) == .folder else { continue }
                try Folder.make(target.path(of: folder))
                for file in RunFile.allCases { try source.copy("\(folder)/\(file.rawValue)", to: target) }
            }
        }
        let names = [
            serverLogName, baseServerLogName, exchangesName, summaryName, verdictName, pageName, sessionName,
        ]
        for name in names { try source.copy(name, to: target) }
        return target
    }

    private func copy(_ name: String, to target: SessionDirectory) throws {
        guard PathKind.of(path(of: name)) != .nothing else { return }
        let bytes = try RegularFile.read(path(of: name), limit: SessionDirectory.maximumCopiedBytes)
        try AtomicFile.write(bytes, to: target.path(of: name))
    }
}
