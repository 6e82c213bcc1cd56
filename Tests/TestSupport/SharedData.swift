public import Foundation

/// Test data that lies beside the project; a test that needs it is skipped where it is absent.
public enum SharedData {
    /// The root of the checkout.
    public static let packageRoot = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// `../shared` beside the checkout.
    public static let root = packageRoot.deletingLastPathComponent().appending(path: "shared")

    public static var isPresent: Bool { FileManager.default.fileExists(atPath: root.path) }

    /// Data of our own kind in the tree, so that no test depends on what lies beside it.
    public static let own = packageRoot.appending(path: "Tests/Data")

    /// Those of a file's two versions that are there: our own, and the one below `../shared/data`.
    public static func versions(_ path: String) -> [URL] {
        [own.appending(path: path), root.appending(path: "data/\(path)")].filter {
            FileManager.default.fileExists(atPath: $0.path)
        }
    }

    /// A file below `../shared`.
    public static func url(_ path: String) -> URL { root.appending(path: path) }
}
