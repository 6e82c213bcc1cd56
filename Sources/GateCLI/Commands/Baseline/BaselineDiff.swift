import ArgumentParser
import GateBaselines
import GateCore
import GateFiles
import GateRevision
import GateVerdict

struct BaselineDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Shows how two baselines differ: sessions, what they were measured on, and the median of each check.",
        discussion: """
            Each is a file, or a file of a revision as REF:FILE.

            Example:
              chimera-gate baseline diff main:Baselines/analysis/ci.json Baselines/analysis/ci.json
            """)

    @Argument(help: ArgumentHelp("The baseline to compare with.", valueName: "a"))
    var before: String
    @Argument(help: ArgumentHelp("The baseline that is compared.", valueName: "b"))
    var after: String
    @OptionGroup var printing: OutputOptions

    func run() throws {
        let (was, now) = (try NamedBaseline.read(before), try NamedBaseline.read(after))
        let output = Terminal.standardOutput
        guard printing.format == .text else { return try output.deliver(document: BaselineDiffDocument(was, now)) }
        let (old, new) = (Set(was.sessions.map(\.sessionId)), Set(now.sessions.map(\.sessionId)))
        output.line(
            "\(DisplayFormat.count(new.subtracting(old).count, "session")) added,"
                + " \(old.subtracting(new).count) removed, \(old.intersection(new).count) in both")
        if let one = was.history, let other = now.history {
            output.line("file \(one.sequence) → \(other.sequence), epoch \(one.epoch) → \(other.epoch)")
        }
        for difference in Differences.list(from: was, to: now) {
            output.line("\(difference.what): \(difference.before) → \(difference.now)")
        }
        for check in Set(was.checks + now.checks).sorted() { output.line(line(check, was, now)) }
    }

    private func line(_ check: CheckID, _ was: Baseline, _ now: Baseline) -> String {
        let unit = MetricCatalogue.metric(check.metric)?.unit ?? .count
        let (one, other) = (SampleSummary(was.values(of: check)), SampleSummary(now.values(of: check)))
        func words(_ summary: SampleSummary?) -> String {
            summary.map { "\(DisplayFormat.value($0.median, unit: unit)) (n=\($0.count))" } ?? "none"
        }
        var line = "  \(check): \(words(one)) → \(words(other))"
        if let one, let other, one.median != 0 {
            line += " (\(DisplayFormat.change((other.median - one.median) / abs(one.median))))"
        }
        return line
    }
}

/// A baseline that a person names: by its file, or as `REF:FILE` by that of a revision.
enum NamedBaseline {
    static func read(_ name: String) throws -> Baseline {
        let isFile = PathKind.of(name) != .nothing
        let parts = name.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let file = isFile || parts.count < 2 ? name : parts[1]
        let names = file.split(separator: "/").suffix(2).map(String.init)
        guard names.count == 2, names[1].hasSuffix(".json") else {
            throw CommandFailure(
                .usage, "'\(name)' is no place of a baseline",
                remedy: "Name a file, as in Baselines/analysis/ci.json, or one of a revision, as in"
                    + " main:Baselines/analysis/ci.json.")
        }
        let workload = WorkloadName(rawValue: names[0])
        let store = BaselineStore(directory: Folder.parent(of: Folder.parent(of: file)))
        let machineClass = String(names[1].dropLast(".json".count))
        if isFile || parts.count < 2 {
            guard let found = try store.read(workload: workload, machineClass: machineClass) else {
                throw CommandFailure(.baselineMissing, "there is no '\(name)'")
            }
            return found.baseline
        }
        let repository = try Repository(holding: ".")
        let bytes = try repository.revision(parts[0]).file(
            try repository.path(of: file), limit: BaselineStore.maximumBytes)
        guard let bytes else { throw CommandFailure(.baselineMissing, "'\(parts[0])' has no '\(file)'") }
        return try store.decode(bytes, file: name, workload: workload, machineClass: machineClass).baseline
    }
}
