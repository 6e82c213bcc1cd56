public import ArgumentParser
public import GateCore
public import GateReports

// The choices of the configuration are the choices of the flags.
extension WorkloadKind: ExpressibleByArgument {}
extension ApprovalDoubt: ExpressibleByArgument {}
extension ServerAPI: ExpressibleByArgument {}
extension InconclusivePolicy: ExpressibleByArgument {}
extension ArrivalPattern: ExpressibleByArgument {}
extension ProxyPolicy: ExpressibleByArgument {}
extension PromptCachePolicy: ExpressibleByArgument {}
extension Severity: ExpressibleByArgument {}
extension JUnitFlavour: ExpressibleByArgument {}

/// How `junit.xml` is written.
struct JUnitOption: ParsableArguments {
    @Option(
        name: .customLong("junit"),
        help: ArgumentHelp(
            "How junit.xml is written: jenkins, surefire (one suite at the root), ant (no data at test cases), rich (properties,"
                + " file and line at each).",
            valueName: "flavour"))
    var flavour = JUnitFlavour.jenkins
}

/// The share of the workloads that a call measures.
struct ShardOption: ParsableArguments {
    @Option(
        name: .customLong("shard"),
        help: ArgumentHelp(
            "Measures only each 4th workload from the 2nd on, as 2/4; 'chimera-gate merge' joins what all shards leave.",
            valueName: "i/n"))
    var text: String?

    /// Nil for all of them.
    var shard: Shard? { text.flatMap(Shard.init) }

    func validate() throws {
        if let text, shard == nil {
            throw ValidationError("--shard '\(text)': allowed is INDEX/COUNT, as in 2/4, from 1/COUNT to COUNT/COUNT")
        }
    }
}
