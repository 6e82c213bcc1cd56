public import GateCore
public import GateVerdict

extension Session {
    public var impossibility: (place: String, detail: String)? {
        guard hasOrigin else {
            return ("server", "should be there with 'corpus', or 'tool' in their place, but not both")
        }
        var numbers = PlausibleNumbers()
        configuration.check(&numbers, "configuration")
        base?.configuration.check(&numbers, "base.configuration")
        numbers.expect(environment.cpuCount, in: 1...1_000_000, "environment.cpu_count")
        for (index, seconds) in serverStarts.enumerated() {
            numbers.expect(seconds: seconds, "server_starts[\(index)]")
        }
        for (index, seconds) in (base?.serverStarts ?? []).enumerated() {
            numbers.expect(seconds: seconds, "base.server_starts[\(index)]")
        }
        for (index, load) in (modelLoads ?? []).enumerated() {
            numbers.expect(seconds: load.loadSeconds, "model_loads[\(index)].load_seconds")
            numbers.expect(seconds: load.callSeconds, "model_loads[\(index)].call_seconds")
        }
        for (index, run) in runs.enumerated() { run.check(&numbers, "runs[\(index)]") }
        return numbers.impossibility.map { ($0.place, $0.detail) }
    }
}

extension Configuration {
    fileprivate func check(_ numbers: inout PlausibleNumbers, _ place: String) {
        numbers.expect(runs, in: PlausibleNumbers.runs, "\(place).runs")
        numbers.expect(warmupRuns, in: PlausibleNumbers.runs, "\(place).warmup_runs")
        numbers.expect(coldStarts, in: PlausibleNumbers.runs, "\(place).cold_starts")
        numbers.expect(agent.maxTokens, in: PlausibleNumbers.count, "\(place).agent.max_tokens")
        numbers.expect(agent.numCtx, in: PlausibleNumbers.count, "\(place).agent.num_ctx")
        // The smallest that leaves a quantile: what a tail of 1e-300 would need nobody can measure.
        numbers.expect(policy.alpha, in: 1e-9...0.999_999, "\(place).policy.alpha")
        numbers.expect(policy.workloads, in: 1...1_000, "\(place).policy.workloads")
        numbers.expect(policy.pairs, in: 8...1_000, "\(place).policy.pairs")
        for (index, metric) in policy.metrics.enumerated() {
            let place = "\(place).policy.metrics[\(index)].tolerance"
            numbers.expect(metric.tolerance?.percent, in: 0...1e12, "\(place).percent")
            numbers.expect(metric.tolerance?.absolute, in: 0...1e15, "\(place).absolute")
        }
        load?.check(&numbers, "\(place).load")
        command?.check(&numbers, "\(place).command")
    }
}

extension CommandConfiguration {
    fileprivate func check(_ numbers: inout PlausibleNumbers, _ place: String) {
        numbers.expect(seconds: timeoutSeconds, "\(place).timeout_seconds")
        for (index, code) in success.enumerated() { numbers.expect(code, in: 0...255, "\(place).success[\(index)]") }
        for (index, price) in prices.enumerated() {
            numbers.expect(price.prompt, in: 0...1e12, "\(place).prices[\(index)].prompt")
            numbers.expect(price.completion, in: 0...1e12, "\(place).prices[\(index)].completion")
        }
    }
}

extension LoadConfiguration {
    fileprivate func check(_ numbers: inout PlausibleNumbers, _ place: String) {
        numbers.expect(concurrency, in: 1...65_536, "\(place).concurrency")
        numbers.expect(rampLimit, in: 1...65_536, "\(place).ramp_limit")
        numbers.expect(openLoop?.rate, in: 1e-9...1e6, "\(place).open_loop.rate")
        switch extent {
        case .requests(let count): numbers.expect(count, in: 1...100_000_000, "\(place).extent.requests")
        case .seconds(let seconds): numbers.expect(seconds: seconds, "\(place).extent.seconds")
        }
    }
}

