import ArgumentParser
import GateCore
import GateFiles
import GateVerdict

/// One step for each of several workloads. One that fails ends none of the others; the whole ends by the worst of them.
struct WorkloadSeries {
    private var failures: [(name: String, status: Int32, failure: CommandFailure?)] = []

    mutating func take(_ name: String, _ step: () throws -> Void) {
        Terminal.standardError.step("workload \(name)")
        do {
            try step()
        } catch let code as ExitCode {
            // What it is was said.
            if code != .success { failures.append((name, code.rawValue, nil)) }
        } catch {
            let failure = CommandFailure(error)
            Terminal.standardError.error("\(name): \(failure.message)")
            failures.append((name, failure.code.rawValue, failure))
        }
    }

    /// Throws where any failed.
    func finish() throws {
        guard let worst = GateExit.worst(of: failures.map(\.status)) else { return }
        let names = failures.map(\.name).joined(separator: ", ")
        guard let failure = failures.first(where: { $0.status == worst })?.failure else { throw ExitCode(worst) }
        throw CommandFailure(
            failure.code, "\(failures.count == 1 ? "a workload" : "workloads") failed: \(names)",
            remedy: failure.remedy)
    }
}

/// The session directories that a command is about: one, or those of several workloads.
enum SessionChoice {
    /// Takes a step for each of them.
    ///
    /// - Parameters:
    ///   - path: a session directory, or the folder of several workloads.
    ///   - names: of the workloads; empty for all that were measured.
    static func each(in path: String, names: [String], _ step: (_ path: String) throws -> Void) throws {
        guard let several = try several(in: path, names: names) else { return try step(path) }
        var series = WorkloadSeries()
        for (name, path) in several { series.take(name) { try step(path) } }
        try series.finish()
    }

    /// Nil for a single session.
    private static func several(in path: String, names: [String]) throws -> [(name: String, path: String)]? {
        guard let folder = try WorkloadFolder.open(at: path) else {
            let session = names.isEmpty ? nil : try SessionDirectory.open(at: path).session()
            guard names.isEmpty || names == [session?.workloadName.rawValue] else {
                throw CommandFailure(
                    .usage,
                    "'\(path)' is no folder of several workloads, but the session of"
                        + " '\(session?.workloadName.rawValue ?? "none")'; leave --name out")
            }
            return nil
        }
        if let unknown = names.first(where: { !folder.list.measured.contains($0) }) {
            throw CommandFailure(
                .usage,
                "no workload '\(unknown)' was measured in '\(path)'; there are"
                    + " \(folder.list.measured.joined(separator: ", "))")
        }
        return folder.list.measured.filter { names.isEmpty || names.contains($0) }
            .map { ($0, folder.path(ofSession: $0)) }
    }
}
