/// A piece of an HTML document. Text is always text: what others wrote cannot become markup. Own code: an HTML writer is
/// fifty lines, and no library of ours has one.
indirect enum HTMLNode: Sendable, Equatable {
    case text(String)
    case element(String, [(name: String, value: String)], [HTMLNode])

    static func == (left: HTMLNode, right: HTMLNode) -> Bool { left.html == right.html }

    /// Elements that have no end tag (HTML, 13.1.2).
    private static let void: Set<String> = ["meta", "br", "wbr"]

    /// As HTML writes it, SVG included.
    var html: String {
        var result = ""
        write(to: &result)
        return result
    }

    private func write(to result: inout String) {
        switch self {
        case .text(let text): result += HTMLNode.escaped(VisibleText.lines(text))
        case .element(let name, let attributes, let children):
            result += "<\(name)"
            for attribute in attributes {
                result += " \(attribute.name)=\"\(HTMLNode.escaped(VisibleText.lines(attribute.value)))\""
            }
            result += ">"
            guard !HTMLNode.void.contains(name) else { return }
            // The one element whose text is no HTML is ours alone.
            for child in children { child.write(to: &result) }
            result += "</\(name)>"
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
    }
}

extension HTMLNode: ExpressibleByStringLiteral {
    init(stringLiteral value: String) { self = .text(value) }

    /// `tag("p", class: "note", [...])`
    static func tag(
        _ name: String, class classes: String? = nil, _ attributes: [String: String] = [:], _ children: [HTMLNode] = []
    ) -> HTMLNode {
        let named = classes.map { [(name: "class", value: $0)] } ?? []
        return .element(
            name, named + attributes.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }, children)
    }

    static func tag(_ name: String, class classes: String? = nil, _ text: String) -> HTMLNode {
        tag(name, class: classes, [:], [.text(text)])
    }
}
