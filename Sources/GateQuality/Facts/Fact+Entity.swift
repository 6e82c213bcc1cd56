import GateCore

extension Fact {
    /// The labels as texts: `num_gpu=60` for a setting.
    var entity: [String] {
        labels.map { $0.kind == .key && !$0.name.isEmpty ? "\($0.name)=\($0.text)" : $0.text }
    }
}
