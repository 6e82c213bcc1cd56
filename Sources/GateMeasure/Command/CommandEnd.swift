import GateCore
import GateProcess
import GateWorkload

/// How one start of a command ended.
struct CommandEnd {
    let command: CommandConfiguration
    let result: Result<WatchedProgram, ProcessError>

    /// nil where it could not be started.
    var program: WatchedProgram? { try? result.get() }

    /// `exit status 0`, `time limit of 600 s (command.timeout)`
    var words: String {
        switch result {
        case .failure(let error): "\(error)"
        case .success(let program):
            switch program.end {
            case .timedOut:
                "time limit of \(DisplayFormat.seconds(command.timeoutSeconds, decimals: 0)) (command.timeout)"
            case .ended(let status): "\(status)"
            }
        }
    }

    /// Why the run does not count; nil where nothing is known against it.
    ///
    /// - Parameters:
    ///   - calls: that it made.
    ///   - address: where it was to send them.
    func failure(after calls: [SeenCall], address: String) -> RunFailure? {
        let program: WatchedProgram
        switch result {
        case .failure(let error): return RunFailure(.notStarted, "the command could not be started: \(error)")
        case .success(let watched): program = watched
        }
        let lines = program.errors.lastLines.isEmpty ? program.output.lastLines : program.errors.lastLines
        let made = calls.isEmpty ? ", without any call" : ""
        switch program.end {
        case .timedOut:
            return RunFailure(.timeLimit, "the command was ended after its \(words)\(made)", lastLines: lines)
        case .ended(.exited(let code)) where command.success.contains(Int(code)): break
        case .ended(.signalled):
            return RunFailure(.signal, "the command was ended by \(words)\(made)", lastLines: lines)
        case .ended: return RunFailure(.exitCode, "the command ended with \(words)\(made)", lastLines: lines)
        }
        guard !calls.isEmpty else {
            return RunFailure(.noCalls, CommandEnvironment.isIgnored(address, by: command), lastLines: lines)
        }
        // One that the command itself gave up was not answered either.
        let invalid = calls.compactMap { $0.exchange("", .calls).invalidReason }
        guard let first = invalid.first, invalid.count == calls.count else { return nil }
        return RunFailure(.noValidCall, "none of its \(calls.count) calls was answered, the first: \(first.detail)")
    }

    /// The figures of the whole run; none where it could not be started.
    func measurements(_ calls: [SeenCall], _ exchanges: [Exchange]) -> Measurements {
        guard let program else { return [:] }
        let (began, end) = (program.spawnedAtNs, program.endedAtNs)
        let busy = CommandEnd.covered(calls.map { (max($0.beganNs, began), min($0.endedNs, end)) })
        return Measurements(
            ofCommand: command, calls: exchanges, wall: Double(end - began) / 1e9,
            outsideModel: Double(max(0, end - began - busy)) / 1e9, cpuSeconds: program.usage?.cpuSeconds,
            peakBytes: program.usage.map { Double($0.peakBytes) })
    }

    /// How long at least one of the intervals lasts.
    static func covered(_ intervals: [(began: Int64, ended: Int64)]) -> Int64 {
        var (sum, until) = (Int64(0), Int64.min)
        for (began, ended) in intervals.sorted(by: { $0.began < $1.began }) where ended > max(began, until) {
            sum += ended - max(began, until)
            until = ended
        }
        return sum
    }
}
