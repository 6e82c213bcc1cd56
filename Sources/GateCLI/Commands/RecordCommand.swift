import ArgumentParser
import GateCore
import GateFiles
import GateMeasure
import GateProcess
import GateProxy
import GateVerdict

struct RecordCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "record",
        abstract: "Runs a command and records its calls of the model, to be repeated without one.",
        discussion: """
            Stands between the command and the configured model server, as 'chimera-gate proxy' does, and gives it the \
            proxy's address in the variables of the official clients. When the command has ended, the calls with the time \
            of every piece are in the session directory, and 'chimera-gate replay' answers them again: record once, and \
            gate the agent's own code in every pipeline without a model. Without a command, it prints \
            the variables by which an agent that is started elsewhere sends its calls here, and waits for them until Ctrl-C.

            Exit status: that of the command; 4 where that is 0 and it made no call through the proxy, or none that succeeded.

            Example:
              chimera-gate record --output recorded -- python3 agent.py
              chimera-gate replay recorded --port 11500 &
              OLLAMA_HOST=http://127.0.0.1:11500 python3 agent.py
            """)

    @OptionGroup var passing: PassingOptions
    @Argument(
        parsing: .postTerminator,
        help: ArgumentHelp(
            "What is run behind the proxy: program and arguments, never through a shell.", valueName: "command"))
    var command: [String] = []

    func validate() throws {
        if !command.isEmpty, passing.listen.url == nil {
            throw ValidationError("a command is told an address, which a unix socket has none of; leave --listen out")
        }
    }

    func run() throws {
        guard !command.isEmpty else { try passing.serve() }
        let calls = LiveCalls(besideCommand: true)
        let run = try passing.begin(calls, for: command)
        calls.follow(run) { [program = command[0]] made, seconds in
            "'\(program)' runs for \(DisplayFormat.seconds(seconds, decimals: 0)),"
                + " \(made == 0 ? "without a call so far" : "\(DisplayFormat.count(made, "call")) so far")"
        }
        // Standard output is the document's alone.
        let end = try run.perform(command, output: passing.printing.format == .json ? .standardError : .inherit)
        Interruption.checkpoint()
        let made = try run.finish()
        try passing.finish(made, calls, in: run.directory, after: end)
        guard let status = end.shellStatus else {
            throw CommandFailure(.unavailable, "'\(command[0])' ended with \(end)")
        }
        guard status == 0 else { throw ExitCode(status) }
        guard !made.calls.isEmpty else {
            throw CommandFailure(
                .commandFailed, run.ignored, remedy: "Let it take its server's address from one of them.")
        }
        if let reason = made.calls.fruitless {
            throw CommandFailure(
                .commandFailed, "'\(command[0])': \(reason)",
                remedy: "Nothing of it can be repeated: mend what failed, then record again.")
        }
    }
}
