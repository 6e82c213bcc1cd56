import CMarkGFM

/// A Markdown text (CommonMark with GitHub's tables) as a tree of values, read by cmark-gfm.
public struct MarkdownDocument: Sendable, Equatable {
    /// Quotes and lists inside each other; what is nested deeper becomes plain text.
    public static let maximumDepth = 64

    public let blocks: [MarkdownBlock]

    /// Every text is Markdown; nothing can fail.
    public init(_ text: String) {
        // The table extension alone: it adds no special inline characters, which cmark-gfm keeps in a table that is
        // global to the process, so documents may be read on several threads.
        let tables = MarkdownDocument.tableExtension
        let parser = cmark_parser_new(CMARK_OPT_DEFAULT)
        defer { cmark_parser_free(parser) }
        if let tables { cmark_parser_attach_syntax_extension(parser, tables.pointer) }
        var text = text
        text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cmark_parser_feed(parser, $0.baseAddress, $0.count) }
        }
        guard let root = cmark_parser_finish(parser) else {
            blocks = []
            return
        }
        defer { cmark_node_free(root) }
        blocks = MarkdownTree.blocks(below: root, depth: 0)
    }

    /// Registered once for the process; cmark-gfm never frees or changes it.
    private static let tableExtension: RegisteredExtension? = {
        cmark_gfm_core_extensions_ensure_registered()
        return cmark_find_syntax_extension("table").map(RegisteredExtension.init)
    }()

    private struct RegisteredExtension: @unchecked Sendable {
        let pointer: OpaquePointer
    }
}
