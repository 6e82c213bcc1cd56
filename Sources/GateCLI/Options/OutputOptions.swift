import ArgumentParser

/// For whom a command prints what it was called for.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    case text
    case json

    static let help: ArgumentHelp = "text: for people; json: one document, whose schema 'chimera-gate schema' prints."
}

/// For whom, and how much.
struct OutputOptions: ParsableArguments {
    @Option(help: OutputFormat.help)
    var format = OutputFormat.text
    @OptionGroup var verbosity: VerbosityOptions
}

/// How much is told besides what a command was called for.
struct VerbosityOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "No progress, notes and warnings; of results the line that counts. Errors stay.")
    var quiet = false
    @Flag(name: .shortAndLong, help: "Every stage of every run, also where nobody watches a terminal.")
    var verbose = false

    func validate() throws {
        if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
        if quiet { Verbosity.choose(.quiet) }
        if verbose { Verbosity.choose(.verbose) }
    }
}
