import GateCore
import GateSettings
import GateStream

/// Where a model server may run, and which API it speaks there.
struct ServerPlace: Equatable {
    let api: ServerAPI
    let url: String
}

/// A model server that answers.
struct FoundServer: Equatable {
    let place: ServerPlace
    /// As requests name them, in the server's order.
    let models: [String]

    /// The first that is likely to write texts.
    var model: String? { models.first { !$0.lowercased().contains("embed") } ?? models.first }
}

/// Looks for a model server where one usually is.
enum ServerSearch {
    /// Seconds. A server on this machine answers in milliseconds; one that hangs must not keep the user.
    private static let patience = TimeoutConfiguration(
        connectSeconds: 1, firstTokenSeconds: 2, idleSeconds: 2, totalSeconds: 3)

    /// Ollama's place by its variable, then those of OpenAI-compatible servers on this machine.
    static func usualPlaces(_ environment: [String: String]) throws(Refusal) -> [ServerPlace] {
        let named = try OllamaHost.url(environment["OLLAMA_HOST"])
        return ServerAPI.allCases.flatMap { api in
            guard !api.traits.hasUsualAddress else { return [ServerPlace(api: api, url: named)] }
            // Ollama speaks OpenAI's API, too: at its place it would be found a second time.
            return api.traits.usualPorts.map { ServerPlace(api: api, url: "http://127.0.0.1:\($0)") }
                .filter { $0.url != named }
        }
    }

    /// The servers that answer, those with models first, else in the order of the places.
    static func servers(at places: [ServerPlace]) throws -> [FoundServer] {
        let found = try places.compactMap { place -> FoundServer? in
            let client = try ModelClient(
                server: ServerConfiguration(api: place.api, url: place.url, timeouts: patience),
                agent: AgentConfiguration(model: ""))
            return client.servedModels().map { FoundServer(place: place, models: $0.filter(isPrintable)) }
        }
        return found.filter { !$0.models.isEmpty } + found.filter(\.models.isEmpty)
    }

    /// Whether a name fits a line of the file.
    private static func isPrintable(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 200
            && name.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: false
                default: true
                }
            }
    }
}
