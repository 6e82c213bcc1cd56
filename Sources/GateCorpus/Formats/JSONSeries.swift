import GateCore
import GateJSON
import GateVocabulary

/// Values that stand in arrays beside the time at which they were read.
extension JSONFacts {
    /// `{"metric": {"__name__": "node_load1", "instance": "web-1"}, "value": [1726473600.1, "0.82"]}`: what Prometheus answers.
    /// - Returns: false where the object is another one.
    mutating func takeSeries(_ object: Int, owner: Int, _ collector: inout FactCollector) -> Bool {
        var (labels, samples): (Int?, [(array: Int, indices: [Int])]) = (nil, [])
        for member in JSONFacts.members(of: object, collector) {
            switch (collector.key(of: member), collector.tokens[member].kind) {
            case ("metric", .object): labels = member
            case ("value", .array): samples = [(member, indices)]
            case ("values", .array):
                samples = JSONFacts.members(of: member, collector).enumerated().map { ($1, indices + [$0]) }
            default: break
            }
        }
        guard let labels, !samples.isEmpty else { return false }
        var (own, metric) = (owner, MetricName("value"))
        for member in JSONFacts.members(of: labels, collector) where collector.tokens[member].kind == .string {
            let (key, text) = (collector.key(of: member), string(member, collector))
            if key == "__name__" {
                let statistic = metric.statistic
                metric = MetricName(text)
                if statistic != .raw { metric = metric.called(statistic) }
            } else if key == "quantile", let fraction = Double(text), (0...1).contains(fraction) {
                metric = metric.called(Statistic(quantile: fraction))
            } else {
                own = collector.packer.owner(own, collector.label(key, text: text))
            }
        }
        for (array, indices) in samples {
            let pair = JSONFacts.members(of: array, collector)
            guard pair.count == 2, collector.tokens[pair[0]].kind == .number, collector.tokens[pair[1]].kind == .string
            else { continue }
            let time = String(decoding: bytes.slice(collector.tokens[pair[0]]), as: UTF8.self)
            let owner =
                samples.count > 1 ? collector.packer.owner(own, collector.label("time", equals: time)) : own
            append(pair[1], metric, owner, indices + [1], &collector)
        }
        return true
    }

    /// `[[1726473600.0, 500, 5.75], …]`: the wall time, the step and the value, as TensorBoard exports what is called like the
    /// file.
    /// - Returns: false where the document is another one.
    mutating func takeScalars(_ document: Int, owner: Int, _ collector: inout FactCollector) -> Bool {
        guard collector.tokens[document].kind == .array else { return false }
        let end = collector.tokens.end(of: document)
        guard isScalar(document + 1, end, collector) else { return false }
        var element = document + 1
        while element < end {
            guard isScalar(element, end, collector) else { return false }
            element = collector.tokens.end(of: element)
        }
        let (metric, runs) = JSONFacts.tag(of: file)
        let own = runs.reduce(owner) { collector.packer.owner($0, collector.label(path: $1)) }
        var index = 0
        element = document + 1
        while element < end {
            let step = String(decoding: bytes.slice(collector.tokens[element + 2]), as: UTF8.self)
            let row = collector.packer.owner(own, collector.label("step", equals: step))
            append(element + 2, MetricName("step"), row, [index, 1], kind: .key, &collector)
            append(element + 3, MetricName(metric), row, [index, 2], &collector)
            element = collector.tokens.end(of: element)
            index += 1
        }
        return true
    }

    /// Three numbers, the first of which is a time of this century.
    private func isScalar(_ element: Int, _ end: Int, _ collector: borrowing FactCollector) -> Bool {
        guard element < end, collector.tokens[element].kind == .array,
            collector.tokens.end(of: element) == element + 4,
            (1...3).allSatisfy({ collector.tokens[element + $0].kind == .number }),
            collector.tokens[element + 2].digits.isWhole,
            let time = DecimalText.double(bytes.slice(collector.tokens[element + 1]))
        else { return false }
        return (1e9..<5e9).contains(time)
    }

    /// What was logged, and in which run: `run-lr_0.1-tag-train_loss.json`, `lr_0.1/train_loss.json`.
    private static func tag(of file: String) -> (metric: String, runs: [String]) {
        let parts = file.split(separator: "/").map(String.init)
        let stem = parts.last.map { $0.split(separator: ".").dropLast().joined(separator: ".") } ?? ""
        let folder = parts.dropLast().suffix(1)
        guard stem.hasPrefix("run-"), let mark = stem.firstRange(of: "-tag-") else { return (stem, Array(folder)) }
        let run = stem[stem.index(stem.startIndex, offsetBy: 4)..<mark.lowerBound]
        return (String(stem[mark.upperBound...]), run == "." ? Array(folder) : [String(run)])
    }

    /// From `startTimeUnixNano` to `endTimeUnixNano`, as spans of OpenTelemetry have them.
    func appendDuration(_ object: Int, _ owner: Int, _ collector: inout FactCollector) {
        var (start, end): (Int?, (time: Int, token: Int)?) = (nil, nil)
        for member in JSONFacts.members(of: object, collector) {
            switch collector.key(of: member) {
            case "startTimeUnixNano": start = Int(string(member, collector))
            case "endTimeUnixNano": end = Int(string(member, collector)).map { ($0, member) }
            default: break
            }
        }
        guard let start, let end, end.time >= start else { return }
        let pointer = collector.places.path(to: collector.tokens[end.token].place).pointer
        let name = collector.noteName(
            FactName(
                metric: "duration", statistic: .raw, dimension: .time, unit: "ns", place: .pointer(pointer)))
        var written = "\(end.time - start)"
        written.withUTF8 {
            collector.packer.append(
                $0, value: Double(end.time - start), name: name, owner: owner, indices: indices)
        }
    }

    // MARK: - Facts

    private func append(
        _ token: Int, _ metric: MetricName, _ owner: Int, _ indices: [Int], kind: FactValue.Kind = .number,
        _ collector: inout FactCollector
    ) {
        let text = bytes.slice(collector.tokens[token])
        guard let value = DecimalText.double(text) else { return collector.count(missing: 1) }
        let isKey = kind == .key
        let name = collector.noteName(
            FactName(
                metric: metric.name, statistic: isKey ? .raw : metric.statistic,
                dimension: isKey ? .unknown : metric.quantity.dimension, unit: isKey ? nil : metric.quantity.unit,
                kind: kind, place: .pointer(collector.places.path(to: collector.tokens[token].place).pointer)))
        collector.packer.append(text, value: value, name: name, owner: owner, indices: indices)
    }

    /// Whether the object has the member, and that is 0.
    func isZero(_ key: String, of object: Int, _ collector: borrowing FactCollector) -> Bool {
        JSONFacts.members(of: object, collector).contains {
            collector.key(of: $0) == key && collector.tokens[$0].kind == .number
                && DecimalText.double(bytes.slice(collector.tokens[$0])) == 0
        }
    }

    /// Those of an object, or of an array.
    private static func members(of token: Int, _ collector: borrowing FactCollector) -> [Int] {
        let end = collector.tokens.end(of: token)
        var (members, member): ([Int], Int) = ([], token + 1)
        while member < end {
            members.append(member)
            member = collector.tokens.end(of: member)
        }
        return members
    }

    private func string(_ token: Int, _ collector: borrowing FactCollector) -> String {
        JSONCursor.Text(
            bytes: bytes.slice(collector.tokens[token]),
            hasEscapes: collector.tokens[token].traits.contains(.escapes)
        ).characters
    }
}
