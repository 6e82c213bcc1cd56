public import GateCore
public import GateVerdict

/// Where lines of the measured revision's files can be looked at. Files that it does not have as they were read have no
/// address.
public struct SourceLinks: Sendable {
    private let repository: PublishedRepository
    private let revision: String
    private let paths: [String: String]

    /// - Parameters:
    ///   - revision: the commit, hexadecimal.
    ///   - paths: below the root of the repository, by the names that findings have for the files.
    public init(_ repository: PublishedRepository, revision: String, paths: [String: String]) {
        self.repository = repository
        self.revision = revision
        self.paths = paths
    }

    /// Bytes; a longer address makes no line of a table.
    private static let longest = 1_000

    private func address(of place: SourcePlace) -> String? {
        guard let path = paths[place.file] else { return nil }
        let address = repository.address(of: path, line: place.line, revision: revision)
        return address.utf8.count <= SourceLinks.longest ? address : nil
    }

    /// A place as Markdown: a link where it has an address, else a code span.
    func markdown(_ text: String, at place: SourcePlace) -> String? {
        address(of: place).map { "[\(MarkdownText.code(text))](\($0))" }
    }
}

/// A line of a file that evidence names.
public struct SourcePlace: Hashable, Sendable {
    /// As the finding names it: data below the folder of the corpus, a report below the session directory.
    public let file: String
    /// Counted from 1.
    public let line: Int
}

extension ReportFinding {
    var place: SourcePlace { SourcePlace(file: file, line: finding.place.line) }
}

extension Finding {
    var dataPlaces: [(text: Substring, place: SourcePlace)] { Finding.dataPlaces(in: evidence) }

    /// `reports/a.csv:3` of `reports/a.csv:3, ttft_s = 0.5 s`, in the order of the evidence. Of a name with a blank in it the end
    /// alone is seen, which no revision has.
    static func dataPlaces(in evidence: String) -> [(text: Substring, place: SourcePlace)] {
        evidence.matches(of: /([^\s;:]+):([0-9]{1,9})(?=, | = |;|$)/).compactMap { match in
            Int(match.2).map { (match.0, SourcePlace(file: String(match.1), line: $0)) }
        }
    }
}

extension QualityJudgement {
    /// The data that proves the worst findings.
    public var dataFiles: Set<String> { Set(worst.flatMap { $0.finding.dataPlaces.map(\.place.file) }) }
    /// The reports that have the worst findings.
    public var reportFiles: Set<String> { Set(worst.map(\.file)) }
}
