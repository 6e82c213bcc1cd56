import GateJSON

/// The last event of a response holds all of it.
enum ResponsesForcedStream: ForcedStream {
    static func streaming(_ request: JSONValue) -> JSONValue? {
        request["background"]?.bool == true ? nil : request.setting("stream", true)
    }

    static func answer(of units: [JSONValue]) -> ForcedAnswer? {
        let ends = ["response.completed", "response.incomplete", "response.failed"]
        if let end = units.last(where: { ends.contains($0["type"]?.string ?? "") }) {
            return end["response"].map { ForcedAnswer(body: $0) }
        }
        return units.last { $0["type"]?.string == "error" }.map { ForcedAnswer(body: ["error": $0], isError: true) }
    }
}
