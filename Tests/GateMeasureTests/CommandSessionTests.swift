import Foundation
import GateCore
import GateFiles
import GateReplay
import TestSupport
import Testing

@testable import GateMeasure

/// Real commands, which call the replay server through the measuring proxy.
@Suite("A command as workload", .enabled(if: Python3.isPresent, "needs python3"))
struct CommandSessionTests {
    private let folder: MeasuredFolder
    private let server: ReplayServer

    init() throws {
        folder = try MeasuredFolder()
        server = try ReplayServer.started(ReplayOptions(speed: 100))
        try folder.write(AgentScript.text, to: "agent/agent.py")
    }

    private func configuration(
        _ arguments: [String], runs: Int = 1, _ change: (inout CommandConfiguration) -> Void = { _ in }
    ) throws -> Configuration {
        var configuration = Configuration(
            workload: .command, agent: AgentConfiguration(model: "", promptCache: .allow),
            server: try server.configuration(), runs: runs)
        var command = CommandConfiguration(run: ["python3", "agent.py"] + arguments)
        command.directory = folder.path("agent")
        command.timeoutSeconds = 60
        change(&command)
        configuration.command = command
        return configuration
    }

    private func measure(_ configuration: Configuration, corpus: String? = nil) throws -> Session {
        try SessionRun(
            configuration: configuration, corpusFolder: corpus ?? folder.path("agent"), outputPath: folder.output,
            isServerNamed: true, progress: folder.progress
        ).perform().session
    }

    private func run(
        _ arguments: String..., change: (inout CommandConfiguration) -> Void = { _ in }
    ) throws -> Run {
        try #require(measure(configuration(arguments, change)).runs.first)
    }

    private func text(_ file: String, run: Int = 1) throws -> String {
        try String(contentsOfFile: "\(folder.output)/runs/000\(run)/\(file)", encoding: .utf8)
    }

    // MARK: - What works

    @Test("each run is one start: its calls, its report, its output and its figures are kept")
    func whole() throws {
        let session = try measure(
            configuration(["ask", "3", "report", "report.md"], runs: 2) { $0.report = "report.md" },
            corpus: folder.corpus)
        #expect(session.runs.count == 2 && session.runs.allSatisfy(\.isComplete))
        let run = try #require(session.runs.first)
        #expect(run.stages.map(\.name) == [.calls, .calls, .calls])
        #expect(run.measurements["calls"] == 3)
        #expect(run.measurements["tokens_sum"] == 6 && run.measurements["prompt_tokens_sum"] == 9_000)
        let wall = try #require(run.measurements["wall"])
        #expect(wall > (run.measurements["outside_model"] ?? wall))
        #expect((run.measurements["cpu"] ?? 0) > 0 && (run.measurements["peak_memory"] ?? 0) > 1_000_000)
        let call = try #require(run.stages.first?.exchanges.first)
        #expect(call.measurements["ttft"] != nil && call.outcome == .completed(.stop))
        #expect(call.request?.model == "smollm2:135m" && call.request?.isStreamed == true)
        #expect(call.request?.options.contains(RequestOption(name: "temperature", value: "0")) == true)
        #expect(run.command?.ended == "exit status 0" && run.command?.reportSource?.hasSuffix("/report.md") == true)
        #expect(try text("report.md") == "# A report\n")
        #expect(try text("stdout.txt").contains("run 1\n") && text("stdout.txt", run: 2).contains("run 2\n"))
        // The facts were there before it began.
        #expect(try text("stdout.txt").contains("facts 1\n"))
        #expect(session.model.name == "smollm2:135m" && session.workload == .command)
        #expect(try SessionDirectory.open(at: folder.output).session() == session)
        #expect(folder.notes.contains { $0.hasPrefix("run 2/2: 3 calls in ") })
        #expect(try SessionDirectory.open(at: folder.output).recordings().count == 6)
    }

