import CLibXML2

/// Reads a document by libxml2 out of memory: no network, no DTD, no entities, and only so much of it.
enum XMLReader {
    /// Levels of elements; reports have six.
    static let deepest = 64
    /// Elements at most, before libxml2 makes a tree of them.
    static let mostElements = 2_000_000

    static func read(_ bytes: [UInt8]) throws(XMLError) -> XMLElement {
        guard !hasDoctype(bytes) else { throw .hasDoctype }
        // Each begins with one, so that there are no more elements than this.
        guard bytes.count(where: { $0 == UInt8(ascii: "<") }) <= 2 * mostElements else { throw .tooLarge }
        let options = XML_PARSE_NONET.rawValue | XML_PARSE_NOERROR.rawValue | XML_PARSE_NOWARNING.rawValue
        let parsed = bytes.withUnsafeBytes { buffer in
            xmlReadMemory(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), CInt(clamping: buffer.count), nil, "UTF-8",
                CInt(bitPattern: options))
        }
        guard let document = parsed else { throw .notReadable }
        defer { xmlFreeDoc(document) }
        guard document.pointee.intSubset == nil, document.pointee.extSubset == nil else { throw .hasDoctype }
        guard let root = xmlDocGetRootElement(document) else { throw .notReadable }
        return try element(root.pointee, depth: 1)
    }

    /// Whether a DOCTYPE stands before the root, where alone it may stand: its entities are not to be parsed at all.
    private static func hasDoctype(_ bytes: [UInt8]) -> Bool {
        var index = 0
        func begins(_ text: StaticString) -> Bool {
            let end = index + text.utf8CodeUnitCount
            guard end <= bytes.count else { return false }
            return text.withUTF8Buffer { bytes[index..<end].elementsEqual($0) }
        }
        func skip(to end: StaticString) {
            while index < bytes.count, !begins(end) { index += 1 }
            index += end.utf8CodeUnitCount
        }
        while index < bytes.count {
            if begins("<!--") {
                index += 4
                skip(to: "-->")
            } else if begins("<?") {
                skip(to: "?>")
            } else if begins("<!") {
                return true
            } else if begins("<") {
                return false
            } else {
                index += 1
            }
        }
        return false
    }

    private static func element(_ node: xmlNode, depth: Int) throws(XMLError) -> XMLElement {
        guard depth <= deepest else { throw .tooDeep }
        var element = XMLElement(string(node.name))
        var attribute = node.properties
        while let current = attribute?.pointee {
            element.attributes.append(.init(name: string(current.name), value: text(under: current.children)))
            attribute = current.next
        }
        var child = node.children
        while let current = child?.pointee {
            if current.type == XML_ELEMENT_NODE {
                element.children.append(try self.element(current, depth: depth + 1))
            }
            child = current.next
        }
        // White space between children is indentation.
        if element.children.isEmpty { element.text = text(under: node.children) }
        return element
    }

    private static func text(under first: xmlNodePtr?) -> String {
        var text = ""
        var node = first
        while let current = node?.pointee {
            if current.type == XML_TEXT_NODE || current.type == XML_CDATA_SECTION_NODE {
                text += string(current.content)
            }
            node = current.next
        }
        return text
    }

    private static func string(_ bytes: UnsafePointer<xmlChar>?) -> String { bytes.map(String.init(cString:)) ?? "" }
}
