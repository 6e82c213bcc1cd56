import ArgumentParser
import GateCore
import GateFiles
import GateMeasure
import GateVerdict

struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the workload and writes a session directory. Nothing is judged.",
        discussion: """
            Of several workloads in the configuration all are measured, or those that --name names: a session directory \
            each, below workloads/.

            Example:
              chimera-gate run --runs 5 --corpus . --output .chimera-gate
              chimera-gate run --api openai --url http://127.0.0.1:8080 --model smollm2
            """)

    @OptionGroup var measuring: MeasuringOptions

    func run() throws { _ = try measuring.attemptEach(measure) }

    private func measure(_ member: WorkloadPlan.Member?, into path: String) throws {
        let (session, directory) = try measuring.sessionRun(of: member, into: path).perform()
        try SessionOverview(session: session, directory: directory.path).deliver(as: measuring.printing.format)
        guard session.hasMeasured else {
            let failure = JudgementFailure.nothingMeasured(in: session)
            throw CommandFailure(
                failure.exit, failure.message,
                remedy: failure.kind == .commandFailed
                    ? failure.remedy : "Mend the server or the configuration, then run again.")
        }
    }
}
