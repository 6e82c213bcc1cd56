import GateDigest
import GateFiles
import GateJSON
import GateLint

/// Files of facts, on all cores. Those of the runs of a session tell of the same data: what they say of that is read once.
struct FactsFiles {
    private let read: [String: Result<ReportFacts, any Error>]

    init(_ files: [String]) {
        let different = Set(files).sorted()
        let data = Parallel.map(count: different.count) { index in
            // What cannot be read is like no other.
            (try? FactsFiles.digest(different[index])) ?? different[index]
        }
        let alike = Dictionary(grouping: different.indices) { data[$0] }.values.sorted { $0[0] < $1[0] }
        let results = Parallel.map(count: alike.count) { number in
            Result { try FactsSource.read(different[alike[number][0]]) }
        }
        var read: [String: Result<ReportFacts, any Error>] = [:]
        for (indices, result) in zip(alike, results) {
            for index in indices {
                let file = different[index]
                // An error names its own file.
                let isOwn = index == indices[0] || (try? result.get()) != nil
                read[file] = isOwn ? result : Result { try FactsSource.read(file) }
            }
        }
        self.read = read
    }

    /// Of what it says of the data: which report it is of, and how long that took, moves no fact.
    private static func digest(_ file: String) throws -> String {
        let bytes = try RegularFile.read(file, limit: FactsSource.largest)
        return SHA256.hash(JSONMembers.leftOut(["report_id", "run"], of: bytes))
    }

    /// Nil for a file that was not asked for.
    subscript(file: String?) -> Result<ReportFacts, any Error>? { file.flatMap { read[$0] } }
}
