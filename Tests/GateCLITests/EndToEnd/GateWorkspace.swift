import Foundation
import GateCore
import GateFiles
import GateJSON
import GateProcess
import TestSupport
import Testing

/// A folder with a configuration, in which a user calls chimera-gate.
final class GateWorkspace: Sendable {
    /// The workload that `ci/sample/recording` was recorded with.
    static let sample = """
        workload: analysis
        machine_class: replay
        corpus: {roots: [reports, csv_data]}
        agent: {model: SmolLM2-135M-Instruct.Q4_1, num_ctx: 1536, temperature: 0, seed: 1, max_tokens: 240}
        runs: 1

        """
    static let corpus = SharedData.packageRoot.appending(path: "ci/sample/corpus").path

    let folder: TemporaryFolder

    /// - Parameter configuration: the text of chimera-gate.yml; nil for none.
    init(_ configuration: String? = sample) throws {
        folder = try TemporaryFolder()
        if let configuration { try folder.write(configuration, to: "chimera-gate.yml") }
    }

    /// Runs the program in the folder, to its end.
    func gate(
        _ arguments: String..., and more: [String] = [], environment: [String: String] = [:], output: String? = nil
    ) async throws -> GateOutcome {
        try await run([GateBinary.required()] + arguments + more, environment: environment, output: output)
    }

    /// `run` or `check` of the sample's corpus against a server.
    func measure(_ command: String, _ url: String, api: String = "openai", _ more: String...) async throws
        -> GateOutcome
    {
        try await gate(command, "--corpus", Self.corpus, "--api", api, "--url", url, and: more)
    }

    /// With sessions of the sample, of which the first ones are approved: no noise of a busy machine makes them differ.
    static func measured(_ sessions: Int, approved: Int) async throws -> GateWorkspace {
        let workspace = try GateWorkspace(sample + GitWorkspace.wide)
        try await ReplayProcess.serving(ReplayProcess.quick) { url in
            for number in 1...sessions {
                _ = try await workspace.measure("run", url)
                guard number <= approved else { continue }
                let approval = try await workspace.gate("baseline", "approve", "--reason", "first")
                #expect(approval.status == 0, "\(approval)")
            }
        }
        return workspace
    }

    /// Runs any program in the folder, to its end.
    ///
    /// - Parameter output: where its standard output goes, if it is not to be read.
    func run(
        _ command: [String], environment: [String: String] = [:], output: String? = nil
    ) async throws -> GateOutcome {
        let (folder, errors) = (folder.url, try TemporaryFolder())
        let errorFile = errors.url.appending(path: "errors")
        let script = #"cd "$1" && e=$2 o=$3 && shift 3 && if [ "$o" ]; then exec >"$o"; fi && exec "$@" 2>"$e""#
        return try await Turns.take {
            let captured = try ChildProcess.capture(
                command: ["sh", "-c", script, "sh", folder.path, errorFile.path, output ?? ""] + command,
                environment: GateBinary.environment(home: folder, environment), limit: 64 << 20, timeoutSeconds: 240)
            var status: Int32?
            if case .exited(let code) = captured.status { status = code }
            return GateOutcome(
                status: status, output: String(decoding: captured.output, as: UTF8.self),
                errors: (try? String(contentsOf: errorFile, encoding: .utf8)) ?? "")
        }
    }

    /// Starts the program in the folder and lets it run; the caller ends it.
    func start(_ arguments: [String]) throws -> ChildProcess {
        try ChildProcess.spawn(
            command: ["sh", "-c", #"cd "$1" && shift && exec "$@""#, "sh", folder.url.path, GateBinary.required()]
                + arguments,
            environment: GateBinary.environment(home: folder.url),
            output: .file(folder.url.appending(path: "started.log").path))
    }

    // MARK: - What is in the folder afterwards

    func file(_ path: String) -> URL { folder.url.appending(path: path) }
    func holds(_ path: String) -> Bool { FileManager.default.fileExists(atPath: file(path).path) }
    func text(_ path: String) throws -> String { try String(contentsOf: file(path), encoding: .utf8) }
    func json(_ path: String) throws -> JSONValue { try JSONValue.parse(Array(Data(contentsOf: file(path)))) }

    func session(_ path: String = ".chimera-gate") throws -> Session {
        try SessionDirectory.open(at: file(path).path).session()
    }

    /// The overall verdict, and what became of each check that has a tolerance: `analysis/ttft`.
    func verdicts(_ path: String = ".chimera-gate") throws -> (overall: String?, outcomes: [String: String]) {
        let judgement = try json("\(path)/verdict.json")
        let verdicts = (judgement["verdicts"]?.array ?? []).filter { $0["demand"]?.string == "tolerance" }
        let outcomes = verdicts.map { verdict in
            let stage = verdict["check"]?["stage"]?.string ?? ""
            return ("\(stage)/\(verdict["check"]?["metric"]?.string ?? "")", verdict["outcome"]?.string ?? "")
        }
        return (judgement["overall"]?.string, Dictionary(outcomes) { $1 })
    }
}
