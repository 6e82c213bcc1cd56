import GateJSON
import GateStream

/// How a request for a whole answer is made one for a stream, and the stream the answer that was asked for.
protocol ForcedStream {
    /// The request as it is sent; nil for one that the API does not stream.
    static func streaming(_ request: JSONValue) -> JSONValue?
    /// The answer as the API writes it where none streams; nil where the units are no whole answer.
    static func answer(of units: [JSONValue]) -> ForcedAnswer?
}

/// An answer in one piece.
struct ForcedAnswer {
    var body: JSONValue
    /// Whether it is what a server answers with a status of its own, which a stream that has begun cannot have any more.
    var isError = false
}

extension PassedRoute {
    var forcedStream: (any ForcedStream.Type)? {
        switch self {
        case .ollamaChat, .ollamaGenerate: OllamaForcedStream.self
        case .openAIChat: ChatForcedStream.self
        case .openAICompletions: CompletionForcedStream.self
        case .openAIResponses: ResponsesForcedStream.self
        case .anthropicMessages: MessagesForcedStream.self
        case .other: nil
        }
    }
}

/// A call whose stream is ours alone: what was asked instead, and what has come of it.
struct ForcedCall {
    /// Of an answer, so that no server can fill our memory. Bytes.
    static let mostBytes = 256 << 20

    let body: [UInt8]
    private let form: any ForcedStream.Type
    private let framing: StreamFraming
    private var bytes: [UInt8] = []

    /// nil where the client asks for a stream, or the server cannot be made to answer one.
    init?(route: PassedRoute, body: [UInt8]) {
        guard let form = route.forcedStream, let framing = route.framing, let request = try? JSONValue.parse(body),
            request.object != nil, let reading = route.requestReading,
            !(request["stream"]?.bool ?? reading.streamsByItself), let streaming = form.streaming(request)
        else { return nil }
        self.form = form
        self.framing = framing
        self.body = streaming.encoded
    }

    /// False where it is too much.
    mutating func take(_ more: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count + more.count <= ForcedCall.mostBytes else { return false }
        bytes.append(contentsOf: more)
        return true
    }

    /// The whole answer; nil where what came is none.
    var answer: ForcedAnswer? {
        let units = StreamUnits.all(in: bytes, framing: framing).compactMap { unit in
            unit.elementsEqual("[DONE]".utf8) ? nil : try? JSONValue.parse(unit)
        }
        return form.answer(of: units)
    }
}

extension JSONValue {
    /// The object with a member set: in its place where there is one of the name, else at the end.
    func setting(_ key: String, _ value: JSONValue) -> JSONValue {
        guard var members = object else { return self }
        if let index = members.firstIndex(where: { $0.key == key }) {
            members[index].value = value
        } else {
            members.append((key, value))
        }
        return .object(members)
    }

    /// The object without a member.
    func removing(_ key: String) -> JSONValue {
        guard let members = object else { return self }
        return .object(members.filter { $0.key != key })
    }

    /// The object with the members of another that are not null, those of the same name in its places.
    func merging(_ other: JSONValue) -> JSONValue {
        (other.object ?? []).reduce(self) { $1.value.isNull ? $0 : $0.setting($1.key, $1.value) }
    }
}
