import ArgumentParser
import GateCore
import GateProcess
import GateVerdict
import Glibc

/// The program's entry: parses the command line, runs the command, and exits by its result.
public enum Program {
    public static func run() -> Never {
        let arguments = StartArguments.read()
        StandardDescriptors.occupy()
        // Whoever stops reading the output (head, less) does not change the verdict.
        signal(SIGPIPE, SIG_IGN)
        do {
            var command = try ChimeraGate.parseAsRoot(arguments)
            try DescriptorLimit.demand()
            try Interruption.install(announce: { Attempt.interrupt(by: $0) })
            try command.run()
            finish(GateExit.pass.rawValue)
        } catch let failure as CommandFailure {
            end(failure)
        } catch let code as ExitCode {
            finish(code.rawValue)
        } catch  where ChimeraGate.exitCode(for: error) != .failure {
            // Usage errors (64) and requests for help or the version (0).
            endUsage(error, arguments)
        } catch {
            end(CommandFailure(error))
        }
    }

    /// A success whose output was lost is none; any other status says more than that.
    private static func finish(_ status: Int32) -> Never {
        guard status == GateExit.pass.rawValue, let code = Terminal.lostOutput else { ProgramEnd.exit(status) }
        end(.notWritten(code))
    }

    private static func endUsage(_ error: any Error, _ arguments: [String]) -> Never {
        let code = ChimeraGate.exitCode(for: error)
        let message = ChimeraGate.fullMessage(for: error)
        guard code != .success else {
            // Help and the version are what was asked for.
            Terminal.standardOutput.write(message + "\n")
            finish(code.rawValue)
        }
        let corrected = UsageWords.corrected(
            message, arguments: arguments,
            commands: ChimeraGate.configuration.subcommands.map { $0._commandName })
        Terminal.standardError.write(corrected + "\n")
        finish(code.rawValue)
    }

    private static func end(_ failure: CommandFailure) -> Never {
        Terminal.standardError.error(failure.message)
        if let remedy = failure.remedy { Terminal.standardError.line(remedy) }
        ProgramEnd.exit(failure.code.rawValue)
    }
}

struct ChimeraGate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chimera-gate",
        abstract: "Gates merges on regressions of LLM analysis workloads.",
        discussion: """
            Runs an analysis workload (ingest, analysis, report) against your model server, measures throughput, time \
            to first token (TTFT) and their kin, compares them with the approved baseline, writes JUnit XML and exits \
            by the verdict.

            Example:
              chimera-gate check --runs 5
              chimera-gate baseline approve --reason "first baseline"

            Exit status: 0 pass; 1 performance regression; 3 report quality; 4 a command that failed; 5 inconclusive (policy 'fail'); 6 no usable baseline; \
            7 a baseline that nobody approved; 64 usage; 65 bad data; 69 no server or nothing measured; 70 bug; 73, 74, 77 files; 75 busy machine \
            (policy 'fail'); 78 configuration; \
            128+n signal n.
            """,
        version: ToolVersion.current,
        subcommands: [
            IngestCommand.self, RunCommand.self, LoadCommand.self, CheckCommand.self, MergeCommand.self,
            CompareCommand.self, ExplainCommand.self, LintCommand.self, BaselineCommand.self, CalibrateCommand.self,
            JudgeCommand.self, ImportCommand.self, ProxyCommand.self, RecordCommand.self, ReplayCommand.self,
            InitCommand.self, ConfigCommand.self, SchemaCommand.self,
        ])

    /// Status 0 would let a pipeline pass whose command got lost.
    func run() throws { throw ValidationError("name a command, as in 'chimera-gate check'") }
}
