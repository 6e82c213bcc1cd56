internal import GateCore

/// The tests of llama-bench, which its JSON and CSV say in numbers of tokens and its tables by a name: `pp512` is a prompt of
/// 512 tokens, `tg128` are 128 that were generated, `pp512 @ d4096` has 4,096 before it.
enum BenchTests {
    /// The facts with the name as a text of their rows.
    static func named(_ facts: [Fact]) -> [Fact] {
        var result = facts
        for (index, fact) in facts.enumerated() where !fact.labels.contains(where: { $0.name == name }) {
            let tests = tests(fact.labels).map { FactLabel(.text, name: name, text: $0) }
            if !tests.isEmpty { result[index] = fact.labeled(fact.labels + tests) }
        }
        return result
    }

    private static let name = "test"

    /// With what came before it, and without: a table may have a column of its own for that.
    private static func tests(_ labels: [FactLabel]) -> [String] {
        func tokens(_ name: String) -> Int? { labels.first { $0.name == name }.flatMap { Int($0.text) } }
        guard let prompt = tokens("n_prompt"), let generated = tokens("n_gen"), prompt > 0 || generated > 0 else {
            return []
        }
        let test = [prompt > 0 ? "pp\(prompt)" : nil, generated > 0 ? "tg\(generated)" : nil].compactMap(\.self)
            .joined(separator: "+")
        let depth = tokens("n_depth") ?? 0
        return depth > 0 ? [test, "\(test) @ d\(depth)"] : [test]
    }
}
