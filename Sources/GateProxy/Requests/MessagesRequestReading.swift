import GateJSON

/// `/v1/messages` of Anthropic.
enum MessagesRequestReading: RequestReading {
    static let textMembers: Set<String> = ["system", "messages"]

    static func texts(of request: JSONValue) -> [ProxiedRequest.Text] {
        texts("system", request["system"]) + texts(ofMessages: request["messages"])
    }
}
