import GateCore
import GateFiles

/// From the bytes of a baseline to a baseline that can be compared with. The file may come from anybody who can change
/// the repository.
enum BaselineFile {
    /// - Parameters:
    ///   - file: for messages.
    ///   - workload: what the file's place says.
    ///   - machineClass: what the file's place says.
    static func decode(
        _ bytes: [UInt8], file: String, workload: WorkloadName, machineClass: String
    ) throws(BaselineError) -> Baseline {
        let baseline: Baseline
        do {
            baseline = try CanonicalJSON.decode(Baseline.self, from: bytes, file: file)
        } catch {
            throw conflictMarker(in: bytes).map { .conflicted(file: file, line: $0) } ?? .malformed(error)
        }
        guard baseline.workloadName == workload else {
            throw .misplaced(
                file: file, key: baseline.name == nil ? "workload" : "name", found: baseline.workloadName.rawValue,
                expected: workload.rawValue)
        }
        guard baseline.machineClass == machineClass else {
            throw .misplaced(
                file: file, key: "machine_class", found: baseline.machineClass, expected: machineClass)
        }
        guard !baseline.sessions.isEmpty else { throw .impossible(file: file, detail: "'sessions' is empty") }
        for (index, session) in baseline.sessions.enumerated() {
            if let detail = session.hasOrigin
                ? impossibility(in: session.samples)
                : "neither a server with agent and corpus is named nor a tool, or both"
            {
                throw .impossible(file: file, detail: "in 'sessions[\(index)]', \(detail)")
            }
        }
        if let breach = try BaselineSeal.breach(of: baseline, file: file) { throw breach }
        return baseline
    }

    /// The line of the first marker that git left for somebody to resolve.
    private static func conflictMarker(in bytes: [UInt8]) -> Int? {
        let marker = Array("<<<<<<<".utf8)
        return bytes.split(separator: 0x0A, omittingEmptySubsequences: false).firstIndex { $0.starts(with: marker) }
            .map { $0 + 1 }
    }

    /// What no approved samples can say: units that would compare milliseconds with seconds, figures below zero, a check
    /// twice, nothing at all.
    private static func impossibility(in samples: [Sample]) -> String? {
        if samples.isEmpty { return "'samples' is empty" }
        var seen: Set<CheckID> = []
        for sample in samples {
            guard let metric = MetricCatalogue.metric(sample.check.metric) else {
                return "'\(sample.check)' is not a metric of this version"
            }
            guard sample.unit == metric.unit else {
                return "'\(sample.check)' is in '\(sample.unit.rawValue)', not in '\(metric.unit.rawValue)'"
            }
            guard !sample.values.isEmpty else { return "'\(sample.check)' has no values" }
            guard sample.values.allSatisfy({ $0.isFinite && $0 >= 0 }) else {
                return "'\(sample.check)' has a value below zero"
            }
            if let value = sample.values.first(where: { !metric.unit.allows($0) }) {
                return "'\(sample.check)' has \(value) \(metric.unit.rawValue), which nobody can have measured"
            }
            guard seen.insert(sample.check).inserted else { return "'\(sample.check)' is there twice" }
        }
        return nil
    }
}
