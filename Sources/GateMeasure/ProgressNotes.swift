import GateCore
import GateProcess
import GateWorkload

/// What goes on while something is measured, told to whoever watches.
package struct ProgressNotes: Sendable {
    /// nil where nobody watches.
    private let tell: (@Sendable (String) -> Void)?

    /// - Parameter tell: takes one line; what a server said may stand in it.
    package init(_ tell: (@Sendable (String) -> Void)?) { self.tell = tell }

    package static var silent: ProgressNotes { ProgressNotes(nil) }

    var isWatched: Bool { tell != nil }

    package func note(_ text: @autoclosure () -> String) { tell?(text()) }

    /// One line for each thing that a run does.
    ///
    /// - Parameter name: of the run, as in `run 3/5`.
    func run(_ name: String, _ progress: RunProgress) {
        // No stage and no further try begins once a signal has come.
        Interruption.checkpoint()
        switch progress {
        case .ingested(let files, let facts):
            note("\(name): ingested \(DisplayFormat.count(files, "file")), \(DisplayFormat.count(facts, "fact"))")
        case .stageStarted(let stage): note("\(name): \(stage) …")
        case .retrying(let stage, let attempt, let reason):
            note("\(name): \(stage) try \(attempt), because \(reason.detail)")
        case .stageEnded(let stage, .completed, let tokens, let wall):
            let count = tokens.map { "\(DisplayFormat.count($0, "token")) in " } ?? ""
            note("\(name): \(stage) \(count)\(DisplayFormat.fixed(wall, decimals: 1)) s")
        case .commandStarted(let program, let address): note("\(name): \(program) …, its calls by \(address)")
        case .commandEnded(nil, let calls, let wall):
            note("\(name): \(DisplayFormat.count(calls, "call")) in \(DisplayFormat.fixed(wall, decimals: 1)) s")
        case .commandEnded(let failure?, _, _): note("\(name): failed: \(failure.words)")
        case .stageEnded(let stage, .invalid(let reason), _, _):
            note("\(name): \(stage) is invalid: \(reason.detail)")
        }
    }
}
