import GateCore
import GateJSON

/// The forms in which servers say inside a stream, or instead of one, that something went wrong.
enum ServerErrorObject {
    private static let longestMessage = 500

    /// `{"error":"text"}`, `{"error":{"message":…}}`, `{"type":"error",…}`, `{"object":"error",…}`, and llama-server's
    /// and vLLM's bare `{"code":…,"message":…}`; nil for an object that is none of these.
    static func failure(in object: JSONValue) -> InvalidCall? {
        if let error = object["error"], says(error) { return invalidCall(error) }
        let isNamed = object["type"]?.string == "error" || object["object"]?.string == "error"
        let isBare = object["code"] != nil && object["message"] != nil && object["choices"] == nil
        return isNamed || isBare ? invalidCall(object) : nil
    }

    /// The data of an event that is called an error, whatever form it has.
    static func failure(inErrorEvent data: UnsafeBufferPointer<UInt8>) -> InvalidCall {
        if let object = try? JSONValue.parse(data, notFinite: .null) {
            return failure(in: object) ?? invalidCall(object)
        }
        let text = String(decoding: data.prefix(longestMessage), as: UTF8.self)
        return invalidCall(.string(text))
    }

    /// Some servers write an empty error into every object.
    private static func says(_ error: JSONValue) -> Bool {
        switch error {
        case .null, .bool(false): false
        case .string(let text): !text.isEmpty
        case .object(let members): !members.isEmpty
        case .array(let items): !items.isEmpty
        case .number, .bool: true
        }
    }

    private static func invalidCall(_ error: JSONValue) -> InvalidCall {
        let said = message(error)
        let message = said.isEmpty ? "the server reports an error and does not say which" : said
        let isOverflow = HTTPFailure.isOverflow(type: error["type"]?.string ?? "", message: message)
        return InvalidCall(isOverflow ? .contextOverflow : .serverError, String(message.prefix(longestMessage)))
    }

    private static func message(_ error: JSONValue) -> String {
        for key in ["message", "error", "detail", "msg"] {
            if let text = error[key]?.string, !text.isEmpty { return text }
        }
        if let text = error.string { return text }
        switch error {
        case .object(let members) where members.isEmpty: return ""
        case .null: return ""
        default: return error.text
        }
    }
}
