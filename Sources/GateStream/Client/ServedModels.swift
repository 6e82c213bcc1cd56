import GateCore
import GateJSON

extension ModelClient {
    /// The names of the models that the server has, as requests name them, in the server's order.
    ///
    /// - Returns: nil where nothing answers, or something that does not speak the configured API.
    public func servedModels() -> [String]? {
        let models = dialect.modelList
        guard case .success(let answer) = fetch(models.path), let entries = answer[models.list]?.array else {
            return nil
        }
        return entries.compactMap { $0[models.name]?.string }
    }
}
