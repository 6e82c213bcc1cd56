import GateCore
import GateProcess
import GateWorkload

/// What a long command is doing, on standard error and only where a person watches.
struct Progress {
    private let terminal: Terminal?

    /// Silent where standard error is no terminal.
    init(_ terminal: Terminal = .standardError) {
        self.terminal = terminal.isTerminal ? terminal : nil
    }

    func note(_ text: String) { terminal?.note(text) }

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
        case .stageEnded(let stage, .invalid(let reason), _, _):
            note("\(name): \(stage) is invalid: \(reason.detail)")
        }
    }
}
