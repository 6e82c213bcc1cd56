public import GateCore
import GateJSON

/// An API of model servers: all that the client knows of it, in one file. What is the same for every API stands outside.
protocol Dialect: AnswerReading {
    // MARK: Routes

    /// The path that prompts are posted to.
    var chatPath: String { get }
    /// That of an older route without messages, which some servers that imitate the API have alone; nil where there is
    /// none.
    var generatePath: String? { get }
    /// A path that answers once calls are answered.
    var readyPath: String { get }
    var modelList: ModelList { get }

    // MARK: Body

    /// Options that were not configured are not sent.
    func body(of request: ChatRequest) -> JSONValue
    /// The keys of `agent` that are set and that the server takes no notice of.
    func optionsWithoutEffect(of agent: AgentConfiguration, product: ServerProduct) -> [String]

    // MARK: Server

    /// Asks the server what it is and which model it serves.
    func profile(by probe: ServerProbe) throws(ProbeError) -> ServerProfile
    /// Whether a server that is loading its model says so.
    var saysLoading: Bool { get }
    /// How a model is taken out of the server's memory; nil where the API has no word for it.
    func unloading(of model: String) -> Unloading?

    // MARK: Prompt cache

    /// Whether the prompt tokens of an answer are those that were evaluated, so that it tells what came out of the cache.
    var countsEvaluatedPrompt: Bool { get }
    /// Whether the cache is defeated by a parameter that only some programs take.
    var defendsCacheByProduct: Bool { get }
}

extension ServerAPI {
    /// The registry.
    var dialect: any Dialect {
        switch self {
        case .ollama: OllamaDialect()
        case .openai: OpenAIDialect()
        }
    }

    /// Whether it has that route.
    public func has(_ route: PromptRoute) -> Bool { route == .chat || dialect.generatePath != nil }

    /// Whether a server that is loading its model says so.
    public var saysLoading: Bool { dialect.saysLoading }

    /// Whether the prompt cache is defeated by a parameter that only some programs take, so that it must be known which
    /// one answers.
    public var defendsCacheByProduct: Bool { dialect.defendsCacheByProduct }
}

extension PassedRoute {
    /// The registry of what is read besides our own calls' answers; nil for what is handed on unread.
    var reading: (any AnswerReading)? {
        switch self {
        case .ollamaChat, .ollamaGenerate: OllamaDialect()
        case .openAIChat, .openAICompletions: OpenAIDialect()
        case .openAIResponses: ResponsesReading()
        case .anthropicMessages: MessagesReading()
        case .other: nil
        }
    }
}

/// Which of a dialect's routes a prompt goes to.
public enum PromptRoute: Sendable, Equatable {
    case chat
    /// The older one, without messages.
    case generate
}

/// How a stream is cut into units.
package enum StreamFraming: Sendable, Equatable {
    /// One JSON object per line (NDJSON).
    case lines
    /// The data of events (WHATWG HTML, section "Server-sent events").
    case serverSentEvents
}

/// Where a server lists its models.
struct ModelList: Sendable {
    let path: String
    /// The member that holds the list.
    let list: String
    /// The member of an entry by which requests name the model.
    let name: String
}

/// How a server takes a model out of its memory.
struct Unloading: Sendable {
    let path: String
    let body: JSONValue
    /// What an answer lacks that agrees to it; nil for one that does.
    let objection: @Sendable (JSONValue) -> String?
    /// Where the models in memory are listed.
    let listPath: String
    /// Whether such a list has the model; nil where it is no list.
    let isListed: @Sendable (JSONValue) -> Bool?
}
