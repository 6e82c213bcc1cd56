import ArgumentParser
import GateCore
import GateCorpus
import GateFiles
import GateSettings
import GateVerdict

struct IngestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ingest",
        abstract: "Reads the corpus, prints its data summary, and says how much of it was understood.",
        discussion: """
            Example:
              chimera-gate ingest --corpus ci/sample/corpus
              chimera-gate ingest --explain csv_data/run.csv
              chimera-gate ingest --format json > corpus.json
            """)

    @OptionGroup var corpus: CorpusOptions
    @OptionGroup var file: ConfigurationFileOption
    @Option(help: "text: the data summary; json: the files with every fact and its place, or what --explain shows.")
    var format = OutputFormat.text
    @Option(
        help: ArgumentHelp(
            "Shows how each column or path of this file was understood: metric, statistic, dimension, unit, owner.",
            valueName: "file"))
    var explain: String?
    @OptionGroup var verbosity: VerbosityOptions

    func run() throws {
        let roots = try file.load().corpusConfiguration
        let read = try Ingest.read(corpus.folder, roots)
        if let explain {
            try explanation(of: explain, read)
            // Asked of one file, of this one alone.
            for warning in read.warnings where warning.message.hasPrefix(explain) {
                Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
            }
            return
        }
        switch format {
        case .text: try Terminal.standardOutput.deliver(lines: summary(read))
        case .json:
            try CorpusDocument.write(read) { try Terminal.standardOutput.deliver(String(decoding: $0, as: UTF8.self)) }
        }
        for file in read.unreadable { Terminal.standardError.warning("not read: \(file.path): \(file.reason)") }
        for warning in read.warnings { Terminal.standardError.warning("\(warning.message). \(warning.remedy)") }
    }

    private func summary(_ corpus: Corpus) -> String {
        DataSummary.text(corpus) + IngestText.coverage(FactCoverage(corpus))
    }

    private func explanation(of path: String, _ corpus: Corpus) throws {
        if let refused = corpus.unreadable.first(where: { $0.path == path }) {
            throw CommandFailure(.malformedData, "\(path) was not read: \(refused.reason)")
        }
        let read = corpus.files.first { $0.path == path }
        let explanation = FactExplanation(corpus.facts, file: path)
        // A note is no file of the corpus; what is known of it are its facts.
        guard read != nil || explanation != nil || corpus.notes?.contains(path) == true else {
            throw CommandFailure(
                .malformedData, "\(path) is no file of the corpus",
                remedy: "Name it as the data summary does, relative to the corpus folder.")
        }
        let output = Terminal.standardOutput
        guard format == .text else {
            return try output.deliver(document: FactExplanationDocument(explanation, of: path, format: read?.format))
        }
        try output.deliver(
            lines: explanation.map { IngestText.explanation($0, of: path, format: read?.format) }
                ?? IngestText.noFacts(
                    of: path, mentions: corpus.mentions.files.first { $0.path == path }?.count ?? 0))
    }
}
