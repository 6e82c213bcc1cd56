public import GateCore

/// The original project's summary of the files, word for word in its form.
public enum DataSummary {
    /// A block for each kind that has files, in the order CSV, JSON, Markdown; an empty line after each.
    public static func text(_ corpus: Corpus) -> String {
        var text = "Total files analyzed: \(corpus.files.count)\n\n"
        for kind in corpus.kinds {
            let files = corpus.summaryOrder(of: kind)
            guard let latest = files.map(\.modified).max() else { continue }
            text += "\(kind.title) Files (\(files.count))\n"
            for file in files.prefix(Corpus.listedFiles) { text += "  - \(file.path)\n" }
            if files.count > Corpus.listedFiles { text += "  ... and \(files.count - Corpus.listedFiles) more\n" }
            text += "  Latest modified: \(latest.spaced)\n\n"
        }
        return text
    }
}
