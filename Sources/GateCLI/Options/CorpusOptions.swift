import ArgumentParser
import GateBaselines

/// Where the corpus is, wherever one is read.
struct CorpusOptions: ParsableArguments {
    @Option(
        name: .customLong("corpus"),
        help: ArgumentHelp("The folder that holds the corpus roots.", valueName: "dir"))
    var folder = "."
}

/// Where approved baselines are.
struct BaselinesOptions: ParsableArguments {
    @Option(
        name: .customLong("baselines"), help: ArgumentHelp("The folder of approved baselines.", valueName: "dir"))
    var folder = BaselineStore.defaultDirectory
}
