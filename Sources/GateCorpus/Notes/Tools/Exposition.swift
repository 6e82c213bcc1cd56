import GateCore
import GateJSON
import GateVocabulary

/// `http_requests_total{code="200"} 48122`: Prometheus' text format.
struct Exposition: NoteFormat {
    static let name = "Prometheus"

    /// A line of it was read: then names without labels are its own, too.
    private var isKnown = false

    mutating func take(_ text: Text, _ number: Int, _ owner: Int, _ collector: inout FactCollector) -> Bool {
        let line = trimmed(text)
        if line.starts(with: "# TYPE ".utf8) || line.starts(with: "# HELP ".utf8) {
            isKnown = true
            return true
        }
        guard let first = line.first, (first | 0x20) &- 0x61 < 26 || first == ascii("_") || first == ascii(":"),
            let end = line.firstIndex(where: { !Exposition.isOfName($0) }), line[end] == ascii("{") || isKnown,
            let labels = Exposition.labels(line, from: end)
        else { return false }
        let words = NoteFields.words(NoteFields.part(line, labels.end..<line.count))
        // The second one is when it was read.
        guard let word = words.first, words.count <= 2 else { return false }
        let written = NoteFields.part(line, labels.end + word.lowerBound..<labels.end + word.upperBound)
        guard let value = DecimalText.double(written) else {
            guard Exposition.isNoNumber(written) else { return false }
            collector.count(missing: 1)
            return true
        }
        isKnown = true
        let name = collector.names.find(NoteFields.part(line, 0..<end))
        var (metric, own) = (collector.names[name].metric, owner)
        for (label, text) in labels.pairs {
            if label == "quantile", let fraction = Double(text), (0...1).contains(fraction) {
                metric = metric.called(fraction == 0 ? .min : fraction == 1 ? .max : Statistic(quantile: fraction))
            } else {
                own = collector.packer.owner(own, collector.label(label, text: text))
            }
        }
        collector.append(String(decoding: written, as: UTF8.self), value: value, metric, owner: own, line: number)
        return true
    }

    /// What stands in braces; nothing where there are none.
    private static func labels(_ line: Text, from start: Int) -> (pairs: [(String, String)], end: Int)? {
        guard line[start] == ascii("{") else { return isBlank(line[start]) ? ([], start) : nil }
        var (pairs, index): ([(String, String)], Int) = ([], start + 1)
        while index < line.count, line[index] != ascii("}") {
            let begin = index
            while index < line.count, isOfName(line[index]) { index += 1 }
            guard index > begin, index + 1 < line.count, line[index] == ascii("="), line[index + 1] == ascii("\"")
            else { return nil }
            let name = String(decoding: line[begin..<index], as: UTF8.self)
            var value: [UInt8] = []
            index += 2
            while index < line.count, line[index] != ascii("\"") {
                if line[index] == ascii("\\"), index + 1 < line.count { index += 1 }
                value.append(line[index])
                index += 1
            }
            pairs.append((name, String(decoding: value, as: UTF8.self)))
            index += 1
            while index < line.count, line[index] == ascii(",") || isBlank(line[index]) { index += 1 }
        }
        return index < line.count ? (pairs, index + 1) : nil
    }

    private static func isOfName(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || isDigit(byte) || byte == ascii("_") || byte == ascii(":")
    }

    private static func isNoNumber(_ text: Text) -> Bool {
        ["NaN", "+Inf", "-Inf"].contains { text.elementsEqual($0.utf8) }
    }
}
