import ArgumentParser
import GateCore
import GateFiles
import GateSettings
import GateStream
import GateVerdict

/// How many requests `load` makes, and when.
struct ArrivalOptions: ParsableArguments {
    @Option(help: "Requests in flight together (default: 1; with --rate: no limit).")
    var concurrency: Int?
    @Option(help: ArgumentHelp("Requests per second, whatever the server makes of them.", valueName: "per-second"))
    var rate: Double?
    @Option(help: "With --rate: constant gaps, or those of a Poisson process (default: constant).")
    var arrivals: ArrivalPattern?
    @Option(help: "With --arrivals poisson: the same seed gives the same arrivals (default: 1).")
    var seed: Int?
    @Option(help: "How many requests a window has (default: 64).")
    var requests: Int?
    @Option(help: ArgumentHelp("How long a window starts requests, as in 30s.", valueName: "time"))
    var duration: String?
    @Option(
        help: ArgumentHelp(
            "The highest concurrency to try: finds the highest that keeps every --limit.", valueName: "max"))
    var ramp: Int?
    @Option(
        name: .customLong("limit"),
        help: ArgumentHelp(
            "A limit, as ttft=500ms, itl.p99=50ms or e2e=10s; may be repeated.", valueName: "metric=value"))
    var limits: [String] = []

    static let defaultRequests = 64

    /// What the options ask for; usage errors (64) say what would do.
    func load() throws -> LoadConfiguration {
        try check()
        return LoadConfiguration(
            concurrency: concurrency ?? (rate == nil && ramp == nil ? 1 : nil),
            openLoop: rate.map { OpenLoop(rate: $0, arrivals: arrivals ?? .constant, seed: seed ?? 1) },
            extent: try extent(), rampLimit: ramp, limits: try limits.map(LimitText.read))
    }

    private func check() throws {
        try inRange("--concurrency", concurrency, 1...65_536)
        try inRange("--requests", requests, 1...100_000_000)
        try inRange("--ramp", ramp, 1...65_536)
        try inRange("--seed", seed, 0...Int.max)
        if let rate, !(rate > 0 && rate <= 1_000_000) {
            throw usage("--rate \(rate): allowed: greater than 0 and at most 1000000 requests per second")
        }
        if requests != nil, duration != nil { throw usage("give --requests or --duration, not both") }
        if rate == nil, arrivals != nil {
            throw usage("--arrivals says how requests arrive at a --rate; give that too")
        }
        if seed != nil, arrivals != .poisson { throw usage("--seed is that of --arrivals poisson; give that too") }
        guard ramp != nil else { return }
        if concurrency != nil || rate != nil {
            throw usage("--ramp looks for the concurrency itself; leave --concurrency and --rate out")
        }
        if limits.isEmpty { throw usage("--ramp needs a --limit to keep, for example --limit ttft=500ms") }
    }

    private func extent() throws -> LoadExtent {
        guard let duration else { return .requests(requests ?? ArrivalOptions.defaultRequests) }
        return .seconds(try FlagTime.seconds(duration, flag: "--duration"))
    }

    private func inRange(_ flag: String, _ value: Int?, _ range: ClosedRange<Int>) throws {
        guard let value, !range.contains(value) else { return }
        throw usage("\(flag) \(value): allowed: \(range.lowerBound) to \(range.upperBound)")
    }

    private func usage(_ message: String) -> CommandFailure { CommandFailure(.usage, message) }
}

/// `METRIC=VALUE` of `--limit`.
enum LimitText {
    static func read(_ text: String) throws -> LoadLimit {
        let origin = ConfigurationOrigin.flag("--limit \(quoted(text))")
        func refusal(_ message: String) -> ConfigurationError {
            ConfigurationError([ConfigurationProblem(origin: origin, key: "", message: message)])
        }
        let names = (LoadLimit.ofRequest + LoadLimit.ofWindow).map(\.rawValue)
        guard let equals = text.firstIndex(of: "=") else { throw refusal("allowed: METRIC=VALUE, as in ttft=500ms") }
        let name = String(text[..<equals])
        guard let metric = LoadLimit.metric(named: MetricID(rawValue: name)) else {
            let near = nearest(to: name, among: names).map { " (did you mean '\($0)'?)" } ?? ""
            throw refusal("\(quoted(name)) cannot be limited\(near); there are \(names.joined(separator: ", "))")
        }
        var problems: [ConfigurationProblem] = []
        // Plain: a number without a unit is written as such.
        let value = ConfigurationNode(
            content: .scalar(String(text[text.index(after: equals)...]), isPlain: true), origin: origin)
        guard let limit = ValueReader<Double>.limit(of: metric.unit).read(value, "", &problems) else {
            throw ConfigurationError(problems)
        }
        return LoadLimit(metric: MetricID(rawValue: name), value: limit)
    }
}
