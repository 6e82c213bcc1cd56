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
