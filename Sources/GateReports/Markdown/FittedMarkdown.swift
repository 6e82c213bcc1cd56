/// Sections of Markdown that are to fit into so many bytes: platforms refuse a text that is too long, or cut it blindly.
struct FittedMarkdown {
    struct Section {
        let lines: [String]
        /// The smaller, the longer it is kept; sections of one rank in their order.
        let rank: Int
        /// As it is called where it is cut.
        let name: String

        /// - Parameter name: nil for its heading.
        init(_ lines: [String], rank: Int, name: String? = nil) {
            self.lines = lines
            self.rank = rank
            self.name = name ?? Section.name(of: lines.first ?? "", rank: rank)
        }

        private static func name(of title: String, rank: Int) -> String {
            if rank == 0 { return "the beginning" }
            return String(title.drop { $0 == "#" || $0 == " " })
        }
    }

    let sections: [Section]
    /// Where what was cut can be read.
    let rest: String

    func fits(into limit: Int) -> Bool { joined(sections.map(\.lines)).utf8.count <= limit }

    /// - Parameter limit: bytes in UTF-8.
    func text(within limit: Int) -> String {
        let whole = joined(sections.map(\.lines))
        guard whole.utf8.count > limit else { return whole }
        let names = min(
            sections.reduce(0) { $0 + $1.name.utf8.count + 2 },
            FittedMarkdown.longestNames + " and \(sections.count) more".utf8.count)
        var room = limit - note("", lines: sections.reduce(0) { $0 + $1.lines.count }).utf8.count - names - 2
        var kept = [[String]](repeating: [], count: sections.count)
        var cuts: [Int: Int] = [:]
        for index in sections.indices.sorted(by: { (sections[$0].rank, $0) < (sections[$1].rank, $1) }) {
            kept[index] = FittedMarkdown.head(of: sections[index].lines, within: room)
            room -= FittedMarkdown.size(of: kept[index])
            let missing = sections[index].lines.count - kept[index].count
            if missing > 0 { cuts[index] = missing }
        }
        let named = FittedMarkdown.list(cuts.keys.sorted().map { sections[$0].name })
        return joined(kept + [[note(named, lines: cuts.values.reduce(0, +))]])
    }

    private func joined(_ sections: [[String]]) -> String {
        sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
    }

    private func note(_ names: String, lines: Int) -> String {
        "**Cut for its size:** \(lines) line\(lines == 1 ? "" : "s") of \(names). \(rest)"
    }

    /// Bytes. All sections of one summary are named.
    private static let longestNames = 300

    /// As many of the names as have room, and how many there are besides.
    private static func list(_ names: [String]) -> String {
        var room = longestNames
        let shown = names.prefix { name in
            room -= name.utf8.count + 2
            return room >= 0
        }
        let others = names.count - shown.count
        return shown.joined(separator: ", ") + (others > 0 ? "\(shown.isEmpty ? "" : " and ")\(others) more" : "")
    }

    /// As many lines from the beginning as fit; what stands folded is closed.
    private static func head(of lines: [String], within room: Int) -> [String] {
        if size(of: lines) <= room { return lines }
        let end = ["", "</details>"]
        var kept: [String] = []
        // What is folded may have folded parts of its own.
        var left = room - 2 * size(of: end)
        for line in lines {
            left -= line.utf8.count + 1
            guard left >= 0 else { break }
            kept.append(line)
        }
        // A heading alone says nothing.
        guard kept.count > 2 else { return [] }
        let open = kept.count { $0.hasPrefix("<details") } - kept.count { $0 == "</details>" }
        return kept + [[String]](repeating: end, count: max(open, 0)).joined()
    }

    /// With the line ends, and the empty line that parts it from the next section.
    static func size(of lines: [String]) -> Int { lines.reduce(1) { $0 + $1.utf8.count + 1 } }
}
