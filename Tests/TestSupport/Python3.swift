import Foundation

/// The system's Python, which some tests need for a program of another language than ours.
public enum Python3 {
    public static let isPresent = ["/usr/bin/python3", "/usr/local/bin/python3"].contains {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}
