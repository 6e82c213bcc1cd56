import GateCore
import GateCorpus
import GateJSON

/// `hyperfine --export-json`: a command a result, each of its runs a time.
enum HyperfineResults {
    static func read(_ document: ResultNode, _ format: ToolFormat) throws(ImportError) -> ToolResults {
        var series: [ToolResults.Series] = []
        var warnings: [Warning] = []
        for result in try document.member("results").elements {
            let command = result.text("command") ?? "command"
            if let warning = failed(result, command) { warnings.append(warning) }
            series += [
                try values("times", "time", of: result, command, format, or: ["median", "mean"]),
                try values("memory_usage_byte", "peak_memory", of: result, command, format, or: []),
            ].compactMap(\.self)
        }
        return ToolResults(tool: format.name, series: series, warnings: warnings)
    }

    private static func values(
        _ key: String, _ name: String, of result: ResultNode, _ command: String, _ format: ToolFormat,
        or statistics: [String]
    ) throws(ImportError) -> ToolResults.Series? {
        if let node = result[key], !node.elements.isEmpty {
            let unit = try format.imported(key, of: node)
            var values: [Double] = []
            for element in node.elements { values.append(try element.number(in: unit)) }
            return ToolResults.Series(command, name, in: unit.unit, .lowerIsBetter, values)
        }
        for statistic in statistics {
            guard let node = result[statistic] else { continue }
            let unit = try format.imported(statistic, of: node)
            return ToolResults.Series(
                command, name, in: unit.unit, .lowerIsBetter, [try node.number(in: unit)], onlyThe: statistic)
        }
        return nil
    }

    /// With `--ignore-failure` a command is measured that fails.
    private static func failed(_ result: ResultNode, _ command: String) -> Warning? {
        let codes = result["exit_codes"]?.elements ?? []
        let bad = codes.count { $0.value.int != 0 }
        guard bad > 0 else { return nil }
        return Warning(
            "\(bad) of \(codes.count) runs of '\(command)' did not end with status 0",
            remedy: "Mend the command, unless it is meant to end so: a failure may be faster than the work.")
    }
}
