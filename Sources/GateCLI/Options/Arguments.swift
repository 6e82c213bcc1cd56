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
