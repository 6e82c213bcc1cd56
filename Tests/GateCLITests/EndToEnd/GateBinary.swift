import Foundation
import TestSupport
import Testing

/// The program as a user has it: the one that CHIMERA_GATE_BINARY names, else the product beside the test bundle.
enum GateBinary {
    static let path: String? = {
        if let named = ProcessInfo.processInfo.environment["CHIMERA_GATE_BINARY"], !named.isEmpty {
            return URL(filePath: named).path
        }
        let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let usual = SharedData.packageRoot.appending(path: ".build/debug")
        return [beside, usual].map { $0.appending(path: "chimera-gate").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    static var isPresent: Bool { path != nil }
    static let absence: Comment = "needs the program: 'swift build', or its path in CHIMERA_GATE_BINARY"

    static func required() throws -> String { try #require(path, absence) }

    /// Nothing of the machine that could change a result: no user's git, no pipeline's variables, no Ollama.
    static func environment(home: URL, _ variables: [String: String] = [:]) -> [String: String] {
        let ours = ProcessInfo.processInfo.environment
        var environment = [
            "HOME": home.path, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CEILING_DIRECTORIES": "/",
            "OLLAMA_HOST": "127.0.0.1:\(LoopbackPort.closed)",
        ]
        for name in ["PATH", "LD_LIBRARY_PATH", "LANG"] { environment[name] = ours[name] }
        return environment.merging(variables) { $1 }
    }
}

/// What the program did.
struct GateOutcome: CustomStringConvertible {
    /// nil where a signal ended it.
    let status: Int32?
    let output: String
    let errors: String

    var description: String { "status \(status.map(String.init) ?? "none")\n\(output)\(errors)" }
}

/// Waiting programs hold up no other test, and few measure at the same time.
enum Turns {
    private static let queue = {
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 3
        return queue
    }()

    static func take<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Swift.Result(catching: body)) }
        }
    }
}
