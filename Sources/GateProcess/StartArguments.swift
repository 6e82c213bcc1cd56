@preconcurrency internal import Glibc

/// What the program was called with.
public enum StartArguments {
    /// The words after the program's name. Swift reads them from /proc, which a sandbox may hide; then they are taken from
    /// where the system put them: below the environment, their number before them (System V ABI, initial process stack).
    /// To be called before anything changes the environment.
    public static func read() -> [String] {
        let known = CommandLine.arguments
        return Array((known.isEmpty ? belowEnvironment() : known).dropFirst())
    }

    static func belowEnvironment() -> [String] {
        let environment = environ
        guard environment[-1] == nil else { return [] }
        var count = 0
        while UInt(bitPattern: environment[-2 - count]) != UInt(count) {
            count += 1
            guard count < 1 << 20 else { return [] }
        }
        return (0..<count).compactMap { index in environment[-1 - count + index].map { String(cString: $0) } }
    }
}
