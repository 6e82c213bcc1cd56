internal import GateCore

/// Labels that call one thing in several columns and files: `Qwen2.5-7B` beside `Qwen/Qwen2.5-7B` and `Qwen__Qwen2.5-7B`.
struct Namesakes: Sendable {
    private static let weights = [".gguf", ".safetensors"]

    private var labels: [String: [Int]] = [:]
    private var cores: [Int: String] = [:]

    /// Shorter texts are rather values of two settings that happen to be alike.
    private static let shortest = 4

    init() {}

    init(_ all: [Relation.Label]) {
        for (index, label) in all.enumerated() where label.kind == .text && label.number == nil {
            guard let core = Namesakes.core(label.text) else { continue }
            labels[core, default: []].append(index)
            cores[index] = core
        }
        labels = labels.filter { $0.value.count > 1 && !Namesakes.areApart($0.value.map { all[$0] }, $0.key) }
    }

    /// Of one kind, and of other owners: `encode/tweet` and `decode/tweet` are two.
    private static func areApart(_ labels: [Relation.Label], _ core: String) -> Bool {
        Dictionary(grouping: labels, by: \.name).values.contains { alike in
            // A file of weights is the same one in whatever folder of a machine it lies.
            Set(
                alike.map { $0.text.lowercased() }.filter { text in !weights.contains { text.hasSuffix($0) } }
                    .compactMap { owner(of: $0, core) }
            ).count > 1
        }
    }

    private static func owner(of text: String, _ core: String) -> Substring? {
        text.firstRange(of: core).flatMap { $0.lowerBound == text.startIndex ? nil : text[..<$0.lowerBound] }
    }

    /// What is left of a name without its owner's and the ending of a file; nil where that tells too little.
    static func core(_ text: String) -> String? {
        var core = Substring(text.lowercased())
        for separator in ["/", "__"] {
            if let range = core.ranges(of: separator).last, range.upperBound < core.endIndex {
                core = core[range.upperBound...]
            }
        }
        for ending in weights + [".json", ".csv"] where core.hasSuffix(ending) {
            core = core.dropLast(ending.count)
        }
        return core.utf8.count >= shortest && core.contains(where: \.isLetter) ? String(core) : nil
    }

    /// `Llama-3.1-8B` of `meta-llama/Llama-3.1-8B`: whose a model is need not be said. A path and a choice stay as they are.
    static func withoutOwner(_ text: String) -> String {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let owner = parts.first, let name = parts.last, !owner.isEmpty, !text.contains(" "),
            name.contains("-"), name.contains(where: \.isNumber), owner.contains(where: \.isLetter),
            // `Qwen` calls `Qwen/Qwen2.5-7B`, too.
            !name.lowercased().hasPrefix(owner.lowercased())
        else { return text }
        return String(name)
    }

    /// The labels with all their namesakes, sorted.
    func with(_ labels: [Int]) -> [Int] {
        let others = labels.flatMap { label in cores[label].flatMap { self.labels[$0] } ?? [] }
        return others.isEmpty ? labels : Array(Set(labels + others)).sorted()
    }
}
