/// Text that others chose, as Markdown that means nothing but the text: no markup, no links, nobody called, no issue
/// mentioned. For GitHub, GitLab and CommonMark.
enum MarkdownText {
    /// One line of running text.
    ///
    /// - Parameter keepsEnds: of a part of a line, whose blanks at the ends part it from the rest.
    static func prose(_ text: String, limit: Int = 300, keepsEnds: Bool = false) -> String {
        let line = VisibleText.line(text, limit: limit)
        let ends = keepsEnds ? (text.first == " " ? " " : "", text.last == " " && !line.isEmpty ? " " : "") : ("", "")
        var result = String.UnicodeScalarView()
        for scalar in (ends.0 + line + ends.1).unicodeScalars {
            switch scalar {
            case "&": result.append(contentsOf: "&amp;".unicodeScalars)
            case "<": result.append(contentsOf: "&lt;".unicodeScalars)
            case ">": result.append(contentsOf: "&gt;".unicodeScalars)
            case "\\", "`", "*", "_", "[", "]", "|", "~", "$": result.append(contentsOf: ["\\", scalar])
            default: result.append(scalar)
            }
        }
        return withoutBlockStart(withoutReferences(String(result)))
    }

    /// A code span, for names and for what servers said.
    static func code(_ text: String, limit: Int = 200) -> String {
        let line = VisibleText.line(text, limit: limit)
        guard !line.isEmpty else { return "" }
        let fence = String(repeating: "`", count: longestRun(of: "`", in: line) + 1)
        let space = line.hasPrefix("`") || line.hasSuffix("`") ? " " : ""
        // Tables are taken apart at their bars before code spans are seen.
        return "\(fence)\(space)\(line.replacing("|", with: "\\|"))\(space)\(fence)"
    }

    /// A table; cells must already be Markdown.
    static func table(_ header: [String], rightAligned: Set<Int> = [], _ rows: [[String]]) -> [String] {
        let rule = header.indices.map { rightAligned.contains($0) ? "---:" : "---" }
        return ([header, rule] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
    }

    /// Lines below a heading; none where there are none.
    static func section(_ title: String, level: String = "##", _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["\(level) \(title)", ""] + lines
    }

    /// Lines that nobody needs who acts on the verdict; none where there are none.
    static func folded(_ title: String, _ lines: [String]) -> [String] {
        lines.isEmpty ? [] : ["<details><summary>\(title)</summary>", ""] + lines + ["", "</details>"]
    }

    /// What is wrong and what to do about it.
    static func item(_ head: String?, _ message: String, _ remedy: String) -> String {
        "- \(head.map { "\($0): " } ?? "")\(prose(message))" + (remedy.isEmpty ? "" : ". *\(prose(remedy))*")
    }

    /// Says how many of a list that was cut are not shown.
    ///
    /// - Parameter place: where all of them are.
    static func more(_ count: Int, than most: Int, in place: String) -> [String] {
        count > most ? ["", "\(count - most) more are in \(place)."] : []
    }

    /// A zero-width space inside: what looks for `@name`, `#1`, `GH-1` or an address no longer finds it.
    private static func withoutReferences(_ text: String) -> String {
        text.replacing("@", with: "@\u{200B}").replacing("#", with: "#\u{200B}").replacing("GH-", with: "GH\u{200B}-")
            .replacing("://", with: ":\u{200B}//").replacing("www.", with: "www\u{200B}.")
    }

    /// A line that begins like a list, a heading or a rule is text here.
    private static func withoutBlockStart(_ text: String) -> String {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let rest = text.dropFirst(digits.count)
        if !digits.isEmpty, [".", ")"].contains(rest.prefix(1)), [" ", ""].contains(rest.dropFirst().prefix(1)) {
            return "\(digits)\\\(rest)"
        }
        guard let first = text.first, "-+=#".contains(first) else { return text }
        return "\\" + text
    }

    private static func longestRun(of character: Character, in text: String) -> Int {
        var longest = 0
        var run = 0
        for other in text {
            run = other == character ? run + 1 : 0
            longest = max(longest, run)
        }
        return longest
    }
}
