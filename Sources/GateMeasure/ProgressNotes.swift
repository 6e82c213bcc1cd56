import GateCore
import GateProcess
import GateWorkload

/// What goes on while something is measured, told to whoever watches.
package struct ProgressNotes: Sendable {
    /// One line; what a server said may stand in it.
    package struct Line: Sendable {
        package let text: String
        /// False for what is only worth seeing while it goes on: a stage that began, a count that grows.
        package let isLasting: Bool
    }

    /// How far what goes on is, asked whenever that is shown; nil while nothing does.
    package typealias UnderWay = @Sendable () -> String?

    /// nil where nobody watches.
    private let tell: (@Sendable (Line) -> Void)?
    private let follow: @Sendable (UnderWay?) -> Void

    /// - Parameter follow: is given what is under way, to be asked until nil comes.
    package init(
        lines tell: @escaping @Sendable (Line) -> Void,
        following follow: @escaping @Sendable (UnderWay?) -> Void = { _ in }
    ) {
        self.tell = tell
        self.follow = follow
    }

    private init() {
        tell = nil
        follow = { _ in }
    }

    package static var silent: ProgressNotes { ProgressNotes() }

    var isWatched: Bool { tell != nil }

    package func note(_ text: @autoclosure () -> String) { tell?(Line(text: text(), isLasting: true)) }

    /// What the next line says better.
    package func passing(_ text: @autoclosure () -> String) { tell?(Line(text: text(), isLasting: false)) }

    /// Does the work, and has shown meanwhile how far it is.
    func showing<Value>(_ underWay: @escaping UnderWay, during work: () throws -> Value) rethrows -> Value {
        follow(underWay)
        defer { follow(nil) }
        return try work()
    }

    /// One line for each thing that a run does.
    ///
    /// - Parameter name: of the run, as in `run 3/5`.
    func run(_ name: String, _ progress: RunProgress) {
        // No stage and no further try begins once a signal has come.
        Interruption.checkpoint()
        switch progress {
        case .ingested(let files, let facts):
            passing("\(name): ingested \(DisplayFormat.count(files, "file")), \(DisplayFormat.count(facts, "fact"))")
        case .stageStarted(let stage): passing("\(name): \(stage) …")
        case .retrying(let stage, let attempt, let reason):
            note("\(name): \(stage) try \(attempt), because \(reason.detail)")
        case .stageEnded(let stage, .completed, let tokens, let wall, let throughput):
            let count = tokens.map { "\(DisplayFormat.count($0, "token")) in " } ?? ""
            let rate = throughput.map { ", \(DisplayFormat.value($0, unit: .tokensPerSecond))" } ?? ""
            passing("\(name): \(stage) \(count)\(DisplayFormat.seconds(wall))\(rate)")
        case .commandStarted(let program): passing("\(name): \(program) …")
        case .commandEnded(nil, let calls, let wall):
            passing("\(name): \(DisplayFormat.count(calls, "call")) in \(DisplayFormat.seconds(wall))")
        case .commandEnded(let failure?, _, _): note("\(name): failed: \(failure.words)")
        case .stageEnded(let stage, .invalid(let reason), _, _, _):
            note("\(name): \(stage) is invalid: \(reason.detail)")
        }
    }
}
