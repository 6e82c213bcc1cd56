import GateCore
import GateJSON

extension ModelClient {
    /// The names of the models that the server has, as requests name them, in the server's order.
    ///
    /// - Returns: nil where nothing answers, or something that does not speak the configured API.
    public func servedModels() -> [String]? {
        let (path, list, name) =
            switch server.api {
            case .ollama: ("/api/tags", "models", "name")
            case .openai: ("/v1/models", "data", "id")
            }
        guard case .success(let answer) = fetch(path), let entries = answer[list]?.array else { return nil }
        return entries.compactMap { $0[name]?.string }
    }
}