extension Run {
    fileprivate func check(_ numbers: inout PlausibleNumbers, _ place: String) {
        numbers.expect(index, in: 1...1_000_000, "\(place).index")
        numbers.expect(pair, in: 1...1_000_000, "\(place).pair")
        load?.check(&numbers, "\(place).load")
        numbers.expect(command?.leftBehind, in: 0...1_000_000, "\(place).command.left_behind")
        for (number, stage) in stages.enumerated() {
            numbers.expect(seconds: stage.wallSeconds, "\(place).stages[\(number)].wall_seconds")
            for (index, exchange) in stage.exchanges.enumerated() {
                exchange.check(&numbers, "\(place).stages[\(number)].exchanges[\(index)]")
            }
        }
        for (reading, name) in [(interference?.start, "start"), (interference?.end, "end")] {
            numbers.expect(
                reading?.own?.involuntarySwitches, in: 0...Int.max / 2,
                "\(place).interference.\(name).own.involuntary_switches")
        }
    }
}

extension LoadWindow {
    fileprivate func check(_ numbers: inout PlausibleNumbers, _ place: String) {
        numbers.expect(requests, in: PlausibleNumbers.count, "\(place).requests")
        numbers.expect(completed, in: 0...max(0, requests), "\(place).completed")
        numbers.expect(arrivals, in: 0...1_000_000_000_000, "\(place).arrivals")
        numbers.expect(coalesced, in: 0...max(0, arrivals), "\(place).coalesced")
        numbers.expect(peakConcurrency, in: PlausibleNumbers.count, "\(place).peak_concurrency")
        numbers.expect(seconds: wallSeconds, "\(place).wall_seconds")
        for (index, errors) in errors.enumerated() {
            numbers.expect(errors.count, in: PlausibleNumbers.count, "\(place).errors[\(index)].count")
        }
    }
}

extension Exchange {
    fileprivate func check(_ numbers: inout PlausibleNumbers, _ place: String) {
        numbers.expect(attempt, in: 1...1_000_000, "\(place).attempt")
        numbers.expect(timing.arrivals, in: PlausibleNumbers.count, "\(place).timing.arrivals")
        numbers.expect(timing.coalesced, in: PlausibleNumbers.count, "\(place).timing.coalesced")
        numbers.expect(server.tokens, in: PlausibleNumbers.count, "\(place).server.tokens")
        numbers.expect(server.promptTokens, in: PlausibleNumbers.count, "\(place).server.prompt_tokens")
        numbers.expect(
            server.cachedPromptTokens, in: PlausibleNumbers.count, "\(place).server.cached_prompt_tokens")
    }
}

extension Baseline {
    public var impossibility: (place: String, detail: String)? {
        var numbers = PlausibleNumbers()
        for (index, session) in sessions.enumerated() {
            let place = "sessions[\(index)]"
            numbers.expect(session.environment.cpuCount, in: 1...1_000_000, "\(place).environment.cpu_count")
            session.load?.check(&numbers, "\(place).load")
            guard let calls = session.calls else { continue }
            numbers.expect(calls.all, in: PlausibleNumbers.count, "\(place).calls.all")
            numbers.expect(calls.invalid, in: 0...max(0, calls.all), "\(place).calls.invalid")
        }
        return numbers.impossibility.map { ($0.place, $0.detail) }
    }
}

extension Judgement {
    public var impossibility: (place: String, detail: String)? {
        var numbers = PlausibleNumbers()
        numbers.expect(baselineSessions, in: PlausibleNumbers.count, "baseline_sessions")
        numbers.expect(runsUsed, in: PlausibleNumbers.count, "runs_used")
        numbers.expect(pairsUsed, in: PlausibleNumbers.count, "pairs_used")
        numbers.expect(exitCode, in: 0...255, "exit_code")
        for (index, verdict) in verdicts.enumerated() {
            numbers.expect(verdict.baseline?.count, in: PlausibleNumbers.count, "verdicts[\(index)].baseline.count")
            numbers.expect(verdict.observed?.count, in: PlausibleNumbers.count, "verdicts[\(index)].observed.count")
        }
        numbers.expect(quality?.findings, in: PlausibleNumbers.count, "quality.findings")
        for (index, family) in (quality?.families ?? []).enumerated() {
            numbers.expect(family.errors, in: PlausibleNumbers.count, "quality.families[\(index)].errors")
            numbers.expect(family.warnings, in: PlausibleNumbers.count, "quality.families[\(index)].warnings")
        }
        return numbers.impossibility.map { ($0.place, $0.detail) }
    }
}