    @Test("every variable names the proxy, those of the user's choice, too")
    func variables() throws {
        let run = try run("environment") {
            $0.addressVariables = ["MODEL_URL"]
            $0.environment = [EnvironmentVariable(name: "MODE", value: "fast")]
            $0.success = [0]
        }
        #expect(run.isComplete, "\(String(describing: run.command))")
        let lines = Set(try text("stdout.txt").split(separator: "\n").map(String.init))
        let address = try #require(lines.first { $0.hasPrefix("MODEL_URL=") }?.dropFirst("MODEL_URL=".count))
        #expect(address.hasPrefix("http://127.0.0.1:"))
        for line in [
            "OLLAMA_HOST=\(address)", "OPENAI_BASE_URL=\(address)/v1", "OPENAI_API_BASE=\(address)/v1",
            "ANTHROPIC_BASE_URL=\(address)", "MODE=fast", "CHIMERA_GATE_RUN=1",
        ] { #expect(lines.contains(line), "\(line) in \(lines)") }
        #expect(!lines.contains { $0.hasPrefix("CHIMERA_GATE_FACTS=") })
    }

    @Test("calls are in the stages of the rules, of their header, or together")
    func stages() throws {
        let run = try run(
            "ask", "1", "stage", "draft", "ask", "1", "stage", "review", "ask", "1", "stage", "No Name", "ask", "2"
        ) {
            $0.stages = [
                StageRule(name: "first", match: .order(1)), StageRule(name: "named", match: .header("review")),
                StageRule(name: "second", match: .prompt("question 4$")),
            ]
        }
        #expect(run.stages.map(\.name) == ["first", "draft", "named", "second", .calls])
    }

    @Test("an expression begins with a message, and a model's rule fits embeddings; what names no call is said")
    func stageRules() throws {
        let session = try measure(
            configuration(["stage", "No Name", "ask", "2", "embed", "toy-embed", "talk", "Summarise this"]) {
                $0.stages = [
                    StageRule(name: "embed", match: .model("toy-embed")),
                    StageRule(name: "summary", match: .prompt("^Summarise")),
                    StageRule(name: "verdict", match: .prompt("^Judge")),
                ]
            })
        let run = try #require(session.runs.first)
        #expect(run.stages.map(\.name) == [.calls, .calls, "embed", "summary"], "\(String(describing: run.command))")
        #expect(run.command?.refusedStages == ["No Name"])
        #expect(session.model.name == "smollm2:135m")
        let warnings = session.warnings.map(\.message)
        #expect(warnings.contains("no call was of the stage 'verdict': its rule (prompt: ^Judge) fits none"))
        #expect(
            warnings.contains(
                "the header x-chimera-stage said what no stage can be called: 'No Name'; the calls are in 'calls'"))
        #expect(!warnings.contains { $0.contains("'embed'") || $0.contains("'summary'") })
    }

    @Test("a report may lie in the folder that the run is given, and be named by a pattern; the latest counts")
    func reportByPattern() throws {
        let run = try run("ask", "1", "output", "a-1.md", "output", "a-2.md") { $0.report = "a-*.md" }
        #expect(run.isComplete && run.command?.reportSource?.hasSuffix("/a-2.md") == true, "\(run.command!)")
        #expect(run.command?.reportsBeside == 1)
        let session = try SessionDirectory.open(at: folder.output).session()
        #expect(session.warnings.contains { $0.message.hasPrefix("command.report names 1 file more that run 1 wrote") })
        #expect(try text("report.md") == "# A report\n")
    }

    @Test("without a corpus there are no facts, and that is said where reports are expected")
    func noCorpus() throws {
        let session = try measure(configuration(["ask", "1", "report", "r.md"]) { $0.report = "r.md" })
        #expect(session.corpus?.files == 0 && session.runs.first?.factsFile == nil)
        #expect(session.warnings.contains { $0.message.hasPrefix("there is no corpus: the command is given no facts") })
        var configured = try configuration(["ask", "1"])
        configured.corpus.roots = [CorpusRoot(path: "nowhere", extensions: ["csv"])]
        #expect(throws: (any Error).self) { try measure(configured) }
    }

