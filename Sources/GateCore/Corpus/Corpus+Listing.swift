extension Corpus {
    /// Paths that the data summary shows of each kind.
    public static let listedFiles = 5

    /// The files of one kind in the order in which the data summary names them: by top folder as in the corpus, then by
    /// path without regard to case. The original project ran on Windows, whose order this is.
    public func summaryOrder(of kind: ArtifactKind) -> [CorpusFile] {
        var folders: [Substring: Int] = [:]
        for file in files where folders[file.topFolder] == nil { folders[file.topFolder] = folders.count }
        let keyed = files(of: kind).map { file in
            (folder: folders[file.topFolder] ?? 0, path: file.path.utf8.map(lowercased), file: file)
        }
        return keyed.sorted { left, right in
            left.folder == right.folder ? left.path.lexicographicallyPrecedes(right.path) : left.folder < right.folder
        }.map(\.file)
    }

    /// The kinds that are counted although there may be no file of them.
    public var countedKinds: [ArtifactKind] { ArtifactKind.allCases.filter { $0 != .text || kinds.contains($0) } }

    /// The kinds that have files.
    public var kinds: [ArtifactKind] { ArtifactKind.allCases.filter { kind in files.contains { $0.kind == kind } } }
}

extension CorpusFile {
    fileprivate var topFolder: Substring { path.prefix { $0 != "/" } }
}

private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
