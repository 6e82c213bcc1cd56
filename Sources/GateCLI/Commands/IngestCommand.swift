import ArgumentParser
import GateCore
import GateCorpus
import GateFiles
import GateSettings
import GateVerdict

struct IngestCommand: ParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

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
    @Option(help: "text: the data summary; json: the files with every fact and its place.")
    var format = Format.text
    @Option(
        help: ArgumentHelp(
            "Shows how each column or path of this file was understood: metric, statistic, dimension, unit, owner.",
            valueName: "file"))
    var explain: String?
    @OptionGroup var verbosity: VerbosityOptions

    func validate() throws {
        guard explain == nil || format == .text else {
            throw ValidationError("--explain is text; leave --format out.")
        }
    }

    func run() throws {
        let roots = try file.load().corpusConfiguration
        let read = try Ingest.read(corpus.folder, roots)
        switch format {
        case .text:
            let text = try explain.map { try explanation(of: $0, read) } ?? summary(read)
            try Terminal.standardOutput.deliver(lines: text)
        case .json:
            try CorpusDocument.write(read) { try Terminal.standardOutput.deliver(String(decoding: $0, as: UTF8.self)) }
        }
        if let explain {
            // Asked of one file, of this one alone.
            for warning in read.warnings where warning.message.hasPrefix(explain) {
                Terminal.standardError.warning("\(warning.message). \(warning.remedy)")
            }
            return
        }
        for file in read.unreadable { Terminal.standardError.warning("not read: \(file.path): \(file.reason)") }
        for warning in read.warnings { Terminal.standardError.warning("\(warning.message). \(warning.remedy)") }
    }

    private func summary(_ corpus: Corpus) -> String {
        DataSummary.text(corpus) + IngestText.coverage(FactCoverage(corpus))
    }

    private func explanation(of path: String, _ corpus: Corpus) throws -> String {
        if let refused = corpus.unreadable.first(where: { $0.path == path }) {
            throw CommandFailure(.malformedData, "\(path) was not read: \(refused.reason)")
        }
        guard let read = corpus.files.first(where: { $0.path == path }) else {
            throw CommandFailure(
                .malformedData, "\(path) is no file of the corpus",
                remedy: "Name it as the data summary does, relative to the corpus folder.")
        }
        guard let explanation = FactExplanation(corpus.facts, file: path) else {
            return "\(path): no number was found in it.\n"
        }
        return IngestText.explanation(explanation, of: read)
    }
}
