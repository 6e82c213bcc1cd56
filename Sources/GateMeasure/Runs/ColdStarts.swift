import GateCore
import GateStream
import GateVerdict

/// Makes cold starts on purpose, before the runs: where the API can say so, a model is unloaded and called, a server that we started is
/// ended and started again. Their figures are a population of their own, and the model is warm afterwards.
struct ColdStarts {
    let configuration: Configuration
    let token: BearerToken?
    /// nil for a server that ran already; started once by now.
    let server: StartedServer?
    let progress: ProgressNotes

    /// Makes as many as are configured.
    ///
    /// - Parameter keep: writes the session, which has one more each time, so that a later failure loses none.
    func measure(into session: inout Session, keep: (Session) throws -> Void) throws {
        guard configuration.coldStarts > 0 else { return }
        // A server that loads models itself is ready long before it has one in memory, so that starting it anew would
        // measure something else.
        if configuration.server.api.traits.unloadsModels {
            try unloadAndLoad(into: &session, keep)
        } else if let server {
            try restart(server, into: &session, keep)
        }
    }

    private func unloadAndLoad(into session: inout Session, _ keep: (Session) throws -> Void) throws {
        let unload = try ModelUnload(server: configuration.server, model: configuration.agent.model, token: token)
        let client = try ModelClient(server: configuration.server, agent: shortAgent, token: token)
        do throws(ProbeError) {
            _ = try client.identify()
        } catch {
            throw MeasuringError.noServer(error, isNamed: true)
        }
        for number in 1...configuration.coldStarts {
            let load = try loadAgain(number, unload, client)
            session.modelLoads = (session.modelLoads ?? []) + [load]
            note(number, load.loadSeconds)
            try keep(session)
        }
    }

    private func restart(
        _ server: StartedServer, into session: inout Session, _ keep: (Session) throws -> Void
    ) throws {
        note(1, server.loadSeconds)
        for number in 1..<configuration.coldStarts {
            try server.restart()
            session.serverStarts.append(server.loadSeconds)
            note(number + 1, server.loadSeconds)
            try keep(session)
        }
    }

    /// The same options as in the runs, because Ollama loads a model anew when they change, and one token of answer,
    /// because an empty prompt would load the model without a figure.
    private var shortAgent: AgentConfiguration {
        var agent = configuration.agent
        agent.maxTokens = 1
        return agent
    }

    private func loadAgain(_ number: Int, _ unload: ModelUnload, _ client: ModelClient) throws -> ModelLoad {
        func failure(_ reason: String) -> MeasuringError {
            .coldStart(number, of: configuration.coldStarts, reason: reason)
        }
        do throws(ModelUnloadError) { try unload.perform() } catch { throw failure("\(error)") }
        let answer = try client.call(ChatPrompt(system: "Be brief.", user: "Hello"))
        switch answer.outcome {
        case .completed: break
        // A model that thinks first has nothing to say after one token; it is loaded all the same.
        case .invalid(let reason) where reason.kind == .noTokens: break
        case .invalid(let reason): throw failure(reason.detail)
        }
        guard let seconds = answer.server.loadSeconds else { throw failure("the server reports no load_duration") }
        return ModelLoad(loadSeconds: seconds, callSeconds: answer.timing.endNs.seconds)
    }

    private func note(_ number: Int, _ seconds: Double) {
        progress.note(
            "cold start \(number)/\(configuration.coldStarts): \(DisplayFormat.seconds(seconds, decimals: 2))")
    }
}
