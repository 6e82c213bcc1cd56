/// Lines for a terminal or a job's log.
public enum ConsoleText {
    enum Colour: String {
        case red = "31"
        case green = "32"
        case yellow = "33"
        case dim = "2"
    }

    /// One line without anything that a terminal or a CI runner obeys: no controls, and none of the `::error`,
    /// `##[command]` and `##vso[…]` that runners look for in logs.
    static func line(_ text: String, limit: Int = 300) -> String {
        VisibleText.line(text, limit: limit).split(separator: " ")
            .map { $0.hasPrefix("::") ? ": " + $0.dropFirst() : $0 }.joined(separator: " ")
            .replacing("##", with: "# #")
    }

    /// What somebody gave as a reason, on one line and whole: a line of its own would pass for one of ours.
    public static func reason(_ text: String) -> String { line(text, limit: longestReason) }

    private static let longestReason = 10_000

    /// Text that others may have had a part in, as harmless as ``line(_:limit:)``, its lines and spaces kept.
    public static func harmless(_ text: String) -> String {
        VisibleText.lines(text).split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                // Runners pass over the space before it.
                let isCommand = line.drop { $0 == " " || $0 == "\t" }.hasPrefix("::")
                return isCommand ? line.replacing("::", with: ": :") : line
            }
            .joined(separator: "\n").replacing("##", with: "# #")
    }

    /// Line ends as pictures of themselves: a file's name may hold them, a message is one line.
    public static func oneLine(_ text: String) -> String {
        text.contains(where: \.isNewline) ? text.replacing("\r\n", with: "␍␊").replacing("\n", with: "␊") : text
    }

    /// A cell of a column that is so many characters wide.
    ///
    /// - Parameter isRight: the blanks stand before it.
    public static func cell(_ text: String, _ width: Int, isRight: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, width - text.count))
        return isRight ? blanks + text : text + blanks
    }

    /// Breaks a line between words; the lines after the first are indented, so that none begins with what others chose.
    /// A word that is longer than the width is broken, too.
    ///
    /// - Parameter columns: nil for no limit.
    static func wrapped(_ text: String, columns: Int?, prefix: String = "") -> [String] {
        guard let columns else { return [prefix + text] }
        let width = max(columns, 20)
        var lines: [String] = []
        var line = prefix
        for word in text.split(separator: " ") {
            var rest = word[...]
            while !rest.isEmpty {
                let gap = isOpen(line) && line != prefix ? " " : ""
                let room = width - line.count - gap.count
                if rest.count <= room {
                    line += gap + rest
                    break
                }
                if gap.isEmpty {
                    line += rest.prefix(room)
                    rest = rest.dropFirst(room)
                }
                lines.append(line)
                line = "  "
            }
        }
        return isOpen(line) || lines.isEmpty ? lines + [line] : lines
    }

    static func coloured(_ text: String, _ colour: Colour?, isOn: Bool) -> String {
        guard isOn, let colour else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }

    /// True when a word stands on the line already.
    private static func isOpen(_ line: String) -> Bool { line.contains { $0 != " " } }
}
