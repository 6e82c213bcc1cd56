import Glibc

/// The environment variables of this process.
enum Variables {
    static var all: [String: String] {
        var values: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let pair = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if pair.count == 2 { values[String(pair[0])] = String(pair[1]) }
            entry += 1
        }
        return values
    }
}

/// The value of an environment variable; nil where it is not set.
func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
