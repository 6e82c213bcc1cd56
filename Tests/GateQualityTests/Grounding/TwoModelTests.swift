import GateCore
import GateJSON
import Testing

@testable import GateQuality

/// Sentences over two tables: whose figure a number is, and of which metric.
@Suite("Claims about two models")
struct TwoModelTests {
    private static func table(_ name: String, _ rows: [[(String, JSONValue)]]) -> JSONValue {
        .object([
            ("name", .string(name)), ("source_file", .string("runs/\(name.replacing(" ", with: "_")).csv")),
            ("key_column", "prompt"), ("columns", .object([])),
            (
                "rows",
                .array(
                    rows.enumerated().map { index, row in
                        .object([("prompt", .string("p\(index)"))] + row)
                    })
            ),
        ])
    }

    private static let facts: JSONValue = .object([
        ("generated_date", "2025-11-14"),
        (
            "tables",
            .array([
                table(
                    "gemma3_270m baseline",
                    [
                        [
                            ("ttft_s", 7.8366), ("tokens_s", 238.24), ("load_s", 0.9489), ("prompt_eval_s", 6.8877),
                            ("eval_s", 1.5699), ("eval_count", 374),
                        ],
                        [
                            ("ttft_s", 0.0632), ("tokens_s", 289.37), ("load_s", 0.0506), ("prompt_eval_s", 0.0126),
                            ("eval_s", 0.1175), ("eval_count", 34),
                        ],
                    ]),
                table(
                    "gemma3_1b-it-qat baseline",
                    [
                        [
                            ("ttft_s", 2.319), ("tokens_s", 181.97), ("load_s", 2.0744), ("prompt_eval_s", 0.2446),
                            ("eval_s", 2.9401), ("eval_count", 535),
                        ],
                        [
                            ("ttft_s", 0.1259), ("tokens_s", 182.64), ("load_s", 0.1021), ("prompt_eval_s", 0.0238),
                            ("eval_s", 2.442), ("eval_count", 446),
                        ],
                    ]),
            ])
        ),
    ])

    private func found(_ text: String) -> [String] {
        Examples.findings("## Performance Analysis\n\n\(text)\n", Self.facts)
    }

    @Test(
        "A figure is that of the table named nearest, and of the metric that it is said to be",
        arguments: [
            "The 270m variant averages 263.8 tok/s, followed by the 1b-it-qat variant (182.3 tok/s).",
            "The first prompt of gemma3_270m has a TTFT of 7.84 s; of these, 6.89 s are prompt evaluation and 0.95 s loading.",
            "For the first prompt gemma3_1b-it-qat spends 2.07 s of the 2.32 s TTFT on loading.",
            "For the first prompt gemma3_1b-it-qat generates 535 tokens in 2.94 s, and gemma3_270m 374 tokens in 1.57 s.",
            "2 prompts of gemma3_270m were run, and 2 of gemma3_1b-it-qat.",
            "gemma3_270m reaches 263.8 tok/s on average on the CPU.",
        ])
    func sound(_ text: String) { #expect(found(text) == []) }

    @Test(
        "Another model's or another metric's figure is found",
        arguments: [
            ("The 270m variant averages 182.3 tok/s.", "G04 182.3 tok/s"),
            ("The 1b-it-qat variant averages 263.8 tok/s, the 270m variant is ahead.", "G04 263.8 tok/s"),
            ("The first prompt of gemma3_270m has a TTFT of 2.32 s.", "G04 2.32 s"),
            ("For the first prompt gemma3_1b-it-qat spends 0.95 s of the 2.32 s TTFT on loading.", "G04 0.95 s"),
            ("For the first prompt gemma3_1b-it-qat generates 374 tokens.", "G04 374 tokens"),
            ("gemma3_1b-it-qat is faster than gemma3_270m in the baseline.", "I03 faster"),
        ])
    func unsound(_ text: String, _ expected: String) { #expect(found(text) == [expected]) }
}