    @Test("an answer that is not streamed has no TTFT, unless a stream is asked for in its place")
    func streamed() throws {
        let whole = try run("whole")
        let call = try #require(whole.stages.first?.exchanges.first)
        #expect(call.outcome.isValid && call.request?.isStreamed == false)
        #expect(call.measurements["ttft"] == nil && call.measurements["total"] != nil)
        #expect(call.measurements["tokens"] == 2)
        let text = try self.text("stdout.txt")

        let forced = try run("whole") { $0.stream = .force }
        let other = try #require(forced.stages.first?.exchanges.first)
        #expect(other.outcome.isValid && other.request?.isStreamed == true && other.measurements["ttft"] != nil)
        #expect(try self.text("stdout.txt") == text && text.contains("whole Hello world"))
    }

    @Test("an exit code that is named is success, and a call that fails and is made again is counted, not fatal")
    func success() throws {
        let faulty = try ReplayServer.started(
            ReplayOptions(speed: 100, faultsOfRequest: [1: [.modelNotFound]]))
        var configuration = try configuration(["try", "1", "ask", "1", "exit", "3"]) { $0.success = [0, 3] }
        configuration.server = try faulty.configuration()
        let run = try #require(measure(configuration).runs.first)
        #expect(run.isComplete && run.command?.ended == "exit status 3")
        #expect(run.measurements["calls"] == 2 && run.measurements["calls_failed"] == 1)
        #expect(run.stageFigures.first?.measurements["tokens"] == 2)
    }

    @Test("500 calls of one run are kept, each with its figures")
    func manyCalls() throws {
        let run = try run("ask", "500")
        #expect(run.isComplete && run.measurements["calls"] == 500 && run.stages.count == 500)
        #expect(run.stages.allSatisfy { $0.exchanges.first?.outcome.isValid == true })
        #expect(Set(run.stages.compactMap { $0.exchanges.first?.id }).count == 500)
    }

    @Test("the time in which calls are under way is counted once, however they overlap")
    func covered() {
        #expect(CommandEnd.covered([(0, 10), (5, 12), (20, 30), (22, 25), (40, 40)]) == 22)
        #expect(CommandEnd.covered([]) == 0 && CommandEnd.covered([(5, 3)]) == 0)
    }

    // MARK: - What fails

    private func failure(_ run: Run, _ kind: RunFailure.Kind, _ words: String) {
        #expect(!run.isComplete && run.stageFigures.isEmpty)
        #expect(run.command?.failure?.kind == kind)
        #expect(run.command?.failure?.words.contains(words) == true, "\(String(describing: run.command?.failure))")
    }

    @Test("an exit code that is not named fails the run, with the last lines of what it wrote")
    func exitCode() throws {
        let run = try run("ask", "1", "say", "Traceback: no such key", "exit", "1")
        failure(run, .exitCode, "the command ended with exit status 1; its last lines: Traceback: no such key")
        #expect(run.measurements["calls"] == 1)
        #expect(try text("stderr.txt") == "Traceback: no such key\n")
    }

    @Test("a signal, and a time limit, which ends it with what it started")
    func killed() throws {
        failure(try run("ask", "1", "kill"), .signal, "the command was ended by signal 9")
        let run = try run("ask", "1", "hang") { $0.timeoutSeconds = 1 }
        failure(run, .timeLimit, "the command was ended after its time limit of 1 s (command.timeout)")
    }

    @Test("a run that ends because of the server says so: by an error, or by a call that hangs at the time limit")
    func endedByServer() throws {
        let faulty = try ReplayServer.started(ReplayOptions(speed: 100, faultsOfRequest: [2: [.modelNotFound]]))
        var configuration = try configuration(["ask", "2"])
        configuration.server = try faulty.configuration()
        let refused = try #require(measure(configuration).runs.first)
        failure(refused, .exitCode, "call 2 (calls) got no valid answer: HTTP 404: ")
        #expect(refused.command?.failure?.call?.reason.kind == .modelNotFound)
        #expect(folder.notes.contains { $0.hasPrefix("run 1/1: failed after ") })
        #expect(!folder.notes.contains { $0.hasPrefix("run 1/1: finished") })

        let slow = try ReplayServer.started(ReplayOptions(speed: 0.001))
        // Time enough for the call to begin on a machine that is slow.
        configuration = try self.configuration(["ask", "1"]) { $0.timeoutSeconds = 6 }
        configuration.server = try slow.configuration()
        let hung = try #require(measure(configuration).runs.first)
        failure(
            hung, .timeLimit, "when the time limit ended the command; the command was ended after its time limit of 6 s"
        )
        #expect(hung.command?.failure?.call?.number == 1)
    }

