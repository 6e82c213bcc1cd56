public import GateCore
public import GateStream

/// Puts a model server under load, window by window. For the thread that made it only.
public final class LoadGenerator {
    private let engine: CallEngine
    private let bodies: RequestBodies
    private let load: LoadConfiguration
    /// Valid requests whose tokens the server did not count, over all windows.
    public private(set) var uncountedRequests = 0

    /// - Parameters:
    ///   - prompts: used in turn; at least one.
    ///   - agent: model and sampling options of every request.
    ///   - token: what the server asks for, where it asks for one.
    public init(
        server: ServerConfiguration, agent: AgentConfiguration, token: BearerToken? = nil, prompts: [ChatPrompt],
        load: LoadConfiguration
    ) throws(StreamSetupError) {
        engine = try CallEngine(endpoint: Endpoint(chatOf: server, token: token))
        bodies = RequestBodies(prompts: prompts, agent: agent, api: server.api)
        self.load = load
    }

    /// Measures one window, or with a ramp one search.
    ///
    /// - Parameter observe: told of every request that has ended, on this thread, while others are in flight: it must
    ///   be quick.
    public func measure(observe: @escaping (CallRecord, WindowRecorder) -> Void) -> LoadWindow {
        guard let limit = load.rampLimit else {
            return window(concurrency: load.concurrency, extent: load.extent, observe: observe).window
        }
        return ramp(limit: limit, observe: observe)
    }

    private func window(
        concurrency: Int?, extent: LoadExtent, observe: @escaping (CallRecord, WindowRecorder) -> Void
    ) -> (window: LoadWindow, good: Int) {
        var schedule = LoadSchedule(
            concurrency: concurrency, openLoop: load.openLoop, extent: extent, limits: load.limits, bodies: bodies,
            observe: observe)
        engine.run(&schedule)
        uncountedRequests += schedule.recorder.uncountedRequests
        return (schedule.recorder.window(peakConcurrency: schedule.peakConcurrency), schedule.recorder.good)
    }

    /// The figures are those of the highest concurrency that kept the limits, or of the lowest that was tried.
    private func ramp(limit: Int, observe: @escaping (CallRecord, WindowRecorder) -> Void) -> LoadWindow {
        var search = RampSearch(limit: limit)
        var steps: [RampStep] = []
        var best: LoadWindow?
        var first: LoadWindow?
        while let concurrency = search.next {
            let (measured, good) = window(
                concurrency: concurrency, extent: load.extent.reaching(concurrency), observe: observe)
            let isWithin = measured.keeps(load.limits, good: good)
            steps.append(
                RampStep(
                    concurrency: concurrency, isWithinLimits: isWithin,
                    goodShare: measured.requests == 0 ? 0 : Double(good) / Double(measured.requests)))
            search.record(concurrency, isWithinLimits: isWithin)
            first = first ?? measured
            if isWithin, search.highestGood == concurrency { best = measured }
            // A server that is not there does not come back at another concurrency.
            if measured.completed == 0 { break }
        }
        var window = best ?? first ?? WindowRecorder(limits: load.limits).window(peakConcurrency: 0)
        window.ramp = steps
        window.measurements["concurrency.max"] = Double(search.highestGood)
        return window
    }
}

extension LoadExtent {
    /// Long enough to say something of that concurrency: at least twice as many requests as are in flight.
    func reaching(_ concurrency: Int) -> LoadExtent {
        guard case .requests(let count) = self else { return self }
        return .requests(max(count, 2 * concurrency))
    }
}
