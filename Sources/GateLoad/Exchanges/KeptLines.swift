import Glibc

/// What a file of requests holds of the runs that are kept, where a load goes on.
struct KeptLines {
    /// Bytes from its beginning, whole lines.
    private(set) var size = 0
    /// The number of the last run among them; 0 for none.
    private(set) var lastRun = 0

    private static let prefix = Array(#"{"id":"run-"#.utf8)
    /// More than a line's beginning needs.
    private static let longestBeginning = 40

    /// Reads a file up to the first line of a run that is not kept, and up to a line that was cut off.
    ///
    /// - Parameters:
    ///   - descriptor: at the file's beginning.
    ///   - runs: the number of the last run that is kept.
    /// - Throws: the errno of a read.
    init(reading descriptor: Int32, keepingRuns runs: Int) throws(Errno) {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var beginning: [UInt8] = []
        var position = 0
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Errno(code: errno) }
            guard count > 0 else { return }
            for byte in buffer[..<count] {
                position += 1
                if beginning.count < KeptLines.longestBeginning { beginning.append(byte) }
                guard byte == 0x0A else { continue }
                guard let run = KeptLines.run(of: beginning), run <= runs else { return }
                (size, lastRun) = (position, run)
                beginning.removeAll(keepingCapacity: true)
            }
        }
    }

    struct Errno: Error { let code: Int32 }

    /// The number in `{"id":"run-3/load/17",`; nil for a line of anything else.
    private static func run(of line: [UInt8]) -> Int? {
        guard line.starts(with: prefix) else { return nil }
        let rest = line.dropFirst(prefix.count)
        guard let slash = rest.firstIndex(of: 0x2F) else { return nil }
        return Int(String(decoding: rest[..<slash], as: UTF8.self))
    }
}
