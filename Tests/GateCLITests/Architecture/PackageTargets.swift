import Foundation
import GateProcess
import TestSupport

/// What SwiftPM says about the package's targets.
struct PackageTargets: Decodable {
    struct Target: Decodable {
        let name: String
        let type: String
        let path: String
        let targetDependencies: [String]?
        let productDependencies: [String]?

        var dependencies: Set<String> { Set((targetDependencies ?? []) + (productDependencies ?? [])) }
    }

    let targets: [Target]

    /// The targets that are shipped: no tests and what only they use.
    var shipped: [Target] { targets.filter { $0.type != "system-target" && $0.path.hasPrefix("Sources/") } }
    var systemLibraries: [Target] { targets.filter { $0.type == "system-target" } }

    /// Runs `swift package describe`, in a build folder of its own: the tests' is locked while they run.
    static func describe() throws -> PackageTargets {
        let scratch = try TemporaryFolder()
        let described = try ChildProcess.capture(
            command: [
                "swift", "package", "--package-path", SharedData.packageRoot.path, "--scratch-path", scratch.url.path,
                "describe", "--type", "json",
            ],
            limit: 4 << 20, timeoutSeconds: 300)
        guard described.status.isSuccess else { throw DescribeFailure(lines: described.errorLines) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(PackageTargets.self, from: Data(described.output))
    }

    struct DescribeFailure: Error {
        let lines: [String]
    }
}
