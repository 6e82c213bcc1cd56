import GateCore
import Testing

@testable import GateLint

@Suite("Names that the data does not have")
struct InventionTests {
    private static let mills = Sample.facts([
        Sample.table(
            "mills.csv", key: "backend",
            [
                ("CUDA", ["tokens_per_s": 118.4, "load_s": 41.7, "wikitext2_ppl": 5.92]),
                ("Metal", ["tokens_per_s": 54.9, "load_s": 23.2, "wikitext2_ppl": 5.95]),
                ("Vulkan", ["tokens_per_s": 97.3, "load_s": 31.8, "wikitext2_ppl": 6.01]),
            ])
    ])

    private func found(_ text: String) -> [String] { Sample.findings(text, Self.mills) }

    @Test(
        "a metric of several words that the data has none of",
        arguments: [
            ("The buffer cache hit ratio was 71 %.", "The buffer cache hit ratio"),
            ("Agreement with human raters was 0.81.", "Agreement with human raters"),
            ("GPU utilisation averaged 71 %.", "GPU utilisation"), ("The ROUGE-L score was 0.31.", "The ROUGE-L score"),
            ("Cohen's kappa was 0.71.", "Cohen's kappa"), ("The replication lag was 340 ms.", "The replication lag"),
        ])
    func metrics(text: String, name: String) {
        #expect(found(text).contains { $0 == "warning E02 \(name)" || $0.hasPrefix("warning G01") })
    }

    @Test("whose number the data has by accident")
    func accident() {
        #expect(found("The buffer cache hit ratio was 42.") == ["warning E02 The buffer cache hit ratio"])
    }

    @Test(
        "what stands for something that was spoken of, what follows from others, and known words in other forms are none",
        arguments: [
            "The volume is 41.7 MB.", "The gap is 9 %.", "The loading time was 41.7 s.", "Loading is 2.4x slower.",
            "The limit on cache misses should be 3 %.", "The older tower stood at 6.2.",
            "Total wall time was 52 minutes.",
            "The batch size was 32.",
        ])
    func others(text: String) { #expect(found(text).filter { $0.contains("E02") } == []) }

    @Test("a member of a kind that the data has names of")
    func members() {
        #expect(found("The ROCm backend wrote 91 tokens a second.").contains("warning E02 ROCm"))
        #expect(found("The backend TensorRT wrote 91 tokens a second.").contains("warning E02 TensorRT"))
        #expect(found("The Vulkan backend wrote 97.3 tokens a second.") == [])
    }

    @Test("letters and digits may be joined otherwise")
    func joined() { #expect(found("With CUDA WikiText-2 stands at 5.92.") == []) }

    @Test(
        "a file that a proposal goes on from has to be there",
        arguments: [
            "Find out from `plans.csv` why CUDA is fast.", "`plans.csv` should get a column for power.",
            "Extend `plans.csv` by a column for power.",
        ])
    func files(text: String) { #expect(found("## Recommendations\n\n\(text)") == ["error E01 plans.csv"]) }

    @Test(
        "and one that it makes has not",
        arguments: [
            "Write the plans to `plans.csv` next time.", "Add a `plans.csv` with the power.",
            "Power should be logged in `plans.csv`.", "Find out from `mills.csv` why CUDA is fast.",
        ])
    func newFiles(text: String) { #expect(found("## Recommendations\n\n\(text)") == []) }
}
