import ArgumentParser
import GateBaselines
import GateClock
import GateCore
import GateFiles
import GateMeasure
import GateProcess
import GateSettings
import GateVerdict
import Glibc

struct BaselineRecord: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Measures several sessions and approves each.",
        discussion: """
            Sessions of one hour differ less than those of a day: --over spreads them evenly over a time. Each is \
            measured and approved by itself, so that what ends the command takes away none that was approved.

            Example:
              chimera-gate baseline record --sessions 5 --reason "first baseline"
              chimera-gate baseline record --sessions 5 --over 8h --reason "over a night"
            """)

    @Option(help: "How many sessions are measured and approved, 1 to 20.")
    var sessions: Int
    @Option(
        help: ArgumentHelp(
            "The time over which they are spread, as in 90s, 30min or 8h (default: one after the other).",
            valueName: "duration"))
    var over: String?
    @Flag(help: "The first takes the place of the sessions that are approved.")
    var replace = false
    @OptionGroup var words: ApprovalWords
    @OptionGroup var measuring: MeasuringOptions
    @OptionGroup var baselines: BaselinesOptions

    func validate() throws {
        if measuring.resume { throw ValidationError("each session is measured anew: leave --resume out") }
        guard (1...20).contains(sessions) else {
            throw ValidationError("--sessions \(sessions): allowed are 1 to 20, as many as a baseline keeps")
        }
    }

    func run() throws {
        let spread = try over.map { try FlagTime.seconds($0, flag: "--over") } ?? 0
        let began = WallClock.time.unixSeconds
        let store = BaselineStore(directory: baselines.folder)
        var approved: [BaselineChangeDocument.Approved] = []
        for number in 1...sessions {
            wait(until: began, plus: spread * Double(number - 1) / Double(sessions), number)
            if measuring.printing.format == .text {
                Terminal.standardOutput.line("session \(number) of \(sessions)")
            }
            do {
                approved += try measuring.attemptEach(approved: baselines.folder) {
                    try approve($0, in: $1, number, store)
                }
            } catch {
                let failure = CommandFailure(error)
                throw CommandFailure(
                    failure.code, "\(failure.message)\n\(number - 1) of \(sessions) sessions were approved before",
                    remedy: failure.remedy)
            }
        }
        if measuring.printing.format == .json {
            try Terminal.standardOutput.deliver(document: BaselineChangeDocument(isWritten: true, approved: approved))
        }
    }

    private func approve(
        _ member: WorkloadPlan.Member?, in path: String, _ number: Int, _ store: BaselineStore
    ) throws -> BaselineChangeDocument.Approved {
        // The lock of the session directory is let go before it is approved.
        let session = try measuring.sessionRun(of: member, into: path).perform().session
        guard session.hasMeasured else {
            let failure = JudgementFailure.nothingMeasured(in: session)
            throw CommandFailure(failure.exit, failure.message, remedy: failure.remedy)
        }
        var approval = words.approval(of: path, in: store, file: measuring.file)
        approval.startsAnew = replace && number == 1
        approval.format = measuring.printing.format
        return try approval.perform()
    }

    private func wait(until began: Int64, plus seconds: Double, _ number: Int) {
        let due = Double(began) + seconds
        if due > Double(WallClock.time.unixSeconds) {
            Terminal.standardError.note(
                "session \(number) of \(sessions) at"
                    + " \(UTCTime(unixSeconds: Int64(clamping: due.rounded())).spaced)")
        }
        while due > Double(WallClock.time.unixSeconds) {
            Interruption.checkpoint()
            usleep(200_000)
        }
    }
}
