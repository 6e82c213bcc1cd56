import GateCore

/// What the ingest counted: files, their kinds, sizes and dates.
struct IngestFacts {
    var totalFiles: Int
    /// By kind, in lower case: `csv`, `json`, `markdown`.
    var byType: [String: Int] = [:]
    var latest: [String: PrintedDate] = [:]
    /// Base names in lower case.
    var files: Set<String> = []
    /// How many files of each kind the model was told of by name.
    var listed: [String: Int] = [:]
    var notListed: [String: Int] = [:]
    var totalBytes: Double
    /// Dates that stand in the names of files.
    var namedDates: [PrintedDate] = []

    /// `csv 28, json 44, markdown 29, total 101`
    var summary: String {
        let kinds = byType.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "ingest: " + (kinds + ["total \(totalFiles)"]).joined(separator: ", ")
    }

    mutating func addFile(_ path: String) {
        let base = baseName(path.lowercased())
        files.insert(base)
        if let date = dateInName(base) { namedDates.append(date) }
    }
}

/// The last part of a path.
func baseName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
}

/// `ascii_demo_20251004_143244.json` names 2025-10-04.
func dateInName(_ name: String) -> PrintedDate? {
    var digits: [UInt8] = []
    for byte in Array(name.utf8) + [0] {
        if byte &- 0x30 < 10 {
            digits.append(byte)
        } else {
            if digits.count == 8, let number = Int(String(decoding: digits, as: UTF8.self)) {
                if let date = PrintedDate(year: number / 10_000, month: number / 100 % 100, day: number % 100) {
                    return date
                }
            }
            digits.removeAll(keepingCapacity: true)
        }
    }
    return nil
}
