import GateCore
import GateJSON

/// `:::MLLOG {"key": "eval_accuracy", "value": 0.75, "metadata": {"epoch_num": 4}, …}`: a name, its value, and when it was so.
struct MLPerfLog: NoteFormat {
    static let name = "MLPerf log"

    private static let mark = Array(":::MLLOG ".utf8)
    /// Where it was written.
    private static let ofProgram: Set<String> = ["file", "lineno"]
    private static let longestName = 80

    /// What was said of the whole run so far: the benchmark, who submitted it, on what.
    private var names: [Int] = []

    mutating func take(_ text: Text, _ number: Int, _ owner: Int, _ collector: inout FactCollector) -> Bool {
        // A prefix of the launcher may stand before it: "0: :::MLLOG".
        guard let start = text.prefix(40).firstIndex(of: ascii(":")),
            let mark = (start..<min(text.count, 48)).first(where: { text[$0...].starts(with: MLPerfLog.mark) }),
            let json = try? JSONValue.parse(NoteFields.part(text, mark + MLPerfLog.mark.count..<text.count)),
            let key = json["key"]?.string
        else { return false }
        let event = json["event_type"]?.string
        var own = names.reduce(owner) { collector.packer.owner($0, $1) }
        for (name, value) in json["metadata"]?.object ?? [] where !MLPerfLog.ofProgram.contains(name) {
            switch value {
            case .number(let count):
                own = collector.packer.owner(own, collector.label(name, equals: count.written))
            case .string(let text) where text.utf8.count <= MLPerfLog.longestName:
                own = collector.packer.owner(own, collector.label(name, text: text))
            default: break
            }
        }
        switch json["value"] {
        case .number(let value): append(value, key, own, number, &collector)
        case .object(let members):
            for case (let name, .number(let value)) in members { append(value, name, own, number, &collector) }
        case .string(let text) where event == "POINT_IN_TIME" && text.utf8.count <= MLPerfLog.longestName:
            names.append(collector.label(key, text: text))
        default: break
        }
        return true
    }

    private func append(
        _ value: JSONNumber, _ key: String, _ owner: Int, _ line: Int, _ collector: inout FactCollector
    ) {
        let name = collector.names.find(key)
        let isSetting = collector.names.role(of: name) == .parameter
        collector.append(
            value.written, value: value.value, collector.names[name].metric, kind: isSetting ? .key : .number,
            owner: owner, line: line)
    }
}
