/// From a text to the tree of its only document, by libyaml. No anchors, no aliases, no tags: a file of a few keys needs
/// none of them, and an alias can make a short text endlessly large.
public enum YAMLDocument {
    /// Far more levels than any configuration has.
    public static let deepest = 16

    /// The tree of a text.
    ///
    /// Throws the first fault.
    public static func parse(_ text: String) throws(YAMLError) -> YAMLNode {
        var faults: [YAMLError] = []
        let root: Result<YAMLNode, YAMLError>
        do throws(YAMLError) {
            root = .success(try parse(text, &faults))
        } catch {
            root = .failure(error)
        }
        if let first = faults.first { throw first }
        return try root.get()
    }

    /// The tree of a text, read on behind faults that leave it readable: an anchor or a tag is passed over, an alias stands
    /// for nothing, and of a repeated key the first counts.
    ///
    /// Throws the fault behind which nothing can be read.
    ///
    /// - Parameter faults: gets those that were passed over, in the order of the text.
    public static func parse(_ text: String, _ faults: inout [YAMLError]) throws(YAMLError) -> YAMLNode {
        try refuseControlCharacters(in: text)
        var copy = text
        var found: [YAMLError] = []
        let result = copy.withUTF8 { bytes in
            Result { () throws(YAMLError) in
                var builder = TreeBuilder(events: YAMLEvents(bytes))
                defer { found = builder.faults }
                return try builder.document()
            }
        }
        faults += found
        do {
            return try result.get()
        } catch .syntax(_, let place) where character(at: place, of: text) == "\t" {
            throw .tab(place)
        }
    }

    private static func refuseControlCharacters(in text: String) throws(YAMLError) {
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars {
            let isAllowed =
                scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{85}"
                || (scalar.value >= 0x20 && !(0x7f...0x9f).contains(scalar.value)
                    && scalar.value != 0xfffe && scalar.value != 0xffff)
            guard isAllowed else { throw .character(scalar, YAMLPlace(line: line, column: column)) }
            (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        }
    }

    private static func character(at place: YAMLPlace, of text: String) -> Unicode.Scalar? {
        let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard place.line <= lines.count else { return nil }
        return lines[place.line - 1].dropFirst(place.column - 1).first
    }
}

/// Puts events together.
private struct TreeBuilder: ~Copyable {
    var events: YAMLEvents
    /// What was passed over.
    var faults: [YAMLError] = []

    init(events: consuming YAMLEvents) { self.events = events }

    mutating func document() throws(YAMLError) -> YAMLNode {
        _ = try events.next()
        guard case .documentStart = try events.next().kind else { throw .empty }
        let root = try node(events.next(), depth: 0)
        _ = try events.next()
        let after = try events.next()
        guard case .streamEnd = after.kind else { throw .secondDocument(after.place) }
        return root
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws(YAMLError) -> YAMLNode {
        if event.isAnchored { faults.append(.anchor(event.place)) }
        guard depth < YAMLDocument.deepest else { throw .tooDeep(levels: YAMLDocument.deepest, event.place) }
        if let tag = event.tag, !TreeBuilder.plainTags.contains(tag) { faults.append(.tag(tag, event.place)) }
        switch event.kind {
        case .scalar(let text, let isPlain):
            return YAMLNode(content: .scalar(text, isPlain: isPlain), place: event.place)
        case .listStart: return YAMLNode(content: .list(try items(depth: depth)), place: event.place)
        case .mappingStart: return YAMLNode(content: .mapping(try pairs(depth: depth)), place: event.place)
        default:
            faults.append(.alias(event.place))
            return YAMLNode(content: .scalar("", isPlain: true), place: event.place)
        }
    }

    private mutating func items(depth: Int) throws(YAMLError) -> [YAMLNode] {
        var items: [YAMLNode] = []
        while true {
            let event = try events.next()
            if case .listEnd = event.kind { return items }
            items.append(try node(event, depth: depth + 1))
        }
    }

    private mutating func pairs(depth: Int) throws(YAMLError) -> [(key: YAMLNode, value: YAMLNode)] {
        var pairs: [(key: YAMLNode, value: YAMLNode)] = []
        var seen: Set<String> = []
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { return pairs }
            let key = try node(event, depth: depth + 1)
            let isRepeated = key.text.map { !seen.insert($0).inserted } ?? false
            if isRepeated { faults.append(.repeatedKey(key.text ?? "", key.place)) }
            let value = try node(events.next(), depth: depth + 1)
            if !isRepeated { pairs.append((key, value)) }
        }
    }

    private static let plainTags: Set<String> = [
        "tag:yaml.org,2002:str", "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map",
    ]
}
