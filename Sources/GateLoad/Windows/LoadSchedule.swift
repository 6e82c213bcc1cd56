import GateCore
import GateStream

/// One window of a load: decides when its requests start and takes what came of them.
struct LoadSchedule: CallSchedule {
    /// At most so many in flight; nil for no such limit.
    let concurrency: Int?
    let extent: LoadExtent
    /// nil for a closed loop.
    private var arrivals: ArrivalTimes?
    private let bodies: RequestBodies
    /// Whether the first answers may say that the server does not have the route.
    private let mayLackRoute: Bool
    /// Requests that ended so, before any other.
    private var unrouted: [CallRecord] = []
    private let observe: (CallRecord, WindowRecorder) -> Void

    private(set) var recorder: WindowRecorder
    private(set) var peakConcurrency = 0
    private var started = 0
    private var beganNs: Int64?
    /// When the next request of an open loop arrives, after the window's begin.
    private var nextArrival: Int64?

    init(
        concurrency: Int?, openLoop: OpenLoop?, extent: LoadExtent, limits: [LoadLimit], bodies: RequestBodies,
        mayLackRoute: Bool = false, observe: @escaping (CallRecord, WindowRecorder) -> Void
    ) {
        self.concurrency = concurrency
        self.extent = extent
        self.bodies = bodies
        self.mayLackRoute = mayLackRoute
        self.observe = observe
        arrivals = openLoop.map(ArrivalTimes.init)
        nextArrival = arrivals?.next()
        recorder = WindowRecorder(limits: limits)
    }

    /// True where the server does not have the route: the window has ended early and has no request in it.
    var lacksRoute: Bool { !unrouted.isEmpty }

    mutating func nextStart(nowNs: Int64, inFlight: Int) -> NextStart {
        let began = beganNs ?? nowNs
        beganNs = began
        peakConcurrency = max(peakConcurrency, inFlight)
        if lacksRoute { return .finished }
        let moment = nextArrival.map { began + $0 } ?? nowNs
        switch extent {
        case .requests(let count): if started >= count { return .finished }
        case .seconds(let seconds): if max(moment, nowNs) - began >= Int64(clamping: seconds * 1e9) { return .finished }
        }
        if let concurrency, inFlight >= concurrency { return .wait }
        return .at(moment)
    }

    mutating func request() -> CallRequest {
        defer { started += 1 }
        nextArrival = arrivals?.next()
        return CallRequest(body: bodies.next(), tag: started)
    }

    mutating func ended(_ record: CallRecord) {
        if mayLackRoute, recorder.requests == 0, record.lacksRoute {
            unrouted.append(record)
            return
        }
        keepUnrouted()
        keep(record)
    }

    /// Takes them for what any other request that failed is.
    private mutating func keepUnrouted() {
        guard lacksRoute else { return }
        unrouted.forEach { keep($0) }
        unrouted = []
    }

    private mutating func keep(_ record: CallRecord) {
        recorder.add(record, cache: bodies.cacheState(after: record))
        observe(record, recorder)
    }
}

extension CallRecord {
    /// A model that is not there has a reason of its own.
    fileprivate var lacksRoute: Bool {
        if case .invalid(let reason) = outcome {
            reason.kind == .routeNotFound
        } else {
            false
        }
    }
}

/// The requests of a load: its prompts in turn, each unique where the prompt cache is not to answer. Goes on from window
/// to window, so that no number comes twice soon.
final class RequestBodies {
    private let templates: [RequestTemplate]
    private var count = 0
    private var number = UInt32.random(in: RequestBody.uniqueNumbers)

    /// - Parameter prompts: at least one.
    init(
        prompts: [ChatPrompt], agent: AgentConfiguration, api: ServerAPI, product: ServerProduct = .unknown,
        route: PromptRoute = .chat
    ) {
        templates = prompts.map { RequestTemplate(prompt: $0, agent: agent, api: api, product: product, route: route) }
    }

    func next() -> RequestBody {
        defer { count += 1 }
        number = number == RequestBody.uniqueNumbers.upperBound ? RequestBody.uniqueNumbers.lowerBound : number + 1
        return templates[count % templates.count].body(uniqueNumber: number)
    }

    /// As for single calls: every template defeats the cache in the same way.
    func cacheState(after record: CallRecord) -> PromptCacheState { templates[0].cacheState(after: record.server) }
}
