import CMarkGFM

/// From cmark's nodes to values.
enum MarkdownTree {
    typealias Node = OpaquePointer

    static func blocks(below node: Node, depth: Int) -> [MarkdownBlock] {
        children(of: node).map { MarkdownBlock(kind: kind(of: $0, depth: depth), lines: lines(of: $0)) }
    }

    private static func kind(of node: Node, depth: Int) -> MarkdownBlock.Kind {
        guard depth < MarkdownDocument.maximumDepth else { return .other(InlineReader.text(of: node).plain) }
        switch cmark_node_get_type(node) {
        case CMARK_NODE_HEADING:
            return .heading(level: Int(cmark_node_get_heading_level(node)), InlineReader.text(of: node))
        case CMARK_NODE_PARAGRAPH: return .paragraph(InlineReader.text(of: node))
        case CMARK_NODE_LIST: return .list(list(node, depth: depth))
        case CMARK_NODE_CODE_BLOCK:
            let language = string(cmark_node_get_fence_info(node)).split(separator: " ").first.map(String.init)
            return .code(language: language, text: string(cmark_node_get_literal(node)))
        case CMARK_NODE_BLOCK_QUOTE: return .quote(blocks(below: node, depth: depth + 1))
        case CMARK_NODE_THEMATIC_BREAK: return .thematicBreak
        default:
            // Node types of extensions are registered at run time; only their names are part of the interface.
            if string(cmark_node_get_type_string(node)) == "table" { return .table(table(node)) }
            return .other(InlineReader.text(of: node).plain)
        }
    }

    private static func list(_ node: Node, depth: Int) -> MarkdownList {
        MarkdownList(
            isOrdered: cmark_node_get_list_type(node) == CMARK_ORDERED_LIST,
            items: children(of: node).map { item in
                let blocks = blocks(below: item, depth: depth + 1)
                var text: [String] = []
                var others: [MarkdownBlock] = []
                for block in blocks {
                    if case .paragraph(let paragraph) = block.kind {
                        text.append(paragraph.plain)
                    } else {
                        others.append(block)
                    }
                }
                return MarkdownList.Item(text: text.joined(separator: " "), children: others, lines: lines(of: item))
            })
    }

    private static func table(_ node: Node) -> MarkdownTable {
        var rows = children(of: node).map { row in
            MarkdownTable.Row(
                cells: children(of: row).map { InlineReader.text(of: $0).plain }, line: lines(of: row).lowerBound)
        }
        let header = rows.isEmpty ? [] : rows.removeFirst().cells
        return MarkdownTable(header: header, rows: rows)
    }

    private static func children(of node: Node) -> [Node] {
        var children: [Node] = []
        var next = cmark_node_first_child(node)
        while let child = next {
            children.append(child)
            next = cmark_node_next(child)
        }
        return children
    }

    private static func lines(of node: Node) -> ClosedRange<Int> {
        let start = max(1, Int(cmark_node_get_start_line(node)))
        return start...max(start, Int(cmark_node_get_end_line(node)))
    }
}

func string(_ text: UnsafePointer<CChar>?) -> String { text.map { String(cString: $0) } ?? "" }
