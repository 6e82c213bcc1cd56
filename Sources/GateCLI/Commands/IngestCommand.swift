import ArgumentParser
import GateCore
import GateCorpus
import GateFiles

struct IngestCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Reads the corpus and prints its data summary.",
        discussion: """
            Example:
              chimera-gate ingest --corpus ci/sample/corpus
              chimera-gate ingest --format json > corpus.json
            """)

    @OptionGroup var corpus: CorpusOptions
    @OptionGroup var file: ConfigurationFileOption
    @Option(help: "text: the data summary; json: the files with every fact and its place.")
    var format = Format.text

    func run() throws {
        let roots = try file.load().corpusConfiguration
        let read = try Ingest.read(corpus.folder, roots)
        switch format {
        case .text: try Terminal.standardOutput.deliver(lines: DataSummary.text(read))
        case .json:
            try CorpusDocument.write(read) { try Terminal.standardOutput.deliver(String(decoding: $0, as: UTF8.self)) }
        }
        for file in read.unreadable { Terminal.standardError.warning("not read: \(file.path): \(file.reason)") }
        for warning in read.warnings { Terminal.standardError.warning("\(warning.message). \(warning.remedy)") }
    }
}
