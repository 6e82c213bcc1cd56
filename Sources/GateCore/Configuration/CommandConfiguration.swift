/// What the workload `command` starts in each run, and how its calls are understood.
public struct CommandConfiguration: Codable, Sendable, Equatable {
    /// Program and arguments; never run through a shell.
    public var run: [String]
    /// Where it is started; relative to the folder in which chimera-gate was called. nil for that folder itself.
    public var directory: String?
    /// Set beside what it inherits of ours.
    public var environment: [EnvironmentVariable] = []
    /// The path of the report that it writes, or a pattern with `*` and `?`; relative to ``directory``. nil for none.
    public var report: String?
    /// The exit codes of a run that did its work, 0...255.
    public var success = [0]
    /// Seconds after which it is ended; greater than 0.
    public var timeoutSeconds = defaultTimeoutSeconds
    /// Variables that get the proxy's address (`http://127.0.0.1:PORT`) besides the usual ones.
    public var addressVariables: [String] = []
    /// The first rule that fits names a call's stage.
    public var stages: [StageRule] = []
    /// The header of a request that names its stage, in lower case.
    public var stageHeader = defaultStageHeader
    public var stream = StreamMode.asAsked
    /// What a million tokens cost; sorted by model.
    public var prices: [ModelPrice] = []

    public static let defaultTimeoutSeconds = 600.0
    public static let defaultStageHeader = "x-chimera-stage"

    public init(run: [String] = []) { self.run = run }

}

public struct EnvironmentVariable: Codable, Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its value.
    public let value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}

/// Whether the server is asked for a stream.
public enum StreamMode: String, Codable, Sendable, CaseIterable {
    /// As the command asks: a call that is not streamed has no TTFT.
    case asAsked = "as_asked"
    /// Always; a command that did not ask for it gets the whole answer as one.
    case force
}

/// What one model's tokens cost, in a currency of the user's choice.
public struct ModelPrice: Codable, Sendable, Equatable {
    /// Its name, as the calls have it.
    public let model: String
    /// Per million tokens of prompts; at least 0.
    public let prompt: Double
    /// Per million tokens of answers; at least 0.
    public let completion: Double

    public init(model: String, prompt: Double, completion: Double) {
        self.model = model
        self.prompt = prompt
        self.completion = completion
    }
}

extension [ModelPrice] {
    /// The price of a model's tokens; nil where none is configured.
    package func price(of model: String) -> ModelPrice? { first { $0.model == model } }
}

/// Which calls of a command belong to a stage.
public struct StageRule: Codable, Sendable, Equatable {
    public enum Match: Sendable, Equatable, CustomStringConvertible {
        /// The call of that number in its run, 1 for the first.
        case order(Int)
        /// The value of the stage's header.
        case header(String)
        /// The model's name, as the call has it.
        case model(String)
        /// A regular expression that is found in a message of the prompt, or in all of them one behind the other.
        case prompt(String)

        /// As it is configured: `model: nomic`.
        public var description: String {
            switch self {
            case .order(let number): "order: \(number)"
            case .header(let value): "header: \(value)"
            case .model(let name): "model: \(name)"
            case .prompt(let expression): "prompt: \(expression)"
            }
        }
    }

    public let name: StageName
    public let match: Match

    public init(name: StageName, match: Match) {
        self.name = name
        self.match = match
    }

    /// Names that mean something else in a check.
    public static let reservedNames: [StageName] = [.run, .load, .quality]

    private enum CodingKeys: String, CodingKey { case name, order, header, model, prompt }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(StageName.self, forKey: .name)
        if let order = try container.decodeIfPresent(Int.self, forKey: .order) {
            match = .order(order)
        } else if let header = try container.decodeIfPresent(String.self, forKey: .header) {
            match = .header(header)
        } else if let model = try container.decodeIfPresent(String.self, forKey: .model) {
            match = .model(model)
        } else {
            match = .prompt(try container.decode(String.self, forKey: .prompt))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        switch match {
        case .order(let number): try container.encode(number, forKey: .order)
        case .header(let value): try container.encode(value, forKey: .header)
        case .model(let name): try container.encode(name, forKey: .model)
        case .prompt(let pattern): try container.encode(pattern, forKey: .prompt)
        }
    }
}
