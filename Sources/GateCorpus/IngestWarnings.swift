import GateCore

/// What makes the corpus less than the folders hold.
enum IngestWarnings {
    /// Files that may hold data and are none of what is read.
    ///
    /// - Parameter counts: by suffix; those that hold no data have none.
    static func passedOver(_ counts: [String: Int]) -> [Warning] {
        let counts = counts.filter { !$0.key.isEmpty }
        guard !counts.isEmpty else { return [] }
        let listed = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) .\($0.key)" }
        let texts = CorpusRoot.textExtensions.filter { counts[$0] != nil }
        let ofText = texts.isEmpty ? "" : "; of text only regular lines are read"
        let adding = texts.isEmpty ? "" : ", or add \(texts.joined(separator: ", ")) to the extensions of the root"
        return [
            Warning(
                "files that are no artefacts: \(listed.joined(separator: ", "))\(ofText)",
                remedy: "export what a report speaks of as CSV, JSON or Markdown\(adding)")
        ]
    }

    static func all(
        _ linkedFolders: [String], _ leftOut: Int, _ reading: ParallelReading, _ configuration: CorpusConfiguration
    ) -> [Warning] {
        var warnings: [Warning] = []
        if leftOut > 0 {
            warnings.append(
                Warning(
                    "\(leftOut) files beyond the limit of \(configuration.maxFiles) were not read",
                    remedy: "raise corpus.max_files, or name fewer roots"))
        }
        if let first = linkedFolders.first {
            warnings.append(
                Warning(
                    "symbolic links to folders are not followed: \(first)\(others(linkedFolders.count))",
                    remedy: "name the folder itself as a root, or copy the files"))
        }
        let tooLarge = reading.unreadable.filter { $0.reason.contains("are more than the limit of") }
        if let first = tooLarge.first {
            warnings.append(
                Warning(
                    "files over the limit of \(configuration.maxFileBytes) bytes were not read: "
                        + "\(first.path)\(others(tooLarge.count))",
                    remedy: "raise corpus.max_file_bytes, or split the files"))
        }
        if reading.findings.droppedFacts > 0 {
            warnings.append(
                Warning(
                    "\(reading.findings.droppedFacts) numbers beyond the limit of \(Ingest.maximumFacts) facts were "
                        + "left out",
                    remedy: "name fewer roots"))
        }
        if reading.findings.droppedMentions > 0 {
            warnings.append(
                Warning(
                    "\(reading.findings.droppedMentions) numbers in sentences beyond the limit of "
                        + "\(Ingest.maximumMentions) were left out",
                    remedy: "name fewer roots: a report that quotes them is warned of"))
        }
        if let first = reading.unreadNotes.first {
            warnings.append(
                Warning(
                    "texts that were not read: \(first.path): \(first.reason)\(others(reading.unreadNotes.count))",
                    remedy: "mend them where a report speaks of what they say"))
        }
        return warnings + remarks(reading)
    }

    /// What is left out of files that were read.
    private static func remarks(_ reading: ParallelReading) -> [Warning] {
        var warnings: [Warning] = []
        let missing = reading.remarks.filter { $0.remarks.missing > 0 }
        if let first = missing.first {
            let count = missing.reduce(0) { $0 + $1.remarks.missing }
            warnings.append(
                Warning(
                    "\(count) values are NaN or infinite and were left out: \(first.path)\(others(missing.count))",
                    remedy: "see why what was measured is missing"))
        }
        for (path, remarks) in reading.remarks {
            guard let reason = remarks.firstTable else { continue }
            warnings.append(
                Warning(
                    "\(path): a table in HTML was passed over\(others(remarks.tables)); \(reason)",
                    remedy: "mend it, or write it with bars"))
        }
        for (path, remarks) in reading.remarks {
            guard let name = remarks.repeatedColumn else { continue }
            warnings.append(
                Warning(
                    "\(path): several columns are called '\(name)'; nothing tells their values apart",
                    remedy: "give each a name of its own"))
        }
        for (path, remarks) in reading.remarks {
            guard let damage = remarks.damage else { continue }
            warnings.append(Warning("\(path) \(damage); what could be read was read", remedy: "write it as UTF-8"))
        }
        return warnings
    }

    private static func others(_ count: Int) -> String { count > 1 ? " and \(count - 1) more" : "" }
}
