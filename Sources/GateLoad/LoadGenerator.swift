public import GateCore
public import GateStream

/// Puts a model server under load, window by window. For the thread that made it only.
public final class LoadGenerator {
    private var engine: CallEngine
    private var bodies: RequestBodies
    private let load: LoadConfiguration
    /// The other route, until the first answer has shown which of the two the server has.
    private var other: (engine: CallEngine, bodies: RequestBodies)?
    /// True once `/api/chat` was found missing and `/api/generate` was asked in its place.
    public private(set) var usesGenerateRoute = false
    /// Valid requests whose tokens the server did not count, over all windows.
    public private(set) var uncountedRequests = 0

    /// - Parameters:
    ///   - prompts: used in turn; at least one.
    ///   - agent: model and sampling options of every request.
    ///   - token: what the server asks for, where it asks for one.
    ///   - product: how the program that answers is kept from answering out of its prompt cache.
    public init(
        server: ServerConfiguration, agent: AgentConfiguration, token: BearerToken? = nil,
        product: ServerProduct = .unknown, prompts: [ChatPrompt], load: LoadConfiguration
    ) throws(StreamSetupError) {
        engine = try CallEngine(endpoint: Endpoint(chatOf: server, token: token, tokenCap: agent.maxTokens))
        bodies = RequestBodies(prompts: prompts, agent: agent, api: server.api, product: product, route: .chat)
        if server.api.has(.generate) {
            other = (
                try CallEngine(
                    endpoint: Endpoint(chatOf: server, route: .generate, token: token, tokenCap: agent.maxTokens)),
                RequestBodies(prompts: prompts, agent: agent, api: server.api, product: product, route: .generate)
            )
        }
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
        var schedule = schedule(concurrency, extent, observe)
        engine.run(&schedule)
        if let found = other, schedule.lacksRoute {
            (engine, bodies, other) = (found.engine, found.bodies, nil)
            usesGenerateRoute = true
            schedule = self.schedule(concurrency, extent, observe)
            engine.run(&schedule)
        }
        other = nil
        uncountedRequests += schedule.recorder.uncountedRequests
        return (schedule.recorder.window(peakConcurrency: schedule.peakConcurrency), schedule.recorder.good)
    }

    private func schedule(
        _ concurrency: Int?, _ extent: LoadExtent, _ observe: @escaping (CallRecord, WindowRecorder) -> Void
    ) -> LoadSchedule {
        LoadSchedule(
            concurrency: concurrency, openLoop: load.openLoop, extent: extent, limits: load.limits, bodies: bodies,
            mayLackRoute: other != nil, observe: observe)
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
