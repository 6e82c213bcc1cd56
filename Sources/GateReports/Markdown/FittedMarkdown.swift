/// Sections of Markdown that are to fit into so many bytes: platforms refuse a text that is too long, or cut it blindly.
struct FittedMarkdown {
    struct Section {
        let lines: [String]
        /// The smaller, the longer it is kept; sections of one rank in their order.
        let rank: Int

        init(_ lines: [String], rank: Int) {
            self.lines = lines
            self.rank = rank
        }

        /// As it is named where it is cut.
        var name: String {
            guard let title = lines.first else { return "" }
            if title.hasPrefix("## ") { return String(title.dropFirst(3)) }
            return title.hasPrefix("<details>") ? "more figures" : "the beginning"
        }
    }

    let sections: [Section]
    /// Where what was cut can be read.
    let rest: String

    /// - Parameter limit: bytes in UTF-8.
    func text(within limit: Int) -> String {
        let whole = joined(sections.map(\.lines))
        guard whole.utf8.count > limit else { return whole }
        let names = sections.map(\.name).joined(separator: ", ")
        var room = limit - note([(names, sections.reduce(0) { $0 + $1.lines.count })]).utf8.count - 2
        var kept = [[String]](repeating: [], count: sections.count)
        var cuts: [Int: Int] = [:]
        for index in sections.indices.sorted(by: { (sections[$0].rank, $0) < (sections[$1].rank, $1) }) {
            kept[index] = FittedMarkdown.head(of: sections[index].lines, within: room)
            room -= FittedMarkdown.size(of: kept[index])
            let missing = sections[index].lines.count - kept[index].count
            if missing > 0 { cuts[index] = missing }
        }
        let named = cuts.sorted { $0.key < $1.key }.map { (sections[$0.key].name, $0.value) }
        return joined(kept + [[note(named)]])
    }

    private func joined(_ sections: [[String]]) -> String {
        sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private func note(_ cuts: [(name: String, lines: Int)]) -> String {
        let lines = cuts.reduce(0) { $0 + $1.lines }
        return
            "**Cut for its size:** \(lines) line\(lines == 1 ? "" : "s") of \(cuts.map(\.name).joined(separator: ", ")). \(rest)"
    }

    /// As many lines from the beginning as fit; what stands folded is closed.
    private static func head(of lines: [String], within room: Int) -> [String] {
        if size(of: lines) <= room { return lines }
        let end = ["", "</details>"]
        var kept: [String] = []
        var left = room - size(of: end)
        for line in lines {
            left -= line.utf8.count + 1
            guard left >= 0 else { break }
            kept.append(line)
        }
        // A heading alone says nothing.
        guard kept.count > 2 else { return [] }
        let open = kept.count { $0.hasPrefix("<details") } - kept.count { $0 == "</details>" }
        return open > 0 ? kept + end : kept
    }

    /// With the line ends, and the empty line that parts it from the next section.
    private static func size(of lines: [String]) -> Int { lines.reduce(1) { $0 + $1.utf8.count + 1 } }
}
