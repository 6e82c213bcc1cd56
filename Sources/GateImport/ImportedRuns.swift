public import GateCore

/// The results of one or several files as the runs of a session: the first run has the first value of each series, and so
/// on.
public struct ImportedRuns: Sendable, Equatable {
    public let tool: ToolIdentity
    public let model: String?
    /// What was measured in each repetition; never empty.
    public let runs: [[ImportedFigures]]
    public let warnings: [Warning]

    /// The tool in the charset of names of workloads: `vllm-bench-serve`.
    public var name: String { ImportedRuns.stageName(tool.name) }

    /// - Parameter results: of one tool, in order; their values follow each other.
    public init(_ results: [ToolResults]) throws(ImportError) {
        let tools = Set(results.map(\.tool)).sorted()
        guard tools.count == 1, let first = results.first else { throw .severalTools(tools) }
        tool = ToolIdentity(name: first.tool, version: first.version)
        model = results.lazy.compactMap(\.model).first
        let series = results.flatMap(\.series)
        let stages = try ImportedRuns.stages(of: series)
        var order: [(stage: StageName, metric: DeclaredMetric)] = []
        var values: [String: [Double]] = [:]
        for one in series {
            guard let stage = stages[one.subject] else { continue }
            let key = "\(stage)/\(one.metric.id)"
            if values[key] == nil { order.append((stage, one.metric)) }
            values[key, default: []] += one.values
        }
        let count = values.values.map(\.count).max() ?? 0
        runs = (0..<count).map { index in
            var figures: [ImportedFigures] = []
            for stage in order.map(\.stage) where !figures.contains(where: { $0.stage == stage }) {
                var measurements = Measurements()
                for (_, metric) in order.filter({ $0.stage == stage }) {
                    let own = values["\(stage)/\(metric.id)"] ?? []
                    if index < own.count { measurements[metric.id] = own[index] }
                }
                if !measurements.isEmpty { figures.append(ImportedFigures(stage: stage, measurements: measurements)) }
            }
            return figures
        }
        warnings = results.flatMap(\.warnings) + [ImportedRuns.fewMeasurements(series)].compactMap(\.self)
    }

    /// A statistic of several measurements is one value: how much they differ is not in the file.
    private static func fewMeasurements(_ series: [ToolResults.Series]) -> Warning? {
        let summaries = series.filter { $0.statistic != nil }
        guard !summaries.isEmpty else { return nil }
        let statistics = Set(summaries.compactMap(\.statistic)).sorted().joined(separator: ", ")
        return Warning(
            "a file has one value of \(summaries.count) of \(series.count) series (\(statistics)), not its single"
                + " measurements, so that each file counts as one run",
            remedy:
                "Export single measurements where the tool can (pytest --benchmark-save-data), or measure several times"
                + " and import all files in one call.")
    }

    /// What each subject is called as a stage.
    private static func stages(of series: [ToolResults.Series]) throws(ImportError) -> [String: StageName] {
        var subjects: [String: String] = [:]
        var stages: [String: StageName] = [:]
        for subject in series.map(\.subject) {
            let name = stageName(subject)
            if let other = subjects[name], other != subject {
                throw .sameStage(name, first: other, second: subject)
            }
            subjects[name] = subject
            stages[subject] = StageName(rawValue: name)
        }
        return stages
    }

    /// In the charset of stages: `sort -n a` becomes `sort-n-a`.
    static func stageName(_ subject: String) -> String {
        let plain = subject.lowercased().unicodeScalars.map { scalar -> Character in
            let isKept = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
            return isKept || "._".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
        }
        let name = String(plain).split(separator: "-").joined(separator: "-").drop { "._".contains($0) }
        let short = String(name.prefix(64))
        return short.isEmpty
            ? "unnamed" : StageRule.reservedNames.contains { $0.rawValue == short } ? short + "-" : short
    }
}
