public import GateCore

extension Fact {
    /// The labels as texts, but for the file's own name: `num_gpu=60` for a key.
    public var owner: [String] {
        let told = labels.filter { $0.kind != .file || !$0.name.isEmpty }
        return told.map { $0.kind == .key && !$0.name.isEmpty ? "\($0.name)=\($0.text)" : $0.text }
    }

    /// Nil where the fact is no number.
    public var number: Double? { value.number }
}
