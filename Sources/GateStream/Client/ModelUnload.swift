import GateClock
public import GateCore
import GateJSON
import Glibc

/// Takes a model out of the memory of a server whose API can say that, so that the next call has to load it. For the
/// thread that made it only.
public final class ModelUnload {
    private let server: ServerConfiguration
    private let model: String
    private let longestWait: Double
    private let engine: CallEngine

    /// - Parameters:
    ///   - model: the name as the server knows it.
    ///   - longestWaitSeconds: for calls in flight to end and for the driver to give the memory back.
    ///   - token: what the server asks for, where it asks for one.
    public init(
        server: ServerConfiguration, model: String, token: BearerToken? = nil, longestWaitSeconds: Double = 30
    ) throws(StreamSetupError) {
        self.server = server
        self.model = model
        self.longestWait = longestWaitSeconds
        self.engine = try CallEngine(endpoint: Endpoint(chatOf: server, token: token))
    }

    /// Asks for it and waits until the server no longer lists the model as loaded: Ollama answers before it has let go.
    public func perform() throws(ModelUnloadError) {
        guard let unloading = server.api.dialect.unloading(of: model) else {
            throw .refused(url: server.url, detail: "its API has no word for that")
        }
        if let objection = unloading.objection(try ask(unloading.path, body: unloading.body)) {
            throw .refused(url: server.url, detail: objection)
        }
        let deadline = MonotonicClock.now() + Int64(clamping: longestWait * 1e9)
        while try isLoaded(unloading) {
            guard MonotonicClock.now() < deadline else {
                throw .stillLoaded(url: server.url, model: model, seconds: longestWait)
            }
            usleep(20_000)
        }
    }

    private func isLoaded(_ unloading: Unloading) throws(ModelUnloadError) -> Bool {
        guard let isListed = unloading.isListed(try ask(unloading.listPath, body: nil)) else {
            throw .refused(
                url: server.url, detail: "it does not list the models in its memory (\(unloading.listPath))")
        }
        return isListed
    }

    private func ask(_ path: String, body: JSONValue?) throws(ModelUnloadError) -> JSONValue {
        let collector = BodyCollector()
        let request = HTTPRequest(url: server.url + path, method: body.map { .post(RequestBody($0.encoded)) } ?? .get)
        var timeouts = server.timeouts
        timeouts.firstTokenSeconds = min(timeouts.firstTokenSeconds, longestWait)
        timeouts.totalSeconds = min(timeouts.totalSeconds, longestWait)
        if let failure = engine.transfer(request, timeouts: timeouts, sink: collector) {
            throw .refused(url: server.url, detail: failure.detail)
        }
        guard let answer = try? JSONValue.parse(collector.body) else {
            throw .refused(url: server.url, detail: "its answer on \(path) is not JSON")
        }
        return answer
    }
}

/// Why the model is not known to be out of the server's memory.
public enum ModelUnloadError: Error, Sendable, Equatable, CustomStringConvertible {
    case refused(url: String, detail: String)
    /// It said that it would, and lists the model still.
    case stillLoaded(url: String, model: String, seconds: Double)

    public var description: String {
        switch self {
        case .refused(let url, let detail): "the server at \(url) cannot be made to unload the model: \(detail)"
        case .stillLoaded(let url, let model, let seconds):
            "the server at \(url) still lists '\(model)' as loaded \(DisplayFormat.seconds(seconds, decimals: 0)) after"
                + " it was asked to unload it"
        }
    }
}
