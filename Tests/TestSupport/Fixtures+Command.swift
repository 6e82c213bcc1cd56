public import GateCore

extension Fixtures {
    /// One call of a command.
    public static func asked(
        _ number: Int, stage: StageName = .calls, ttft: Double = 0.25, promptTokens: Int? = 100, tokens: Int? = 20,
        prompt: String? = nil, model: String = "smollm2:135m", options: [RequestOption] = [],
        outcome: ExchangeOutcome = .completed(.stop), modelState: ModelState = .warm, isGeneration: Bool = true
    ) -> Exchange {
        var measurements: Measurements = [:]
        if outcome.isValid {
            measurements = ["ttft": ttft, "total": ttft + 1, "throughput": 40]
            measurements["tokens"] = tokens.map(Double.init)
            measurements["prompt_tokens"] = promptTokens.map(Double.init)
        }
        let digest = prompt ?? String(repeating: "\(number % 10)a", count: 32)
        return Exchange(
            id: "run-1/call-\(number)", stage: stage, attempt: 1, outcome: outcome, modelState: modelState,
            cache: .unknown, prompt: PromptIdentity(sha256: digest, bytes: 400, nonce: nil),
            request: AskedRequest(
                route: "POST /v1/chat/completions", model: model, options: options, isStreamed: true,
                isGeneration: isGeneration), timing: StreamTiming(endNs: Nanoseconds(seconds: ttft + 1)),
            server: ServerFigures(promptTokens: promptTokens, tokens: tokens), measurements: measurements)
    }

    /// One start of a command, with the metrics that its calls give.
    public static func commandRun(
        _ index: Int, calls: [Exchange], failure: RunFailure? = nil, isWarmup: Bool = false, wall: Double = 8,
        arm: Arm? = nil, pair: Int? = nil
    ) -> Run {
        Run(
            index: index, isWarmup: isWarmup, startedAt: start,
            stages: calls.map {
                StageResult(name: $0.stage, agent: "command", wallSeconds: 1.25, exchanges: [$0])
            },
            measurements: ["calls": Double(calls.count), "wall": wall], reportFile: nil, factsFile: nil,
            command: CommandRun(ended: "exit status 0", failure: failure), arm: arm, pair: pair)
    }

    /// A session of a command.
    public static func commandSession(
        _ runs: [Run], _ command: CommandConfiguration = CommandConfiguration(run: ["python3", "agent.py"]),
        policy: Policy = Policy(), base: BaseArm? = nil
    ) -> Session {
        let other = session(runs: runs, policy: policy, base: base)
        var configuration = other.configuration
        configuration.workload = .command
        configuration.command = command
        configuration.agent.promptCache = .allow
        return Session(
            id: other.id, toolVersion: other.toolVersion, workload: .command, machineClass: other.machineClass,
            startedAt: other.startedAt, finishedAt: other.finishedAt, environment: other.environment,
            origin: other.origin, model: other.model, corpus: other.corpus, configuration: configuration,
            serverStarts: [], runs: runs, warnings: [], base: base)
    }

    /// Everything that can be said of a command.
    public static let wholeCommand: CommandConfiguration = {
        var command = CommandConfiguration(run: ["python3", "agent.py"])
        command.directory = "agent"
        command.environment = [EnvironmentVariable(name: "MODE", value: "")]
        command.report = "out/*.md"
        command.success = [0, 3]
        command.timeoutSeconds = 90
        command.addressVariables = ["MODEL_URL"]
        command.stages = [
            StageRule(name: "plan", match: .order(1)), StageRule(name: "draft", match: .header("draft")),
            StageRule(name: "search", match: .model("nomic")), StageRule(name: "sum", match: .prompt("^Sum")),
        ]
        command.stageHeader = "x-stage"
        command.stream = .force
        command.prices = [ModelPrice(model: "smollm2:135m", prompt: 0.15, completion: 1)]
        return command
    }()

    /// A session with a run of every failure, and ones that did their work.
    public static func everyCommandRun(calls count: Int = 2) -> Session {
        let kinds = RunFailure.Kind.allCases
        let options = [RequestOption(name: "temperature", value: "0")]
        let failed = kinds.enumerated().map { index, kind in
            commandRun(
                index + 1, calls: [], failure: RunFailure(kind, "what happened", lastLines: ["a last line"]))
        }
        let good = (1...3).map { index in
            commandRun(
                kinds.count + index, calls: (1...count).map { asked($0, stage: "plan", tokens: 20, options: options) })
        }
        return commandSession(failed + good, wholeCommand)
    }
}
