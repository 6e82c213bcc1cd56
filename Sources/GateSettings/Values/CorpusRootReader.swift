internal import GateCore

/// A root as it is written in full: `{path: reports, extensions: [csv, md]}`.
struct CorpusRootDraft: Sendable, Equatable {
    var path: Located<String>?
    var extensions: Located<[CorpusExtension]>?

    static let section: ConfigurationSection<CorpusRootDraft> =
        ConfigurationSection(
            CorpusRootDraft(),
            [
                .value("path", \.path, .rootPath, "A folder below the corpus folder.", isRequired: true),
                .value(
                    "extensions", \.extensions, ValueReader<CorpusExtension>.choice().list(),
                    "File name extensions, without the dot."),
            ])
}

/// A file name extension that the corpus reads.
struct CorpusExtension: RawRepresentable, CaseIterable, Sendable, Equatable {
    let rawValue: String

    init?(rawValue: String) {
        guard CorpusExtension.known.contains(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    static var allCases: [CorpusExtension] { known.compactMap(CorpusExtension.init) }
    private static let known = CorpusRoot.supportedExtensions + CorpusRoot.textExtensions
}

extension ValueReader where Value == String {
    /// A folder below the corpus folder; no way leads out of it.
    package static var rootPath: ValueReader {
        let words = "a folder below the corpus folder, as in 'reports' or 'data/csv'"
        let text = text(pattern: #"^(?!\.\.?(/|$))[^/]+(/(?!\.\.?(/|$))[^/]+)*/?$"#, words: words)
        return ValueReader(text.shape) { node, key, problems in
            text.read(node, key, &problems).map { $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
        }
    }
}

extension ValueReader where Value == [CorpusRoot] {
    /// Names of folders, or folders with the extensions that are read in them.
    static var corpusRoots: ValueReader {
        ValueReader<CorpusRoot>.corpusRoot.list().checked { roots in
            let paths = roots.map(\.path)
            for (index, path) in paths.enumerated() {
                for other in paths[..<index] where isSameOrInside(path, other) || isSameOrInside(other, path) {
                    return path == other
                        ? "\(quoted(path)) stands in it twice; keep one"
                        : "\(quoted(path)) and \(quoted(other)) hold the same files; keep one"
                }
            }
            return nil
        }
    }

    private static func isSameOrInside(_ path: String, _ folder: String) -> Bool {
        "\(path)/".hasPrefix("\(folder)/")
    }
}

extension ValueReader where Value == CorpusRoot {
    static var corpusRoot: ValueReader {
        let path = ValueReader<String>.rootPath
        let section = CorpusRootDraft.section
        return ValueReader(.either([path.shape, section.shape])) { node, key, problems in
            if case .mapping = node.content {
                guard let draft = section.read(node, key, &problems), let path = draft.path?.value else { return nil }
                let extensions = draft.extensions?.value.map(\.rawValue) ?? CorpusRoot.supportedExtensions
                return CorpusRoot(path: path, extensions: extensions)
            }
            return path.read(node, key, &problems).map {
                CorpusRoot(path: $0, extensions: CorpusRoot.supportedExtensions)
            }
        }
    }
}
