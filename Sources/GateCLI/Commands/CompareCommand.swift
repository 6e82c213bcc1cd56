import ArgumentParser
import GateCore
import GateFiles
import GateMeasure
import GateSettings
import GateVerdict

struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Measures two configurations in pairs of runs, and exits by the verdict.",
        discussion: """
            Both are warmed up, and then run one after the other, in random order within each pair, until a verdict is \
            certain enough. Judged is by the policy of the base. Writes a session directory as 'check' does; \
            'check --session' finds the same verdict from it.

            Example:
              chimera-gate compare base.yml head.yml
              chimera-gate compare old.yml new.yml --corpus new --base-corpus old
            """)

    @Argument(help: ArgumentHelp("The configuration to compare with.", valueName: "base"))
    var base: String
    @Argument(help: ArgumentHelp("The configuration that is judged.", valueName: "head"))
    var head: String
    @OptionGroup var corpus: CorpusOptions
    @Option(
        help: ArgumentHelp("The folder that holds the base's corpus roots (default: --corpus).", valueName: "dir"))
    var baseCorpus: String?
    @Option(help: ArgumentHelp("Where the session directory is written.", valueName: "dir"))
    var output = SessionDirectory.defaultPath
    @Flag(help: "Goes on with the interrupted session in --output, where everything is as it was.")
    var resume = false
    @Option(help: "What an undecided metric does: warn (status 0) or fail (status 5).")
    var inconclusive: InconclusivePolicy?
    @OptionGroup var colour: ColourOption
    @OptionGroup var junit: JUnitOption
    @OptionGroup var pipeline: PipelineOption
    @OptionGroup var printing: OutputOptions

    func run() throws {
        try Attempt.measuring(into: output, junit: junit.flavour, pipeline: pipeline.choice) { try compare() }
    }

    private func compare() throws {
        let flags = ConfigurationFlags(["inconclusive": inconclusive?.rawValue])
        let (baseDraft, headDraft) = (try ConfigurationFile.load(base), try ConfigurationFile.load(head))
        let baseConfiguration = try baseDraft.resolved(flags: flags, environment: Variables.all)
        let headConfiguration = try headDraft.resolved(flags: flags, environment: Variables.all)
        let arms = ComparedArms(
            head: ComparedArms.Arm(
                configuration: headConfiguration, corpusFolder: corpus.folder, commit: nil, name: head),
            base: ComparedArms.Arm(
                configuration: baseConfiguration, corpusFolder: baseCorpus ?? corpus.folder, commit: nil, name: base),
            warnings: [], isServerNamed: headDraft.isServerNamed)
        // Two given configurations are compared with each other and with nothing else.
        let (session, directory) = try arms.pairedRun(outputPath: output, baselines: nil, resumes: resume).perform()
        let judgement = Judge.judge(session: session, against: .nothing, policy: baseConfiguration.policy)
        try JudgedSession(
            session: session, judgement: judgement, baseline: nil, directory: directory, colour: colour.choice,
            junit: junit.flavour, pipeline: pipeline.choice, format: printing.format
        ).finish()
    }
}
