import GateCore
import Testing

@testable import GateLint

struct DriftTests {
    private func drift(_ text: String, names: [String] = []) -> [String] {
        structure(text, names: names).filter { $0.rule == .S09 }.map {
            "\($0.place.line):\($0.place.columnStart) \($0.claim)"
        }
    }

    private let english = String(repeating: "The throughput of the model hardly varies between the runs.\n\n", count: 8)

    @Test(
        "a word in another script and a token of the model are drift",
        arguments: [
            ("ensureสังคม it is reproducible.", "17:7 สังคม"), ("examining the嬂_硬件_configuration.", "17:14 嬂"),
            ("The latency нередко rises.", "17:13 нередко"), ("It ends <unused2045> here.", "17:9 <unused2045>"),
            ("It ends.<|im_end|>", "17:9 <|im_end|>"), ("<start_of_turn>model", "17:1 <start_of_turn>"),
            ("A broken \u{FFFD} byte.", "17:10 \u{FFFD}"), ("** Korea**", "17:4 Korea"), ("▁the ▁end", "17:1 ▁"),
        ])
    func found(line: String, expected: String) { #expect(drift(english + line + "\n") == [expected]) }

    @Test(
        "formulas, accents, names of the data and code are none",
        arguments: [
            "The spread σ is 12 µs, Δ is 3 Ω.", "Café Zürich, naïve façade, Đà Nẵng.", "`<unused99>` is a token.",
            "The file 报告.csv holds 28 rows.", "See [INSTALL] and <b>bold</b>.", "→ 12 ms ✓ 😀 ½ № 5 “quoted” – end…",
        ])
    func nothing(line: String) { #expect(drift(english + line + "\n", names: ["csv_data/报告.csv"]) == []) }

    @Test(
        "a report in another language is no drift",
        arguments: [
            "本报告总结了对 gemma3 模型性能优化的评估过程，吞吐量为 102.2 tok/s。\n\n",
            "Отчёт описывает пропускную способность модели gemma3.\n\n",
            "このレポートは gemma3 のスループットをまとめたものです。\n\n", "이 보고서는 gemma3 모델의 처리량을 요약합니다.\n\n",
            "يلخص هذا التقرير إنتاجية نموذج gemma3.\n\n", "הדוח מסכם את התפוקה של המודל gemma3.\n\n",
            "यह रिपोर्ट gemma3 मॉडल के थ्रूपुट का सार है।\n\n", "Der Bericht fasst den Durchsatz größerer Läufe zusammen.\n\n",
            "Η αναφορά συνοψίζει την απόδοση του μοντέλου gemma3.\n\n",
        ])
    func languages(sentence: String) {
        #expect(drift("## Executive Summary\n\n" + String(repeating: sentence, count: 6)) == [])
    }

    @Test("a report in another language drifts as well")
    func drifts() {
        let russian = String(repeating: "Отчёт описывает пропускную способность модели gemma3.\n\n", count: 6)
        #expect(drift(russian + "Задержка 樖 растёт.\n") == ["13:10 樖"])
    }
}
