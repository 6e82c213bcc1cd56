extension HTMLNode {
    /// A region that scrolls sideways, by the keyboard, too.
    static func wide(_ name: String, class classes: String = "wide", _ children: [HTMLNode]) -> HTMLNode {
        .tag("div", class: classes, ["tabindex": "0", "role": "region", "aria-label": name], children)
    }

    static func table(_ name: String, header: [String] = [], _ rows: [HTMLNode]) -> HTMLNode {
        let first = HTMLNode.tag(
            "tr", [:], header.map { $0.isEmpty ? .tag("td", "") : .tag("th", ["scope": "col"], [.text($0)]) })
        return wide(name, [.tag("table", [:], (header.isEmpty ? [] : [first]) + rows)])
    }

    /// A row of a table, with what it is a row of first.
    static func row(_ name: HTMLNode, _ cells: [HTMLNode]) -> HTMLNode {
        .tag("tr", [:], [.tag("th", ["scope": "row"], [name])] + cells)
    }

    static func row(_ name: String, _ cells: [String]) -> HTMLNode {
        row(.text(name), cells.map { .tag("td", $0) })
    }

    static func list(_ sentences: some Sequence<String>) -> HTMLNode {
        .tag("ul", [:], sentences.map { .tag("li", VisibleText.line($0, limit: 1000)) })
    }

    static func plot(_ plot: Plot) -> HTMLNode { .tag("div", class: "plot", [:], [plot.node]) }

    /// A drawing below its own title.
    static func labelled(_ plot: Plot) -> HTMLNode {
        .tag("div", class: "row", [:], [.tag("p", class: "label", plot.title), .plot(plot)])
    }

    static func axis(_ low: String, _ high: String) -> HTMLNode {
        .tag("p", class: "axis", [:], [.tag("span", low), .tag("span", high)])
    }
}
