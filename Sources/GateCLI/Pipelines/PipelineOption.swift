import ArgumentParser
import GateCore
import GateMeasure

/// Which platform a verdict is handed to, besides the files in the session directory.
struct PipelineOption: ParsableArguments {
    enum Choice: String, ExpressibleByArgument, CaseIterable {
        case auto
        case off
        case github
        case gitlab
        case jenkins
        case buildkite
        case azure
        case circleci

        /// nil where nobody is told.
        ///
        /// - Parameter variables: of the environment.
        func platform(_ variables: [String: String]) -> PipelineJob.Platform? {
            switch self {
            case .auto: PipelineVariables(variables).platform
            case .off: nil
            default: PipelineJob.Platform(rawValue: rawValue)
            }
        }
    }

    @Option(
        name: .customLong("ci"),
        help: ArgumentHelp(
            "The pipeline that is told the verdict in its own way (step summary, annotations, metrics): auto finds it by its"
                + " variables, off tells nobody.",
            valueName: "platform"))
    var choice = Choice.auto
}
