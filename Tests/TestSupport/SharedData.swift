public import Foundation

/// Test data that lies beside the project; a test that needs it is skipped where it is absent.
public enum SharedData {
    /// The root of the checkout.
    public static let packageRoot = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// `../shared` beside the checkout.
    public static let root = packageRoot.deletingLastPathComponent().appending(path: "shared")

    public static var isPresent: Bool { FileManager.default.fileExists(atPath: root.path) }

    /// A file below `../shared`.
    public static func url(_ path: String) -> URL { root.appending(path: path) }
}

/// A folder of its own for one test, removed at its end.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appending(path: "chimera-gate-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// Writes a file below the folder, making its parents.
    @discardableResult
    public func write(_ text: String, to path: String) throws -> URL {
        let file = url.appending(path: path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
        return file
    }
}