    @Test("processes that are left behind are ended and said")
    func leftBehind() throws {
        let session = try measure(configuration(["ask", "1", "fork"]))
        #expect(session.runs.first?.isComplete == true && session.runs.first?.command?.leftBehind == 1)
        #expect(session.warnings.contains { $0.message.hasPrefix("the command left processes running in 1 run") })
        let child = try #require(
            try text("stdout.txt").split(separator: "\n").last { $0.hasPrefix("child ") }.flatMap {
                pid_t($0.dropFirst(6))
            })
        // One that nobody has waited for yet has ended, too.
        let state = try? String(contentsOfFile: "/proc/\(child)/stat", encoding: .utf8)
        #expect(state == nil || state?.contains(") Z ") == true)
    }

    @Test("a command that makes no call ends the session, and it is said which variables it ignores")
    func noCalls() throws {
        let session = try measure(configuration(["say", "working"], runs: 3) { $0.addressVariables = ["MODEL_URL"] })
        #expect(session.runs.count == 1)
        failure(
            try #require(session.runs.first), .noCalls,
            "as OLLAMA_HOST, OPENAI_BASE_URL, OPENAI_API_BASE, ANTHROPIC_BASE_URL, MODEL_URL: it ignores them")
        #expect(
            session.warnings.contains { $0.message.hasPrefix("stopped after run 1/3: every further run would fail") })
    }

    @Test("a report that is missing, or of before the run, fails it")
    func reports() throws {
        failure(
            try run("ask", "1") { $0.report = "report.md" }, .noReport,
            "it wrote no report: nothing is called 'report.md' (command.report)")
        try folder.write("# Old\n", to: "agent/report.md")
        let stale = try run("ask", "1") { $0.report = "report.md" }
        failure(stale, .staleReport, "before this run")
        #expect(stale.reportFile == nil)
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("agent") + "/link.md", withDestinationPath: "report.md")
        let linked = try run("ask", "1") { $0.report = "link.md" }
        failure(linked, .unreadableReport, "link.md' (command.report) is a symbolic link or a device, and no file")
        let folderInPlace = try run("ask", "1") { $0.report = "." }
        failure(folderInPlace, .unreadableReport, "is a folder, and no file")
        // The same file, written anew with the same text, is of this run.
        #expect(try run("ask", "1", "report", "report.md") { $0.report = "report.md" }.isComplete)
        #expect(try run("ask", "1", "report", "report.md") { $0.report = "report.md" }.isComplete)
    }

    @Test("a program that is not there, or a folder, fails before anything is asked, and ends the session")
    func notStarted() throws {
        let session = try measure(configuration([], runs: 3) { $0.run = ["no-such-agent-here"] })
        #expect(session.runs.count == 1)
        failure(
            try #require(session.runs.first), .notStarted,
            "'no-such-agent-here' is not in any folder of PATH")
        let elsewhere = try run("ask", "1") { $0.directory = "/nowhere/at/all" }
        failure(elsewhere, .notStarted, "there is no folder '/nowhere/at/all' (command.directory)")
    }

    @Test("a run none of whose calls was answered has failed")
    func noValidCall() throws {
        let gone = try ReplayServer.started(ReplayOptions(speed: 100, faults: [.modelNotFound]))
        var configuration = try configuration(["try", "2"], runs: 2)
        configuration.server = try gone.configuration()
        let session = try measure(configuration)
        failure(try #require(session.runs.first), .noValidCall, "none of its 2 calls was answered, the first: ")
        #expect(session.runs.count == 1)
    }

    @Test("a run that gave all of its calls up before they were answered has failed")
    func givenUp() throws {
        let slow = try ReplayServer.started(ReplayOptions(speed: 0.001))
        var configuration = try configuration(["leave"])
        configuration.server = try slow.configuration()
        let session = try measure(configuration)
        failure(try #require(session.runs.first), .noValidCall, "none of its 1 calls was answered, the first: ")
    }

    @Test("a report that an earlier run wrote is no data of the next one")
    func ownReport() throws {
        try folder.write("name,load_ms\nalder,214.7\nbirch,163.2\n", to: "agent/loads.csv")
        try folder.write("| name | load_ms |\n|---|---|\n| alder | 999.9 |\n", to: "agent/report.md")
        let configuration = try configuration(["ask", "1"]) { $0.report = "report.md" }
        let corpus = try WorkloadCorpus.read(folder.path("agent"), for: configuration)
        #expect(corpus.files.map(\.path) == ["loads.csv"])
    }
}

/// An agent for tests: does what its arguments say, one after the other.
enum AgentScript {
    static let text = #"""
        import json, os, signal, subprocess, sys, urllib.error, urllib.request
        from http.client import HTTPConnection
        from urllib.parse import urlparse

        stage, asked, connection = None, 0, None

        def ask(stream=True):
            global asked, connection
            asked += 1
            base = urlparse(os.environ["OPENAI_BASE_URL"])
            body = {"model": "smollm2:135m", "temperature": 0, "stream": stream,
                    "messages": [{"role": "user", "content": f"question {asked}"}]}
            if stream: body["stream_options"] = {"include_usage": True}
            headers = {"Content-Type": "application/json"}
            if stage: headers["X-Chimera-Stage"] = stage
            connection = connection or HTTPConnection(base.hostname, base.port, timeout=60)
            connection.request("POST", base.path + "/chat/completions", json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read()
            if answer.status != 200: raise RuntimeError(text)
            if not stream: print("whole", json.loads(text)["choices"][0]["message"]["content"])

        print("run", os.environ["CHIMERA_GATE_RUN"])
        facts = os.environ.get("CHIMERA_GATE_FACTS")
        if facts: print("facts", json.load(open(facts))["ingest"]["total_files"], flush=True)
        words = iter(sys.argv[1:])
        for word in words:
            if word == "ask":
                for _ in range(int(next(words))): ask()
            elif word == "whole": ask(stream=False)
            elif word == "try":
                for _ in range(int(next(words))):
                    try: ask()
                    except RuntimeError: connection = None
            elif word == "leave":
                base = urlparse(os.environ["OPENAI_BASE_URL"])
                other = HTTPConnection(base.hostname, base.port, timeout=0.3)
                body = {"model": "smollm2:135m", "stream": True, "messages": [{"role": "user", "content": "x"}]}
                other.request("POST", base.path + "/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
                try: other.getresponse().read()
                except TimeoutError: other.close()
            elif word == "stage": stage = next(words)
            elif word == "say": print(next(words), file=sys.stderr)
            elif word == "report": open(next(words), "w").write("# A report\n")
            elif word == "output":
                open(os.path.join(os.environ["CHIMERA_GATE_OUTPUT"], next(words)), "w").write("# A report\n")
            elif word == "environment":
                for name, value in os.environ.items(): print(f"{name}={value}")
                ask()
            elif word == "talk":
                body = {"model": "smollm2:135m", "messages": [
                    {"role": "system", "content": "You are terse."}, {"role": "user", "content": next(words)}]}
                base = urlparse(os.environ["OPENAI_BASE_URL"])
                other = HTTPConnection(base.hostname, base.port, timeout=60)
                other.request("POST", base.path + "/chat/completions", json.dumps(body), {"Content-Type": "application/json"})
                other.getresponse().read()
            elif word == "embed":
                base = urlparse(os.environ["OPENAI_BASE_URL"])
                other = HTTPConnection(base.hostname, base.port, timeout=60)
                other.request("POST", base.path + "/embeddings", json.dumps({"model": next(words), "input": "x"}))
                other.getresponse().read()
            elif word == "exit": sys.exit(int(next(words)))
            elif word == "kill": os.kill(os.getpid(), 9)
            elif word == "hang": signal.pause()
            elif word == "fork": print("child", subprocess.Popen(["sleep", "600"]).pid, flush=True)
        """#
}
