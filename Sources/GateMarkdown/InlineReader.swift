import CMarkGFM

/// Collects the text below a node, line by line; iterative, because hostile emphasis nests without end.
struct InlineReader {
    private var lines: [MarkdownText.Line] = []
    private var line = ""
    private var hasBold = false
    private var hasPlain = false
    private var boldDepth = 0

    static func text(of node: OpaquePointer) -> MarkdownText {
        var reader = InlineReader()
        let iterator = cmark_iter_new(node)
        defer { cmark_iter_free(iterator) }
        while true {
            let event = cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let current = cmark_iter_get_node(iterator) else { break }
            reader.visit(current, isEntering: event == CMARK_EVENT_ENTER)
        }
        reader.endLine()
        return MarkdownText(lines: reader.lines)
    }

    private mutating func visit(_ node: OpaquePointer, isEntering: Bool) {
        switch cmark_node_get_type(node) {
        case CMARK_NODE_STRONG: boldDepth += isEntering ? 1 : -1
        case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: endLine()
        case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
            append(string(cmark_node_get_literal(node)))
        case CMARK_NODE_HTML_INLINE:
            let tag = string(cmark_node_get_literal(node))
            append(tag.lowercased().hasPrefix("<br") ? " " : tag)
        default: break
        }
    }

    private mutating func append(_ text: String) {
        line += text
        if boldDepth > 0 {
            hasBold = true
        } else if !text.allSatisfy({ $0.isWhitespace || $0 == ":" || $0 == "." }) {
            hasPlain = true
        }
    }

    private mutating func endLine() {
        let text = collapsed(line)
        if !text.isEmpty { lines.append(.init(text: text, isBold: hasBold && !hasPlain)) }
        line = ""
        hasBold = false
        hasPlain = false
    }
}

/// Without white space at the ends, and with one space for every run of it.
func collapsed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
}
