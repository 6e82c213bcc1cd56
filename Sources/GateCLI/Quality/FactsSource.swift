import GateCore
import GateCorpus
import GateFiles
import GateJSON
import GateLint

/// Where the facts of reports come from.
struct FactsSource {
    enum Origin {
        /// One file for all reports.
        case file(String)
        /// `<report_id>.json` in a folder, for each report its own.
        case folder(String)
        /// A corpus that was read, the same for all reports.
        case corpus(ReportFacts)
        /// `facts.json` beside each report, where there is one.
        case besideReport
    }

    /// Bytes of a file of facts.
    static let largest = 256 << 20

    let origin: Origin

    /// - Parameters:
    ///   - facts: a file or a folder, as given by --facts.
    ///   - corpus: a folder, as given by --corpus.
    ///   - reports: that are judged; those that lie in the corpus are no data of it.
    init(facts: String?, corpus: String?, roots: CorpusConfiguration, reports: [String], sections: [String]) throws {
        if let facts {
            origin = PathKind.of(facts) == .folder ? .folder(facts) : .file(facts)
        } else if let corpus {
            let read = try Ingest.read(corpus, roots, except: reports)
            origin = .corpus(
                ReportFacts(
                    FactsFile(
                        corpus: read, generatedDate: "", model: "", agent: nil, config: [:],
                        requiredSections: sections, run: [:])))
        } else {
            origin = .besideReport
        }
    }

    /// The file of facts of a report; nil where it has none or shares a corpus.
    func file(ofReport path: String, id: String) -> String? {
        switch origin {
        case .file(let file): return file
        case .folder(let folder): return "\(folder)/\(id).json"
        case .corpus: return nil
        case .besideReport:
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            let file = folder + RunFile.facts.rawValue
            return PathKind.of(file) == .nothing ? nil : file
        }
    }

    /// What a file of facts says.
    static func read(_ file: String) throws -> ReportFacts {
        let bytes = try RegularFile.read(file, limit: largest)
        do {
            let json = try JSONValue.parse(bytes)
            guard json.object != nil else {
                throw FormatError.wrongValue(file: file, place: "", detail: "it is not an object")
            }
            return ReportFacts(json)
        } catch let error as JSONError {
            throw FormatError.notJSON(file: file, detail: error.description)
        }
    }
}
