package import GateCore
package import GateCorpus

/// The corpus of a workload.
package enum WorkloadCorpus {
    /// Reads it. A command may do without: where no folder is configured and none of the usual ones is there, its corpus is
    /// empty. What it writes as its report is no data of the next one.
    package static func read(_ folder: String, for configuration: Configuration) throws(IngestError) -> Corpus {
        do throws(IngestError) {
            return try Ingest.read(folder, configuration.corpus, except: own(folder, configuration))
        } catch {
            guard configuration.workload == .command, configuration.corpus.roots == CorpusRoot.defaults else {
                throw error
            }
            switch error {
            case .noRoots, .noFiles: return .empty
            case .noFolder, .rootOutside: throw error
            }
        }
    }

    /// What it has written before.
    private static func own(_ folder: String, _ configuration: Configuration) -> [String] {
        guard configuration.workload == .command, let command = configuration.command else { return [] }
        let folders = [folder, command.directory ?? "."]
        return command.report.map { ReportSearch(pattern: $0, folders: folders).files().keys.sorted() } ?? []
    }
}

extension Corpus {
    /// No data at all.
    fileprivate static var empty: Corpus {
        Corpus(files: [], unreadable: [], facts: FactTable(), harvested: [], markdownHeadings: 0, warnings: [])
    }
}
