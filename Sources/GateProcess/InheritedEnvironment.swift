internal import Glibc

/// The environment that a child gets where only some of it is to differ from ours.
public enum InheritedEnvironment {
    /// Ours, with these variables in place of ours.
    public static func with(_ changes: [String: String]) -> [String: String] {
        var values: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return values.merging(changes) { $1 }
    }

    /// The value of one of our variables; nil where it is not set.
    public static func value(of name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// For a program whose words we read or repeat among ours: in English, whatever the user's language is.
    public static var inEnglish: [String: String] { with(["LC_ALL": "C", "LANGUAGE": "C"]) }
}
