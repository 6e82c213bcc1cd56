import GateCore
import GateVocabulary

/// The units that stand behind numbers in reports, in lower case.
enum UnitTable {
    /// By the word or words behind the number; `per second` and `/s` are joined to `tok/s` before.
    static func unit(_ text: String) -> PrintedUnit? { units[text] }

    private static let units: [String: PrintedUnit] = {
        var units: [String: PrintedUnit] = [:]
        func add(_ dimension: Dimension, _ scale: Double, _ names: [String], other: Double? = nil) {
            for name in names {
                units[name] = PrintedUnit(
                    dimension: dimension, scale: scale, otherScale: other, name: names.first ?? name)
            }
        }
        add(.time, 1, ["s", "sec", "secs", "second", "seconds"])
        add(.time, 1e-3, ["ms", "msec", "millisecond", "milliseconds"])
        add(.time, 1e-6, ["µs", "μs", "us", "microsecond", "microseconds"])
        add(.time, 1e-9, ["ns", "nanosecond", "nanoseconds"])
        add(.time, 60, ["min", "mins", "minute", "minutes"])
        add(.time, 3600, ["h", "hr", "hrs", "hour", "hours"])
        add(.time, 86_400, ["days", "day"])
        add(.time, 604_800, ["weeks", "week"])
        add(.time, 2_629_800, ["months", "month"])
        add(.ratio, 1, ["%", "percent", "pct"])
        add(.bytes, 1, ["bytes", "byte"])
        add(.bytes, 1e3, ["kb", "kilobyte", "kilobytes"], other: 1024)
        add(.bytes, 1e6, ["mb", "megabyte", "megabytes"], other: 1024 * 1024)
        add(.bytes, 1e9, ["gb", "gigabyte", "gigabytes"], other: 1024 * 1024 * 1024)
        add(.bytes, 1e12, ["tb", "terabyte", "terabytes"])
        add(.bytes, 1024, ["kib"])
        add(.bytes, 1024 * 1024, ["mib"])
        add(.bytes, 1024 * 1024 * 1024, ["gib"])
        add(.rate, 1, ["tok/s", "tokens/s", "token/s", "tokens/sec", "tok/sec", "tokens/second", "tps", "t/s"])
        add(.rate, 1, ["req/s", "requests/s", "requests/second", "qps", "rps", "it/s", "fps", "files/s"])
        add(.rate, 1e3, ["kbps", "kb/s"])
        add(.rate, 1e6, ["mbps", "mb/s"])
        add(.rate, 1e9, ["gbps", "gb/s"])
        add(.power, 1, ["w", "watt", "watts"])
        add(.temperature, 1, ["°c", "celsius"])
        add(.frequency, 1e6, ["mhz"])
        add(.frequency, 1e9, ["ghz"])
        add(.count, 1, ["tokens", "token"])
        add(.count, 1, ["files", "file", "documents", "document"])
        add(.count, 1, ["headings", "heading", "headers"])
        add(.count, 1, ["runs", "samples", "configurations", "configs", "prompts", "rows", "entries", "experiments"])
        add(.count, 1, ["characters", "chars"])
        add(.ratio, 100, ["x", "×", "times"])
        return units
    }()
}

extension PrintedUnit {
    /// A factor: `2.77x`, `3.9 times`.
    var isFactor: Bool { name == "x" }
    var isPercent: Bool { name == "%" }
    var isFiles: Bool { name == "files" }

    /// From the unit of a fact as ingest writes it: `s`, `tok/s`, `%`.
    init?(factUnit: String?, dimension: Dimension) {
        guard let factUnit, let unit = UnitTable.unit(factUnit.lowercased()) else { return nil }
        self = unit
    }
}
