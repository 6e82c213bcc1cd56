internal import GateCore
internal import GateJSON
internal import GateSettings
internal import GateVerdict

/// Why a line is no case, and where in it.
struct CaseError: Error, Equatable {
    /// `policy.metrics.ttft.tolerance`; empty for the case itself.
    let place: String
    let problem: String

    var message: String { place.isEmpty ? problem : "\(place): \(problem)" }
}

/// From one line of JSON to a case and its id. What `judge-case.schema.json` says, in code.
enum CaseReader {
    /// - Parameter line: one JSON text; NaN and Infinity stand for values that are missing, as `null` does.
    static func read(_ line: UnsafeBufferPointer<UInt8>) throws(CaseError) -> (id: JSONValue, case: JudgementCase) {
        let value: JSONValue
        do {
            value = try JSONValue.parse(line, notFinite: .null)
        } catch {
            throw CaseError(place: "", problem: problem(error, line))
        }
        if value.array != nil {
            throw CaseError(
                place: "", problem: "a list, where a case on each line is expected; 'jq -c .[]' takes it apart")
        }
        let members = try CaseMembers(value, "", ["id", "policy", "baseline", "candidate", "pairs"])
        guard let id = members["id"] else { throw CaseError(place: "", problem: "'id' is missing") }
        let demands = try members["policy"].map(PolicyReader.read) ?? PolicyReader.standard
        var read = JudgementCase(demands: demands)
        if let sessions = members["baseline"] {
            read.baseline = try elements(of: sessions, "baseline", session)
        }
        if let candidate = members["candidate"], !candidate.isNull {
            read.candidate = try session(candidate, "candidate")
        }
        if let pairs = members["pairs"] { read.pairs = try elements(of: pairs, "pairs", pair) }
        return (id, read)
    }

    private static func problem(_ error: JSONError, _ line: UnsafeBufferPointer<UInt8>) -> String {
        let first = line.first { $0 != 0x20 && $0 != 0x09 }
        guard first == 0x7B || first == 0x5B else {
            let text = String(decoding: line.prefix(40), as: UTF8.self)
            return "expected a JSON object on a line of its own, found \(quoted(text))"
        }
        let detail = "column \(error.column): \(error.reason)"
        guard error.problem == .truncated else { return detail }
        return detail + "; a case stands on one line: 'jq -c .' puts JSON of several lines on one"
    }

    private static func elements<Element>(
        of value: JSONValue, _ place: String, _ read: (JSONValue, String) throws(CaseError) -> Element
    ) throws(CaseError) -> [Element] {
        if value.isNull { return [] }
        guard let array = value.array else { throw CaseError(place: place, problem: "expected an array") }
        var elements: [Element] = []
        for (index, element) in array.enumerated() { elements.append(try read(element, "\(place)[\(index)]")) }
        return elements
    }

    private static func session(_ value: JSONValue, _ place: String) throws(CaseError) -> SessionValues {
        let members = try CaseMembers(value, place, ["session", "metrics"])
        guard let metrics = members["metrics"] else { throw CaseError(place: place, problem: "'metrics' is missing") }
        guard let object = metrics.object else {
            throw CaseError(place: "\(place).metrics", problem: "expected an object of arrays, by metric")
        }
        var values: [String: [Double]] = [:]
        values.reserveCapacity(object.count)
        for (name, series) in object {
            guard let array = series.array else {
                throw CaseError(place: "\(place).metrics.\(name)", problem: "expected an array of numbers")
            }
            var numbers: [Double] = []
            numbers.reserveCapacity(array.count)
            for element in array {
                guard let number = number(element) else {
                    throw CaseError(place: "\(place).metrics.\(name)", problem: "expected numbers, or null for none")
                }
                numbers.append(number)
            }
            values[name] = numbers
        }
        return SessionValues(values)
    }

    private static func pair(_ value: JSONValue, _ place: String) throws(CaseError) -> RunPair {
        let members = try CaseMembers(value, place, ["base", "head"])
        return RunPair(base: try run(members, "base", place), head: try run(members, "head", place))
    }

    private static func run(_ members: CaseMembers, _ side: String, _ place: String) throws(CaseError) -> [String:
        Double]
    {
        guard let value = members[side] else { throw CaseError(place: place, problem: "'\(side)' is missing") }
        guard let object = value.object else {
            throw CaseError(place: "\(place).\(side)", problem: "expected an object of numbers, by metric")
        }
        var values: [String: Double] = [:]
        values.reserveCapacity(object.count)
        for (name, element) in object {
            guard let number = number(element) else {
                throw CaseError(place: "\(place).\(side).\(name)", problem: "expected a number, or null for none")
            }
            values[name] = number
        }
        return values
    }

    /// NaN for what is there and no number; nil for another type. Some programs put NaN in quotes.
    private static func number(_ value: JSONValue) -> Double? {
        switch value {
        case .number(let number): number.value
        case .null: .nan
        case .string(let text) where ["nan", "inf", "-inf", "infinity", "-infinity"].contains(text.lowercased()): .nan
        default: nil
        }
    }
}

/// The members of an object whose keys are known.
struct CaseMembers {
    private let members: [(key: String, value: JSONValue)]

    init(_ value: JSONValue, _ place: String, _ known: [String]) throws(CaseError) {
        guard let object = value.object else { throw CaseError(place: place, problem: "expected an object") }
        for (key, _) in object where !known.contains(key) {
            let near = nearest(to: key, among: known).map { " (did you mean '\($0)'?)" } ?? ""
            throw CaseError(
                place: place, problem: "unknown key \(quoted(key))\(near); allowed: \(known.joined(separator: ", "))")
        }
        members = object
    }

    subscript(key: String) -> JSONValue? { members.first { $0.key == key }?.value }
}
