import GateJSON

/// `/v1/responses`.
enum ResponsesRequestReading: RequestReading {
    static let textMembers: Set<String> = ["instructions", "input"]

    static func texts(of request: JSONValue) -> [ProxiedRequest.Text] {
        let input = request["input"]
        return texts("system", request["instructions"])
            + (input?.array == nil ? texts("user", input) : texts(ofMessages: input))
    }
}
